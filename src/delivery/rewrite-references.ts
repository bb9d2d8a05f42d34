import type { FhirJson } from '../ehr/fhir-json.ts';
import { isObject } from '../foundation/is-object.ts';

/** `Task/3f…`: a reference to a resource of ours, as the record writes it; a pattern, as text. */
export const ownReference =
  '(?:CarePlan|Task|QuestionnaireResponse|Observation|Communication|DocumentReference|Goal|Flag)/[A-Za-z0-9.-]{1,64}';
const ours = new RegExp(`^${ownReference}$`);

/** Gives what stands for a reference in the EHR; undefined: it is left out. `path` has no indexes: `Task.output.valueReference`. */
export type ResolveReference = (reference: string, path: string) => string | undefined;

interface Walk {
  readonly resolve: ResolveReference;
  /** Element names from the resource type down to where we are. */
  readonly path: string[];
}

/**
 * A copy in which every reference to a resource of ours is what `resolve` makes of it. Leaving one out takes away what
 * would be meaningless without it: an output or extension whose value it was, a list or element that held nothing else.
 * Parts without such references are shared with the original, which is not changed.
 */
export function rewriteReferences(resource: FhirJson, resolve: ResolveReference): FhirJson {
  const { resourceType } = resource;
  const walked = walkObject(resource, { resolve, path: [resourceType] });
  return walked === undefined ? { resourceType } : { ...walked, resourceType };
}

/** undefined: there is nothing left of it. */
function walk(value: unknown, on: Walk): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return walkList(value, on);
  return isObject(value) ? walkObject(value, on) : value;
}

function walkList(list: readonly unknown[], on: Walk): unknown {
  let copy: unknown[] | undefined;
  for (const [at, element] of list.entries()) {
    const kept = walk(element, on);
    if (kept !== element) copy ??= list.slice(0, at);
    if (kept !== undefined) copy?.push(kept);
  }
  if (copy === undefined) return list;
  return copy.length === 0 ? undefined : copy;
}

function walkObject(element: Record<string, unknown>, on: Walk): Record<string, unknown> | undefined {
  if (typeof element.reference === 'string' && ours.test(element.reference)) {
    const reference = on.resolve(element.reference, on.path.join('.'));
    if (reference === element.reference) return element;
    if (reference !== undefined) return { ...element, reference };
    if (!isObject(element.identifier)) return undefined;
    // a logical reference: it still says what it means where the literal part would lead nowhere
    const { reference: _nowhere, ...logical } = element;
    return logical;
  }
  let copy: Record<string, unknown> | undefined;
  let lost = false;
  for (const key in element) {
    const value = element[key];
    if (typeof value !== 'object' || value === null) continue;
    on.path.push(key);
    const kept = walk(value, on);
    on.path.pop();
    if (kept === value) continue;
    copy ??= { ...element };
    if (kept !== undefined) copy[key] = kept;
    else if (/^value[A-Z]/.test(key)) return undefined;
    else {
      delete copy[key];
      lost = true;
    }
  }
  if (copy === undefined || !lost) return copy ?? element;
  return Object.keys(copy).some((key) => key !== 'url' && key !== 'id') ? copy : undefined;
}
