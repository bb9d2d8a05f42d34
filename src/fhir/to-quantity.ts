import type { Quantity } from 'fhir/r4';
import { foreignCodeSystems } from './systems.ts';

/** Units that are written as they are coded. */
const ucumCodes: ReadonlySet<string> = new Set(['%', 's', 'min', 'h', 'd']);

/** A value with its unit, coded in UCUM where the unit is a UCUM code that we use. @see https://ucum.org/ucum */
export function toQuantity(value: number, unit: string): Quantity {
  return { value, unit, ...(ucumCodes.has(unit) && { system: foreignCodeSystems.ucum, code: unit }) };
}
