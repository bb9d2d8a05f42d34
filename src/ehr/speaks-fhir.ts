import { isFhirJson } from './fhir-json.ts';

/** An answer as it came: nothing of it is believed yet. */
export interface Answered {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Empty when there was no body. */
  readonly text: string;
  /** The text as JSON; undefined: it is none, ends early, or is deeper than we walk. */
  readonly json: unknown;
}

const fhirTypes = /^application\/(?:fhir\+(?:json|xml)|(?:json|xml)\+fhir)\s*(?:;|$)/i;
const typeName = /^[A-Z][A-Za-z]+$/;

/**
 * Whether an answer speaks FHIR, and so is the EHR's own: it holds a resource, or has a FHIR media type and no body that
 * says otherwise. A page, an empty answer without a type, or JSON of some other kind may come from anything on the way.
 * @see https://hl7.org/fhir/R4/http.html#mime-type
 */
export function speaksFhir({ header, text, json }: Answered): boolean {
  if (isFhirJson(json)) return typeName.test(json.resourceType);
  if (!fhirTypes.test(header('content-type') ?? '')) return false;
  return isBlank(text) || isFhirXml(text);
}

/** True for an answer without a body. */
export function isBare({ text }: Answered): boolean {
  return isBlank(text);
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** We ask for JSON; some servers refuse in XML nevertheless. */
function isFhirXml(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*\?>\s*)?<[A-Z][A-Za-z]+\s[^>]*xmlns="http:\/\/hl7\.org\/fhir"/.test(text);
}
