import type { Quantity } from 'fhir/r4';
import { foreignCodeSystems } from './systems.ts';

const ucumCodes: Readonly<Record<string, string>> = { '%': '%', s: 's', min: 'min', h: 'h', d: 'd' };

/** A value with its unit, coded in UCUM where the unit is a UCUM code that we use. @see https://ucum.org/ucum */
export function toQuantity(value: number, unit: string): Quantity {
  const code = ucumCodes[unit];
  return { value, unit, ...(code !== undefined && { system: foreignCodeSystems.ucum, code }) };
}
