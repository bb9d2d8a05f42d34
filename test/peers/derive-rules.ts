import type { ElementDefinition, StructureDefinition } from 'fhir/r4';
import { contradict, foreignCoding, outsideValueSet, removeSpots, replaceAt, sampleOf } from './break-value.ts';
import { copyJson, isObject, type JsonObject } from './json-value.ts';
import { childSpots, elementById, nodesAt, requiredValue, type Spot, splitId, spotsOf } from './locate-element.ts';

/** What a rule of a profile is about. */
export type Expectation = 'min' | 'max' | 'binding' | 'fixed' | 'slice' | 'type' | 'target' | 'length' | 'range';

/**
 * One thing that a profile forbids; `apply` does it to an instance (of the resource, or of the extension in it) and says
 * whether it could.
 */
export interface Rule {
  path: string;
  expects: Expectation;
  apply: (instance: JsonObject, resource: JsonObject) => boolean;
}

interface Scope {
  profile: StructureDefinition;
  element: ElementDefinition;
  id: string;
  snapshot: ElementDefinition;
  base: ElementDefinition | undefined;
}

/**
 * All element rules that a profile's differential adds, except its invariants. `base` (the definition it constrains) tells
 * which types and targets were possible before.
 * @throws Error when the profile has no snapshot, or an element has no id
 */
export function deriveRules(profile: StructureDefinition, base?: StructureDefinition): Rule[] {
  return (profile.differential?.element ?? []).flatMap((element) => {
    const id = element.id ?? '';
    const snapshot = elementById(profile, id);
    if (!snapshot) throw new Error(`${profile.id}: no snapshot element ${id}`);
    if (!id.includes('.')) return [];
    const scope = { profile, element, id, snapshot, base: elementByPath(base, element.path) };
    return [
      ...minimum(scope),
      ...maximum(scope),
      ...binding(scope),
      ...required(scope),
      ...closedSlicing(scope),
      ...types(scope),
      ...targets(scope),
      ...limits(scope),
    ];
  });
}

function minimum({ profile, element, id }: Scope): Rule[] {
  const min = element.min ?? 0;
  if (min < 1) return [];
  const { parentId, segment } = splitId(id);
  const apply = (instance: JsonObject) =>
    nodesAt(profile, instance, parentId).some((node) => {
      const spots = childSpots(profile, node, parentId, segment);
      if (spots.length < min) return false;
      removeSpots(spots.slice(min - 1));
      return true;
    });
  return [{ path: id, expects: segment.includes(':') ? 'slice' : 'min', apply }];
}

function maximum({ profile, element, id, snapshot }: Scope): Rule[] {
  const max = Number(element.max ?? '*');
  const before = snapshot.base?.max === '*' ? Number.POSITIVE_INFINITY : Number(snapshot.base?.max ?? '1');
  if (Number.isNaN(max) || before <= max) return [];
  const { parentId, segment } = splitId(id);
  const isSlice = segment.includes(':');
  const apply = (instance: JsonObject) =>
    nodesAt(profile, instance, parentId).some((node) => {
      const spots = childSpots(profile, node, parentId, segment);
      const type = snapshot.type?.find((candidate) => sampleOf(candidate) !== undefined);
      const entry = spots[0]?.value ?? (type && !isSlice ? sampleOf(type) : undefined);
      if (entry === undefined) return false;
      const key = spots[0]?.key ?? segment.replace('[x]', capitalized(type?.code ?? ''));
      const others = Array.isArray(node[key]) ? node[key] : [];
      const extra = Array.from({ length: max + 1 - spots.length }, () => structuredClone(entry));
      node[key] = before > 1 ? [...others, ...extra] : entry;
      return true;
    });
  return [{ path: id, expects: 'max', apply }];
}

function binding({ profile, element, id }: Scope): Rule[] {
  if (element.binding?.strength !== 'required') return [];
  const apply = (instance: JsonObject) =>
    spotsOf(profile, instance, id).some((spot) => {
      const outside = outsideValueSet(spot.value);
      if (outside !== undefined) replaceAt(spot, outside);
      return outside !== undefined;
    });
  return [{ path: id, expects: 'binding', apply }];
}

function required(scope: Scope): Rule[] {
  const { profile, element, id } = scope;
  const wanted = requiredValue(element);
  const slice = enclosingSlice(scope);
  // Without its discriminating value an entry merely leaves an optional open slice: nothing is violated.
  if (wanted === undefined || (slice.discriminates && !slice.binds)) return [];
  const apply = (instance: JsonObject) => {
    const spots = spotsOf(profile, instance, id);
    for (const spot of slice.discriminates ? spots : spots.slice(0, 1)) replaceAt(spot, contradict(spot.value, wanted));
    return spots.length > 0;
  };
  return [{ path: id, expects: slice.discriminates ? 'slice' : 'fixed', apply }];
}

/** Whether an element's value tells its nearest slice, and whether losing that slice is an error. */
function enclosingSlice({ profile, id }: Scope): { discriminates: boolean; binds: boolean } {
  const sliceId = /^(.*:[^.]+)(\.|$)/.exec(id)?.[1];
  if (sliceId === undefined) return { discriminates: false, binds: false };
  const slicedId = sliceId.slice(0, sliceId.lastIndexOf(':'));
  const slicing = elementById(profile, slicedId)?.slicing;
  const relative = id.slice(sliceId.length + 1) || '$this';
  const discriminates = (slicing?.discriminator ?? []).some(
    ({ path }) =>
      path === relative || relative.startsWith(`${path}.`) || path.startsWith(`${relative}.`) || path === '$this',
  );
  const needed = (elementById(profile, sliceId)?.min ?? 0) > 0 || slicing?.rules === 'closed';
  // The parts of a complex extension are closed by nature: an unknown url inside it is an error.
  return { discriminates, binds: needed || (profile.type === 'Extension' && relative === 'url') };
}

function closedSlicing({ profile, element, id }: Scope): Rule[] {
  if (element.slicing?.rules !== 'closed') return [];
  const path = element.slicing.discriminator?.[0]?.path ?? '$this';
  const apply = (instance: JsonObject) => {
    const spot = spotsOf(profile, instance, id).at(-1);
    const entries = spot?.parent[spot.key];
    if (!spot || !isObject(spot.value) || !Array.isArray(entries)) return false;
    const stranger = path === '$this' ? foreignCoding : copyJson(spot.value);
    const step = path.split('.')[0] ?? path;
    if (path !== '$this') stranger[step] = path === 'url' ? 'https://example.org/unknown' : { coding: [foreignCoding] };
    entries.push(stranger);
    return true;
  };
  return [{ path: id, expects: 'slice', apply }];
}

function types({ profile, element, id, base }: Scope): Rule[] {
  if (!id.endsWith('[x]') || element.type === undefined || element.max === '0') return [];
  const allowed = new Set(element.type.map((type) => type.code));
  const before = base?.type?.map((type) => type.code) ?? ['boolean', 'integer', 'string', 'dateTime', 'Period'];
  const other = before.find((code) => !allowed.has(code) && sampleOf({ code }) !== undefined);
  if (other === undefined) return [];
  const apply = (instance: JsonObject) => {
    const spot = spotsOf(profile, instance, id)[0];
    if (!spot) return false;
    const key = `${splitId(id).segment.slice(0, -3)}${capitalized(other)}`;
    removeSpots([spot]);
    delete spot.parent.extension;
    spot.parent[key] = structuredClone(sampleOf({ code: other }) ?? null);
    return true;
  };
  return [{ path: id, expects: 'type', apply }];
}

function targets({ profile, element, id, base }: Scope): Rule[] {
  const allowed = element.type?.find((type) => type.code === 'Reference')?.targetProfile;
  if (!allowed) return [];
  const typesOf = (profiles: string[]) => profiles.map((url) => url.split('|')[0]?.split('/').at(-1) ?? '');
  const allowedTypes = new Set(typesOf(allowed));
  const before = typesOf(base?.type?.find((type) => type.code === 'Reference')?.targetProfile ?? []);
  // A target that is a profile of ours hides its resource type: only a resource that no base allows is surely wrong.
  const opaque = allowed.some((url) => !url.startsWith('http://hl7.org/fhir/StructureDefinition/'));
  const wrong = opaque ? 'Basic' : (before.find((type) => type !== 'Resource' && !allowedTypes.has(type)) ?? 'Basic');
  const apply = (instance: JsonObject, resource: JsonObject) => {
    const spot = spotsOf(profile, instance, id).find(isReference);
    if (!spot) return false;
    // Contained, because a validator checks the type of a target only when it can resolve it.
    const stranger = { resourceType: wrong, id: 'of-another-type' };
    resource.contained = [...(Array.isArray(resource.contained) ? resource.contained : []), stranger];
    replaceAt(spot, { reference: '#of-another-type' });
    return true;
  };
  return allowedTypes.has('Resource') ? [] : [{ path: id, expects: 'target', apply }];
}

function limits({ profile, element, id }: Scope): Rule[] {
  const rules: Rule[] = [];
  const maxLength = element.maxLength;
  const change = (expects: Expectation, next: (spot: Spot) => Spot['value'] | undefined): void => {
    const apply = (instance: JsonObject) =>
      spotsOf(profile, instance, id).some((spot) => {
        const value = next(spot);
        if (value !== undefined) replaceAt(spot, value);
        return value !== undefined;
      });
    rules.push({ path: id, expects, apply });
  };
  if (maxLength !== undefined) change('length', ({ value }) => `${value}`.padEnd(maxLength + 1, 'x'));
  for (const [name, limit] of Object.entries(element)) {
    if (!/^(min|max)Value[A-Z]/.test(name)) continue;
    // A limit of another type than number has no breaker: it shows up among the uncovered rules.
    const beyond = typeof limit === 'number' ? limit + (name.startsWith('min') ? -1 : 1) : undefined;
    change('range', ({ value }) => (typeof value === 'number' ? beyond : undefined));
  }
  return rules;
}

function isReference({ value }: Spot): boolean {
  return (
    isObject(value) && (value.reference !== undefined || value.identifier !== undefined || value.type !== undefined)
  );
}

function elementByPath(base: StructureDefinition | undefined, path: string): ElementDefinition | undefined {
  return base?.snapshot?.element.find((element) => element.path === path);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
