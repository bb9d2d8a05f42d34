import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

/** MEDITECH Expanse: what its statement offers; its scopes promise more, which counts for nothing without the statement. */
export const meditech: VendorTraits = { ...generic, vendor: 'meditech', title: 'MEDITECH' };
