import { isObject } from '../foundation/is-object.ts';
import { canonicalBase, type Identified, identifiedTypes, identifierSystem } from './systems.ts';

/** Elements whose text is a code, an address or an id by the specification, and nobody's words. */
const structure = new Set([
  ...['resourceType', 'id', 'reference', 'type', 'system', 'code', 'url', 'linkId', 'status', 'intent', 'use', 'mode'],
  ...['profile', 'questionnaire', 'instantiatesCanonical', 'contentType', 'language', 'priority', 'docStatus', 'kind'],
  ...['comparator', 'periodUnit', 'durationUnit', 'dayOfWeek', 'lifecycleStatus', 'versionId'],
]);
/** Elements under which codes tell of the patient, too. */
const ofPatient = /^(?:value[A-Z]?|answer$|note$|reason|statusReason$|addresses$|achievementStatus$|payload$)/;
const ownSystems = new Set<unknown>(
  Object.keys(identifiedTypes).map((identified) => identifierSystem(identified as Identified)),
);
const definitions = [canonicalBase, 'http://hl7.org/fhir/'];
const dateLike = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;

/**
 * A resource as it may be shown to who looks after the connection: its structure, codes, ids and references as they are;
 * what people wrote, answered or did as `‹34 letters›`, `‹number›`, `‹yes or no›`, and times as `••••-••-••T••:••:••-05:00`,
 * so that their form can be seen and not what they say.
 */
export function maskWords(resource: unknown): unknown {
  return masked(resource, '', false);
}

function masked(value: unknown, key: string, told: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => masked(one, key, told));
  if (isObject(value)) {
    const ours = ownSystems.has(value.system);
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        // an Identifier of ours is the artefact's id; another may be the patient's number, or what a source system calls it
        if (name === 'value' && ours && !told && typeof inner === 'string') return [name, inner];
        return [name, masked(inner, name, told || ofPatient.test(name))];
      }),
    );
  }
  if (typeof value === 'number') return told ? '‹number›' : value;
  if (typeof value === 'boolean') return told ? '‹yes or no›' : value;
  if (typeof value !== 'string') return value;
  if (structure.has(key) && !told) return value;
  // which question it answers is no answer, and which extension it is neither
  if (key === 'linkId' || (key === 'url' && definitions.some((base) => value.startsWith(base)))) return value;
  if (dateLike.test(value)) return value.replace(/^[\d-]+(?:T[\d:.]+)?/, (time) => time.replace(/\d/g, '•'));
  const letters = [...value].length;
  return `‹${letters} ${letters === 1 ? 'letter' : 'letters'}›`;
}
