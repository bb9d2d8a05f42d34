import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

/** HAPI FHIR JPA takes what its statement says; its manners (409 for a stale If-Match) are those that we treat alike anyway. */
export const hapi: VendorTraits = { ...generic, vendor: 'hapi', title: 'HAPI FHIR' };
