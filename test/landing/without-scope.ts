import type { ScopeGrant } from '../../src/landing/granted-scopes.ts';
import type { Grants } from '../../src/landing/grants.ts';

const letters = ['c', 'r', 'u', 'd', 's'] as const;

/**
 * The same grants without one cited scope (`system/Task.cu`), whichever way it was granted: v1, v2, by a wildcard. A
 * person's scope goes from `user/` and `patient/` alike, as one cited stands for both.
 */
export function withoutScope(grants: Grants, cited: string, types: readonly string[]): Grants {
  const [, context = '', type = '', lost = ''] = /^(\w+)\/(\w+)\.(\w+)$/.exec(cited) ?? [];
  if (lost === '') throw new Error(`not a scope: ${cited}`);
  const scopes = grants.scopes.flatMap((grant): ScopeGrant[] => {
    const same = context === 'system' ? grant.context === 'system' : grant.context !== 'system';
    if (!same || (grant.type !== type && grant.type !== '*')) return [grant];
    const rest = new Set(letters.filter((letter) => grant.letters.has(letter) && !lost.includes(letter)));
    const others =
      grant.type === '*' ? types.filter((text) => text !== type).map((type) => ({ ...grant, type: type })) : [];
    return [...others, { ...grant, type, letters: rest }];
  });
  return { ...grants, scopes };
}

/** Every single letter of a cited scope as a scope of its own: `system/Task.c`, `system/Task.u`. */
export function letterByLetter(cited: string): string[] {
  const dot = cited.lastIndexOf('.') + 1;
  return [...cited.slice(dot)].map((letter) => `${cited.slice(0, dot)}${letter}`);
}
