import { isObject, listOf } from '../resource.ts';
import { splitEscaped, unescapeValue } from './parse-search.ts';

/** A coded thing: system undefined = the element is a bare code whose system is implied. */
interface Token {
  system: string | undefined;
  code: string | undefined;
}

/**
 * Whether an element (Identifier, Coding, CodeableConcept, ContactPoint, code, boolean, id) satisfies
 * `code`, `system|code`, `|code` or `system|`.
 * @see https://hl7.org/fhir/R4/search.html#token
 */
export function matchesToken(element: unknown, value: string): boolean {
  const parts = splitEscaped(value, '|').map(unescapeValue);
  const [system, code] = parts.length > 1 ? [parts[0] ?? '', parts.slice(1).join('|')] : [undefined, parts[0]];
  return tokensOf(element).some((token) => {
    if (code !== undefined && code !== '' && token.code !== code) return false;
    if (system === undefined) return true;
    return token.system === undefined ? code !== '' : token.system === system;
  });
}

/** `:text`: the start of the text or display, whatever the case. */
export function matchesTokenText(element: unknown, value: string): boolean {
  const wanted = unescapeValue(value).toLowerCase();
  if (!isObject(element)) return false;
  const texts = [
    element.text,
    element.display,
    ...listOf(element.coding).map((c) => (isObject(c) ? c.display : undefined)),
  ];
  return texts.some((text) => typeof text === 'string' && text.toLowerCase().startsWith(wanted));
}

function tokensOf(element: unknown): Token[] {
  if (!isObject(element)) return [{ system: undefined, code: String(element) }];
  if (element.coding !== undefined || element.text !== undefined) return listOf(element.coding).flatMap(tokensOf);
  const code = element.code ?? element.value;
  return [
    {
      system: typeof element.system === 'string' ? element.system : '',
      code: typeof code === 'string' ? code : undefined,
    },
  ];
}
