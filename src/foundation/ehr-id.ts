/**
 * An id as EHRs give them, as the text of a pattern: what is safe in a path and means nothing in a search. Wider than
 * R4's `id` (no underscore, 64 at most), as live EHRs are; never dots alone, which would lead to another path.
 * @see https://hl7.org/fhir/R4/datatypes.html#id
 */
export const ehrIdPattern = '(?!\\.+(?:$|/))[A-Za-z0-9._~:@+=-]{1,255}';

const whole = new RegExp(`^${ehrIdPattern}$`);
const reference = new RegExp(`^[A-Z][A-Za-z]+/${ehrIdPattern}$`);

/** What an id must be, for a refusal that names its field. */
export const ehrIdRule = 'letters, digits and - . _ ~ : @ + =, 255 at most';

/** True for an id that can be asked for by its path. */
export function isEhrId(text: string): boolean {
  return whole.test(text);
}

/** True for a relative reference into the EHR: `Practitioner/17`. */
export function isEhrReference(text: string): boolean {
  return reference.test(text);
}
