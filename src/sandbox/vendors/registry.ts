import type { Face } from '../faces.ts';
import { athenahealth } from './athenahealth/face.ts';
import { epic } from './epic/face.ts';
import { meditech } from './meditech/face.ts';
import { oracleHealth } from './oracle-health/face.ts';
import { veradigm } from './veradigm/face.ts';

const vendors: readonly Face[] = [epic, oracleHealth, athenahealth, meditech, veradigm];

/** Names of the vendors that this EHR can stand for. */
export const vendorNames: readonly string[] = vendors.map(({ name }) => name);

/** The face of a vendor. @throws Error for a name that is none of them */
export function vendorFace(name: string): Face {
  const face = vendors.find((vendor) => vendor.name === name);
  if (face === undefined) throw new Error(`no vendor ${name}; there are ${vendorNames.join(', ')}`);
  return face;
}
