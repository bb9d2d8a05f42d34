import type { ElementDefinition, StructureDefinition } from 'fhir/r4';
import { isObject, type Json, type JsonObject, matchesPattern } from './json-value.ts';

/** One occurrence of an element in a resource; `index` is set when the property is an array. */
export interface Spot {
  parent: JsonObject;
  key: string;
  index: number | undefined;
  value: Json;
}

/** The fixed[x] or pattern[x] value of an element, if it has one. */
export function requiredValue(element: ElementDefinition): Json | undefined {
  const entry = Object.entries(element).find(([key]) => /^(fixed|pattern)[A-Z]/.test(key));
  return entry?.[1] as Json | undefined;
}

/** The snapshot element with this id. */
export function elementById(profile: StructureDefinition, id: string): ElementDefinition | undefined {
  return profile.snapshot?.element.find((element) => element.id === id);
}

/** The id of the parent element, and the last segment. */
export function splitId(id: string): { parentId: string; segment: string } {
  const dot = id.lastIndexOf('.');
  return { parentId: id.slice(0, dot), segment: id.slice(dot + 1) };
}

/**
 * All occurrences in `node` (an instance of element `parentId`) of the child that a segment names: `input`,
 * `input:questionnaire` (a slice, told by its discriminators), `value[x]`, `value[x]:valueQuantity`.
 * @see https://hl7.org/fhir/R4/elementdefinition.html#id
 */
export function childSpots(profile: StructureDefinition, node: JsonObject, parentId: string, segment: string): Spot[] {
  const [name = '', slice] = segment.split(':');
  if (name.endsWith('[x]')) {
    const stem = name.slice(0, -3);
    const keys = Object.keys(node).filter((key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)));
    return keys.filter((key) => slice === undefined || key === slice).flatMap((key) => spotsAt(node, key));
  }
  const spots = spotsAt(node, name);
  if (slice === undefined) return spots;
  return spots.filter((spot) => inSlice(profile, spot.value, `${parentId}.${name}`, slice));
}

/** All instances of an element that are objects, below `root` (an instance of the profile's root element). */
export function nodesAt(profile: StructureDefinition, root: JsonObject, id: string): JsonObject[] {
  if (!id.includes('.')) return [root];
  return spotsOf(profile, root, id)
    .map((spot) => spot.value)
    .filter(isObject);
}

/** All occurrences of an element below `root`. */
export function spotsOf(profile: StructureDefinition, root: JsonObject, id: string): Spot[] {
  const { parentId, segment } = splitId(id);
  return nodesAt(profile, root, parentId).flatMap((node) => childSpots(profile, node, parentId, segment));
}

function spotsAt(parent: JsonObject, key: string): Spot[] {
  const value = parent[key];
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((entry, index) => ({ parent, key, index, value: entry }));
  return [{ parent, key, index: undefined, value }];
}

function inSlice(profile: StructureDefinition, value: Json, slicedId: string, slice: string): boolean {
  const slicing = elementById(profile, slicedId)?.slicing;
  const discriminators = slicing?.discriminator ?? [];
  if (discriminators.length === 0) throw new Error(`${profile.id}: ${slicedId} has slices but no discriminator`);
  return discriminators.every(({ type, path }) => {
    const sliceId = `${slicedId}:${slice}`;
    const discriminated = path === '$this' ? sliceId : `${sliceId}.${path}`;
    if (path === 'url') {
      const fixedUrl = elementById(profile, `${sliceId}.url`)?.fixedUri;
      const url = fixedUrl ?? elementById(profile, sliceId)?.type?.[0]?.profile?.[0]?.split('|')[0] ?? slice;
      return isObject(value) && value.url === url;
    }
    if (type === 'exists') {
      const expected = (elementById(profile, discriminated)?.min ?? 0) > 0;
      return isObject(value) && (value[path] !== undefined) === expected;
    }
    if (type !== 'value' && type !== 'pattern') {
      throw new Error(`${profile.id}: discriminator ${type} of ${slicedId} is not supported by the negative set`);
    }
    return matchesDiscriminator(profile, value, sliceId, path);
  });
}

/** A discriminator's value may be required on the path itself, above it (pattern on `type`) or below it. */
function matchesDiscriminator(profile: StructureDefinition, value: Json, sliceId: string, path: string): boolean {
  const target = path === '$this' ? sliceId : `${sliceId}.${path}`;
  const required = (profile.snapshot?.element ?? []).filter((element) => {
    const id = element.id ?? '';
    const related =
      id === target || id.startsWith(`${target}.`) || (target.startsWith(`${id}.`) && inOrBelow(id, sliceId));
    return related && requiredValue(element) !== undefined;
  });
  if (required.length === 0) throw new Error(`${profile.id}: nothing fixes the discriminator ${target}`);
  return required.every((element) => {
    const wanted = requiredValue(element);
    const steps = (element.id ?? '')
      .slice(sliceId.length + 1)
      .split('.')
      .filter(Boolean);
    return wanted !== undefined && valuesAt(value, steps).some((found) => matchesPattern(found, wanted));
  });
}

function inOrBelow(id: string, ancestor: string): boolean {
  return id === ancestor || id.startsWith(`${ancestor}.`);
}

function valuesAt(value: Json | undefined, steps: string[]): Json[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => valuesAt(entry, steps));
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  return isObject(value) ? valuesAt(value[step], rest) : [];
}
