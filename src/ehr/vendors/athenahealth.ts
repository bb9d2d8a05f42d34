import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

const documentation = 'athenahealth: vendor documentation, 2026';

/** athenahealth (athenaOne); athenaPractice and athenaFlow are another product. */
export const athenahealth: VendorTraits = {
  ...generic,
  vendor: 'athenahealth',
  title: 'athenahealth',
  refuses: [
    {
      type: 'QuestionnaireResponse',
      interaction: 'create',
      because: 'it takes answers to questionnaires that athenahealth defines, and no others',
      source: documentation,
    },
  ],
  unlistedScopes: 'delegated',
  sources: {
    unlistedScopes:
      "athenahealth's SMART configuration lists none, and many sites grant writes to people and not to systems",
  },
  remarks: [
    {
      type: 'DocumentReference',
      says: 'documents go through a proprietary API, which this service does not speak',
      source: documentation,
    },
  ],
};
