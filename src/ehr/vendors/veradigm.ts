import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

/** Veradigm: the widest surface by its statement, and nothing known that it refuses; writes are scoped to people (`user/*.*`). */
export const veradigm: VendorTraits = {
  ...generic,
  vendor: 'veradigm',
  title: 'Veradigm',
  // update is offered, so what is preliminary can be filed and followed by its final version
  finalObservationsOnly: false,
  unlistedScopes: 'delegated',
  sources: {
    finalObservationsOnly: 'Veradigm: its statement offers Observation update and states no limit on the status',
    unlistedScopes: 'Veradigm: its SMART configuration lists writes for people only, user/*.*',
  },
};
