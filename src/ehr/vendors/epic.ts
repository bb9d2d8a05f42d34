import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

const documentation = 'Epic: vendor documentation, 2026';

/** Epic, as of May 2026. */
export const epic: VendorTraits = {
  ...generic,
  vendor: 'epic',
  title: 'Epic',
  refuses: [
    {
      type: 'Task',
      interaction: 'update',
      because: 'Task update only reaches tasks that Epic itself made',
      source: documentation,
    },
    {
      type: 'QuestionnaireResponse',
      interaction: 'create',
      because: 'it answers only a questionnaire that Epic has already assigned',
      source: documentation,
    },
    {
      type: 'Communication',
      interaction: 'create',
      because: 'it is for community referral only',
      source: documentation,
    },
  ],
  observationRowsOnly: true,
  needsEncounter: ['DocumentReference', 'Observation'],
  duplicateCodes: ['59189'],
  unlistedScopes: 'delegated',
  sources: {
    observationRowsOnly: `${documentation}; errors 59187 and 59188 for a row that is not assigned or mapped`,
    needsEncounter: documentation,
    unlistedScopes: "Epic's SMART configuration lists none, and many sites grant writes to people and not to systems",
  },
};
