import { defined } from '../foundation/defined.ts';
import { listWords } from '../foundation/list-words.ts';
import { type ScopeGrant, scopeIdentity } from './granted-scopes.ts';
import { assumedBases, basisWords, type Grants } from './grants.ts';
import { letterOf } from './letter-of.ts';
import type { InteractionTrait, VendorTraits } from './vendor-traits.ts';
import type { LandingFacts, Permission, Refusal, WriteNeed } from './write-need.ts';

const whose = { system: "this service's own token", delegated: "a signed-in person's token" } as const;

/**
 * Whose token may do all of these writes: one token has to cover them all, since they need each other.
 * Where no scopes are known, the vendor's habit decides, and that is said.
 */
export function permitByScopes(needs: readonly WriteNeed[], { grants, vendor }: LandingFacts): Permission {
  if (grants.basis === 'no-tokens') {
    return {
      identity: 'system',
      writes: needs,
      by: 'without a token, as the server takes none',
      scopes: [],
      toImprove: null,
    };
  }
  const remedy = `Ask for ${listWords(needs.map((need) => scopeText('system', need)))}, so that it need not wait for a person.`;
  const barred = refusedIdentities(needs, vendor);
  if (grants.basis === 'unlisted') {
    const refused = barred.get(vendor.unlistedScopes);
    return refused === undefined ? unlisted(needs, vendor, remedy) : refusedByPractice(refused);
  }
  const system = grants.scopes.filter(({ context }) => context === 'system' && !barred.has('system'));
  const people = grants.scopes.filter(({ context }) => context !== 'system' && !barred.has('delegated'));
  const identity = covers(system, needs) ? 'system' : covers(people, needs) ? 'delegated' : undefined;
  if (identity === undefined) {
    const [refused] = barred.values();
    return refused === undefined ? tooLittle(needs, grants, people) : refusedByPractice(refused);
  }
  const own = grants.scopes.filter(({ context }) => context === 'system');
  // to ask for what was granted and is refused all the same would change nothing
  const refused = identity === 'delegated' && covers(own, needs) ? barred.get('system') : undefined;
  const instead = refused === undefined ? undefined : refusedByPractice(refused);
  const users = people.filter(({ context }) => context === 'user');
  const context = (need: WriteNeed) =>
    identity === 'system' ? 'system' : covers(users, [need]) ? ('user' as const) : ('patient' as const);
  const scopes = needs.map((need) => scopeText(context(need), need));
  const basis = identity === 'delegated' ? (grants.peopleBasis ?? grants.basis) : grants.basis;
  const named = `${scopes.length > 1 ? 'scopes' : 'scope'} ${listWords(scopes)}`;
  return {
    identity,
    writes: needs,
    by: `by ${whose[identity]}, ${named} (${basisWords[basis]})`,
    scopes,
    ...(assumedBases.has(basis) ? { assumption: `${named}: ${basisWords[basis]}.` } : {}),
    ...(basis === 'asked' ? { hoped: true } : {}),
    ...defined({ ownRefused: instead?.missing }),
    toImprove: identity === 'delegated' ? (instead?.remedy ?? remedy) : null,
  };
}

/** What practice taught of one identity only: this token is refused, another one may not be. */
function refusedIdentities(
  needs: readonly WriteNeed[],
  { refuses }: VendorTraits,
): ReadonlyMap<'system' | 'delegated', InteractionTrait> {
  const barred = new Map<'system' | 'delegated', InteractionTrait>();
  for (const refusal of refuses) {
    const about = needs.some(({ type, interactions }) => {
      return type === refusal.type && interactions.includes(refusal.interaction);
    });
    if (about && refusal.identity !== undefined) barred.set(refusal.identity, refusal);
  }
  return barred;
}

function refusedByPractice({ type, interaction, because, source }: InteractionTrait): Refusal {
  return {
    identity: 'none',
    missing: `${type} ${interaction} is advertised but refused here: ${because} (${source})`,
    offers: [],
    remedy: `The EHR would have to accept ${interaction} on ${type} with the scopes that it granted.`,
  };
}

function unlisted(needs: readonly WriteNeed[], vendor: VendorTraits, remedy: string): Permission {
  const identity = vendor.unlistedScopes;
  const source = vendor.sources?.unlistedScopes;
  const because = `${basisWords.unlisted}${source === undefined ? '' : `; ${source}`}`;
  return {
    identity,
    writes: needs,
    by: `by ${whose[identity]} (${because})`,
    scopes: [],
    assumption: `Whose token may write is ${because}.`,
    toImprove: identity === 'delegated' ? remedy : null,
  };
}

function tooLittle(needs: readonly WriteNeed[], grants: Grants, people: readonly ScopeGrant[]): Permission {
  const system = grants.scopes.filter(({ context }) => context === 'system');
  const lacking = needs.filter((need) => !covers(system, [need]) && !covers(people, [need]));
  const about = (lacking.length === 0 ? needs : lacking).map(({ type, category }) =>
    category === undefined ? type : `${type} of category ${category}`,
  );
  const together = lacking.length === 0 && needs.length > 1 ? ' by one token' : '';
  const where = grants.basis === 'listed' ? 'the SMART configuration lists' : 'there is';
  const known = grants.basis === 'listed' ? '' : ` (scopes ${basisWords[grants.basis]})`;
  const asked = (lacking.length === 0 ? needs : lacking).map((need) => scopeText('system', need));
  return {
    identity: 'none',
    missing: `${where} no scope to write ${listWords(about)}${together}${known}`,
    offers: [],
    remedy: `Ask for ${listWords(asked)}, or for the same at user/, which a person's token then carries.`,
  };
}

/** Whether these scopes permit every letter of every need. */
function covers(scopes: readonly ScopeGrant[], needs: readonly WriteNeed[]): boolean {
  return needs.every(({ type, interactions, category }) =>
    interactions.every(
      (interaction) =>
        scopeIdentity(scopes, {
          type,
          letter: letterOf[interaction],
          ...defined({ category }),
        }) !== 'none',
    ),
  );
}

function scopeText(context: string, { type, interactions }: WriteNeed): string {
  return `${context}/${type}.${interactions.map((interaction) => letterOf[interaction]).join('')}`;
}
