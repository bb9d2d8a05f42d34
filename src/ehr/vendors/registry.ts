import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

/** The vendors we know something of; adding one is a file and a line here. */
export const vendors: ReadonlyMap<string, VendorTraits> = new Map([generic].map((traits) => [traits.vendor, traits]));

/** A vendor's traits; one that we know nothing of is taken at its statement's word. */
export function vendorTraits(vendor: string): VendorTraits {
  return vendors.get(vendor) ?? generic;
}
