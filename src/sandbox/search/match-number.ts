import { refuse } from '../fhir-error.ts';
import { isObject } from '../resource.ts';
import { splitEscaped, unescapeValue } from './parse-search.ts';

/**
 * Whether a number or Quantity satisfies `[prefix]number[|system|code]`; `eq` allows for the digits given.
 * @throws FhirError 400 when the search value is not a number
 * @see https://hl7.org/fhir/R4/search.html#quantity
 */
export function matchesNumber(element: unknown, value: string, parameterCode: string): boolean {
  const [number = '', system = '', code = ''] = splitEscaped(value, '|').map(unescapeValue);
  const match = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(-?\d+(?:\.(\d+))?)$/.exec(number);
  if (!match?.[2]) throw refuse(400, 'value', `${parameterCode}: not a number`);
  const found = isObject(element) ? element.value : element;
  if (typeof found !== 'number') return false;
  if (isObject(element)) {
    if (system !== '' && element.system !== system) return false;
    if (code !== '' && element.code !== code && element.unit !== code) return false;
  }
  const asked = Number(match[2]);
  const half = 0.5 * 10 ** -(match[3]?.length ?? 0);
  const equal = found >= asked - half && found < asked + half;
  switch (match[1]) {
    case 'ne':
      return !equal;
    case 'gt':
    case 'sa':
      return found > asked;
    case 'lt':
    case 'eb':
      return found < asked;
    case 'ge':
      return found >= asked;
    case 'le':
      return found <= asked;
    case 'ap':
      return Math.abs(found - asked) <= Math.abs(asked) / 10;
    default:
      return equal;
  }
}
