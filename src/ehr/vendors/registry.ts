import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { athenahealth } from './athenahealth.ts';
import { epic } from './epic.ts';
import { generic } from './generic.ts';
import { hapi } from './hapi.ts';
import { meditech } from './meditech.ts';
import { oracleHealth } from './oracle-health.ts';
import { veradigm } from './veradigm.ts';

/** The vendors we know something of; adding one is a file and a line here. */
export const vendors: ReadonlyMap<string, VendorTraits> = new Map(
  [generic, epic, oracleHealth, athenahealth, meditech, veradigm, hapi].map((traits) => [traits.vendor, traits]),
);

/** As TENANTS_FILE and `doctor --vendor` name them. */
export const vendorNames: readonly string[] = [...vendors.keys()];

/**
 * A vendor's traits. One that we know nothing of is refused and not taken for generic, since a misspelt `epic` would
 * then send what Epic files twice.
 * @throws `configuration-invalid`
 */
export function vendorTraits(vendor: string): VendorTraits {
  const traits = vendors.get(vendor);
  if (traits !== undefined) return traits;
  const problem = `must be one of ${vendorNames.join(', ')}`;
  throw new IntersessionError(
    'configuration-invalid',
    { issues: [{ variable: 'vendor', problem }] },
    `vendor ${problem}`,
  );
}
