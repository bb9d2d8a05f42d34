import type { FhirJson } from '../ehr/fhir-json.ts';
import { parseLiteral, relativeOf } from '../fhir/parse-reference.ts';
import { isObject } from '../foundation/is-object.ts';

/** What a server may add to an element of ours without changing what we said. */
const additions: readonly { readonly has: string; readonly may: readonly string[] }[] = [
  { has: 'code', may: ['display', 'version', 'userSelected', 'unit'] },
  { has: 'coding', may: ['text'] },
  { has: 'contentType', may: ['size', 'hash', 'url', 'creation', 'title'] },
  { has: 'resourceType', may: ['language', 'meta'] },
];
/** Lists to which servers add entries of their own. */
const growing = new Set(['identifier', 'extension', 'tag', 'security', 'profile']);

/**
 * True when a resource in the EHR says what ours says. Not compared: id, version, lastUpdated, narrative, what servers
 * add (display, extensions of others, further identifiers and tags), the order of lists. Anything else that is there and
 * not in ours is a difference: a status reason that we took away must not be taken for landed.
 * @param options.leftOut element paths whose references could not be written yet; compared on neither side
 */
export function sameContent(
  ours: FhirJson,
  theirs: FhirJson,
  options: { readonly base: string; readonly leftOut?: ReadonlySet<string> },
): boolean {
  const leftOut = options.leftOut ?? new Set<string>();
  return covers(ours, theirs, ours.resourceType, { base: options.base, leftOut });
}

interface Comparing {
  readonly base: string;
  readonly leftOut: ReadonlySet<string>;
}

function covers(ours: unknown, theirs: unknown, path: string, comparing: Comparing): boolean {
  if (comparing.leftOut.has(path)) return true;
  if (Array.isArray(ours)) return Array.isArray(theirs) && coversList(ours, theirs, path, comparing);
  if (isObject(ours)) return isObject(theirs) && coversObject(ours, theirs, path, comparing);
  return sameValue(ours, theirs);
}

function coversObject(
  ours: Record<string, unknown>,
  theirs: Record<string, unknown>,
  path: string,
  comparing: Comparing,
): boolean {
  if (typeof ours.reference === 'string') {
    return typeof theirs.reference === 'string' && sameReference(ours.reference, theirs.reference, comparing.base);
  }
  const top = 'resourceType' in ours;
  for (const [key, value] of Object.entries(ours)) {
    if (ignored(key, top) || comparing.leftOut.has(`${path}.${key}`)) continue;
    if (!covers(value, theirs[key], `${path}.${key}`, comparing)) return false;
  }
  const may = new Set(additions.filter(({ has }) => has in ours).flatMap((rule) => rule.may));
  for (const [key, value] of Object.entries(theirs)) {
    if (key in ours || ignored(key, top) || may.has(key) || comparing.leftOut.has(`${path}.${key}`)) continue;
    if (path.endsWith('.meta') || (growing.has(key) && onlyForeign(value))) continue;
    return false;
  }
  return true;
}

function coversList(ours: readonly unknown[], theirs: readonly unknown[], path: string, comparing: Comparing): boolean {
  const unmatched = [...theirs];
  for (const element of ours) {
    const at = unmatched.findIndex((other) => covers(element, other, path, comparing));
    if (at < 0) return false;
    unmatched.splice(at, 1);
  }
  const name = path.slice(path.lastIndexOf('.') + 1);
  return unmatched.length === 0 || (growing.has(name) && onlyForeign(unmatched));
}

/** Extensions of ours that are there and not in ours were taken away by us. */
function onlyForeign(value: unknown): boolean {
  const entries = Array.isArray(value) ? value : [value];
  return !entries.some((entry) => isObject(entry) && String(entry.url).startsWith('https://intersession.dev/'));
}

function ignored(key: string, top: boolean): boolean {
  if (key === 'id') return true;
  if (key === 'versionId' || key === 'lastUpdated' || key === 'source') return true;
  return top && (key === 'text' || key === 'implicitRules');
}

function sameReference(ours: string, theirs: string, base: string): boolean {
  if (ours === theirs) return true;
  const [ourLiteral, theirLiteral] = [parseLiteral(ours, { ehr: base }), parseLiteral(theirs, { ehr: base })];
  return (
    ourLiteral.form === 'local' && theirLiteral.form === 'local' && relativeOf(ourLiteral) === relativeOf(theirLiteral)
  );
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function sameValue(ours: unknown, theirs: unknown): boolean {
  if (ours === theirs) return true;
  if (typeof ours !== 'string' || typeof theirs !== 'string') return false;
  return instant.test(ours) && instant.test(theirs) && Date.parse(ours) === Date.parse(theirs);
}
