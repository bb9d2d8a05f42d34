/** c create, r read, u update, d delete, s search. */
export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's';

/** One SMART resource scope taken apart. */
export interface ScopeGrant {
  /** `system`: the service itself; `user` and `patient`: only with a person's token. */
  readonly context: 'system' | 'user' | 'patient';
  /** A resource type, or `*`. */
  readonly type: string;
  readonly letters: ReadonlySet<ScopeLetter>;
  /** Search-style conditions of a granular scope, all of which hold for what it permits; empty: it is no granular one. */
  readonly conditions: readonly (readonly [parameter: string, value: string])[];
}

/** Whose token permits something. */
export type Identity = 'system' | 'delegated' | 'none';

const letters = ['c', 'r', 'u', 'd', 's'] as const;
const v1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };
const pattern = /^(system|user|patient)\/([A-Z][A-Za-z]*|\*)\.(c?r?u?d?s?|read|write|\*)(?:\?(.+))?$/;

/**
 * Reads a space-separated scope list: v1 (`system/Task.write`), v2 (`system/Task.cu`) and granular
 * (`system/Observation.c?category=http://…|survey`). Scopes that are not about resources are left out, and so is one whose
 * query holds nothing: it is no grant of everything.
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export function parseScopes(scope: string): ScopeGrant[] {
  return scope.split(/\s+/).flatMap((text) => {
    const match = pattern.exec(text);
    const [, context, type, written, query] = match ?? [];
    if (!isContext(context) || type === undefined || !written) return [];
    const conditions = [...new URLSearchParams(query ?? '')];
    if (query !== undefined && conditions.length === 0) return [];
    const spelled = v1[written] ?? written;
    return [
      {
        context,
        type,
        letters: new Set(letters.filter((letter) => spelled.includes(letter))),
        conditions,
      },
    ];
  });
}

/**
 * Whose token may do this: `system` when the service's own scopes permit it, `delegated` when only a person's do.
 * A granular grant permits a category only when it names that category, and nothing that it restricts otherwise.
 */
export function scopeIdentity(
  grants: readonly ScopeGrant[],
  need: { readonly type: string; readonly letter: ScopeLetter; readonly category?: string },
): Identity {
  const fitting = grants.filter(
    (grant) =>
      (grant.type === '*' || grant.type === need.type) &&
      grant.letters.has(need.letter) &&
      permits(grant, need.category),
  );
  if (fitting.some(({ context }) => context === 'system')) return 'system';
  return fitting.length > 0 ? 'delegated' : 'none';
}

/** Whether every condition of a grant is about the category, and lets this one through; absent: of any category. */
export function permits({ conditions }: ScopeGrant, category: string | undefined): boolean {
  return conditions.every(([parameter, value]) => {
    if (parameter !== 'category' || category === undefined) return false;
    return value.split(',').some((token) => token.slice(token.lastIndexOf('|') + 1) === category);
  });
}

function isContext(text: string | undefined): text is ScopeGrant['context'] {
  return text === 'system' || text === 'user' || text === 'patient';
}
