import type { ScopeLetter } from './scope-letter.ts';

/** For whom a SMART scope speaks: the patient in context, the signed-in user, or no person at all. */
export type ScopeLevel = 'patient' | 'user' | 'system';

/** A SMART scope on resources taken apart. */
export interface ResourceScope {
  level: ScopeLevel;
  /** `*` = every type. */
  type: string;
  letters: ReadonlySet<ScopeLetter>;
  /** Search-style condition of a granular scope, without the question mark. */
  query: string | undefined;
  /** As it was written. */
  text: string;
}

const RESOURCE_SCOPE = /^(patient|user|system)\/([A-Z][A-Za-z]+|\*)\.(c?r?u?d?s?|read|write|\*)(?:\?(.+))?$/;
const V1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };
const LETTERS = ['c', 'r', 'u', 'd', 's'] as const;

/** Reads a v1 (`patient/Task.read`) or v2 (`patient/Task.rs?…`) scope; undefined for anything else. */
export function parseScope(text: string): ResourceScope | undefined {
  const match = RESOURCE_SCOPE.exec(text);
  if (!match?.[1] || !match[2] || !match[3]) return undefined;
  const written = V1[match[3]] ?? match[3];
  return {
    level: match[1] as ScopeLevel,
    type: match[2],
    letters: new Set(LETTERS.filter((letter) => written.includes(letter))),
    query: match[4],
    text,
  };
}

/**
 * The part of the asked scopes that a policy allows: types, letters and conditions are cut down to what both have.
 * @param types resource types of the face; others are never granted
 * @returns granted scopes in SMART syntax, none twice
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export function grantScopes(asked: string, policy: readonly string[], types: ReadonlySet<string>): string[] {
  const allowed = policy.map(parseScope).filter((scope) => scope !== undefined);
  const granted = new Map<string, ResourceScope>();
  for (const text of asked.split(' ')) {
    const scope = parseScope(text);
    if (scope === undefined || (scope.type !== '*' && !types.has(scope.type))) continue;
    for (const rule of allowed) {
      const common = intersect(scope, rule);
      if (common) granted.set(common.text, common);
    }
  }
  const scopes = [...granted.values()];
  return scopes
    .filter((scope) => !scopes.some((other) => other !== scope && includes(other, scope)))
    .map(({ text }) => text);
}

function intersect(asked: ResourceScope, rule: ResourceScope): ResourceScope | undefined {
  if (asked.level !== rule.level) return undefined;
  if (asked.type !== '*' && rule.type !== '*' && asked.type !== rule.type) return undefined;
  if (asked.query !== undefined && rule.query !== undefined && asked.query !== rule.query) return undefined;
  const type = asked.type === '*' ? rule.type : asked.type;
  const letters = LETTERS.filter((letter) => asked.letters.has(letter) && rule.letters.has(letter));
  if (letters.length === 0) return undefined;
  const query = asked.query ?? rule.query;
  const whole = type === asked.type && query === asked.query && letters.length === asked.letters.size;
  const text = whole
    ? asked.text
    : `${asked.level}/${type}.${letters.join('')}${query === undefined ? '' : `?${query}`}`;
  return { level: asked.level, type, letters: new Set(letters), query, text };
}

/** True when everything the second allows is allowed by the first. */
function includes(wide: ResourceScope, narrow: ResourceScope): boolean {
  if (wide.level !== narrow.level) return false;
  if (wide.type !== '*' && wide.type !== narrow.type) return false;
  if (wide.query !== undefined && wide.query !== narrow.query) return false;
  return [...narrow.letters].every((letter) => wide.letters.has(letter)) && wide.text !== narrow.text;
}
