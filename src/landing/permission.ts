import { permitByScopes } from './permit-by-scopes.ts';
import { refusalOf } from './refusal-of.ts';
import type { LandingFacts, MayWrite, Refusal } from './write-need.ts';

/** Makes the question "may we write this here, and if not, why not?" for one EHR. */
export function permission(facts: LandingFacts): MayWrite {
  return (...needs) => {
    const refusals = needs.flatMap((need) => refusalOf(need, facts) ?? []);
    if (refusals.length > 0) return joinRefusals(refusals);
    return permitByScopes(needs, facts);
  };
}

function joinRefusals(refusals: readonly Refusal[]): Refusal {
  return {
    identity: 'none',
    missing: [...new Set(refusals.map(({ missing }) => missing))].join('; '),
    offers: refusals.flatMap(({ offers }) => offers),
    remedy: [...new Set(refusals.map(({ remedy }) => remedy))].filter((remedy) => remedy !== '').join(' '),
  };
}
