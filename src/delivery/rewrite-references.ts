import { type FhirJson, isObject } from '../ehr/fhir-json.ts';

/** `Task/3f…`: a reference to a resource of ours, as the record writes it. */
const ours =
  /^(CarePlan|Task|QuestionnaireResponse|Observation|Communication|DocumentReference|Goal|Flag)\/[A-Za-z0-9.-]{1,64}$/;

/** Gives what stands for a reference in the EHR; undefined: it is left out. `path` has no indexes: `Task.output.valueReference`. */
export type ResolveReference = (reference: string, path: string) => string | undefined;

/**
 * A copy in which every reference to a resource of ours is what `resolve` makes of it. Leaving one out takes away what
 * would be meaningless without it: an output or extension whose value it was, a list or element that held nothing else.
 */
export function rewriteReferences(resource: FhirJson, resolve: ResolveReference): FhirJson {
  return rewriteMatching(resource, ours, resolve);
}

/** Replaces the placeholders of one request (`urn:uuid:…`) by the references they turned out to be. */
export function settlePlaceholders(resource: FhirJson, known: ReadonlyMap<string, string>): FhirJson {
  return rewriteMatching(resource, /^urn:uuid:/, (urn) => known.get(urn) ?? urn);
}

/** The references to resources of ours, each once, in the order of their appearance. */
export function referencesIn(resource: FhirJson): string[] {
  const found = new Set<string>();
  rewriteReferences(resource, (reference) => {
    found.add(reference);
    return reference;
  });
  return [...found];
}

function rewriteMatching(resource: FhirJson, pattern: RegExp, resolve: ResolveReference): FhirJson {
  const walked = walk(resource, resource.resourceType, pattern, resolve);
  return isObject(walked)
    ? { ...walked, resourceType: resource.resourceType }
    : { resourceType: resource.resourceType };
}

/** undefined: there is nothing left of it. */
function walk(value: unknown, path: string, pattern: RegExp, resolve: ResolveReference): unknown {
  if (Array.isArray(value)) {
    const kept = value
      .map((element) => walk(element, path, pattern, resolve))
      .filter((element) => element !== undefined);
    return kept.length === 0 && value.length > 0 ? undefined : kept;
  }
  if (!isObject(value)) return value;
  if (typeof value.reference === 'string' && pattern.test(value.reference)) {
    const reference = resolve(value.reference, path);
    return reference === undefined ? undefined : { ...value, reference };
  }
  const copy: Record<string, unknown> = {};
  let lost = false;
  for (const key in value) {
    const kept = walk(value[key], `${path}.${key}`, pattern, resolve);
    if (kept === undefined) {
      if (/^value[A-Z]/.test(key)) return undefined;
      lost = true;
    } else {
      copy[key] = kept;
    }
  }
  if (!lost) return copy;
  const left = Object.keys(copy).filter((key) => key !== 'url' && key !== 'id');
  return left.length === 0 ? undefined : copy;
}
