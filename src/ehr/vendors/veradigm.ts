import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

/** Veradigm: the widest surface by its statement, and nothing known that it refuses; writes are scoped to people (`user/*.*`). */
export const veradigm: VendorTraits = {
  ...generic,
  vendor: 'veradigm',
  title: 'Veradigm',
  unlistedScopes: 'delegated',
  sources: { unlistedScopes: 'Veradigm: its SMART configuration lists writes for people only, user/*.*' },
};
