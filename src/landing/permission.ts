import type { Capabilities } from './capabilities.ts';
import { type Identity, type ScopeGrant, scopeIdentity } from './granted-scopes.ts';
import type { VendorTraits } from './vendor-traits.ts';

/** Whether a write is possible, by whose token, and if not: what is missing and what would help. */
export interface Permission {
  readonly identity: Identity;
  /** A clause without a full stop, e.g. `the EHR's statement offers no create on Task`; empty when permitted. */
  readonly missing: string;
  /** A sentence; empty when permitted. */
  readonly remedy: string;
}

/** Asks all four at once: the server's statement, the vendor's habits, and the scopes granted. */
export type MayWrite = (type: string, interactions: readonly ('create' | 'update')[], category?: string) => Permission;

/** Makes the question "may we write this here, and if not, why not?" for one EHR. */
export function permission(
  capabilities: Capabilities,
  scopes: readonly ScopeGrant[] | undefined,
  vendor: VendorTraits,
): MayWrite {
  return (type, interactions, category) => {
    const offered = capabilities.interactions[type];
    const unoffered = interactions.filter((interaction) => !offered?.includes(interaction));
    if (unoffered.length > 0) {
      const missing =
        offered === undefined
          ? `the EHR's statement does not list ${type}`
          : `the EHR's statement offers no ${unoffered.join(' and no ')} on ${type}`;
      return refusal(missing, `The EHR would have to offer ${interactions.join(' and ')} on ${type}.`);
    }
    const habits = vendor.refuses.filter((one) => one.type === type && interactions.includes(one.interaction));
    const barred = new Set(habits.map(({ identity }) => identity));
    // where the server takes no tokens there is one identity only
    const habit = habits.find(({ identity }) => identity === undefined || scopes === undefined);
    if (habit !== undefined) {
      const missing = `${type} ${habit.interaction} is advertised but refused here (${habit.because})`;
      return refusal(missing, `The vendor would have to accept ${habit.interaction} on ${type} from other systems.`);
    }
    if (category !== undefined && vendor.observationCategories?.includes(category) === false) {
      const missing = `the EHR files no ${type} of category ${category}`;
      return refusal(missing, `The vendor would have to accept ${type} of category ${category}.`);
    }
    if (scopes === undefined) return { identity: 'system', missing: '', remedy: '' };
    const open = scopes.filter(({ context }) => !barred.has(context === 'system' ? 'system' : 'delegated'));
    const identities = interactions.map((interaction) =>
      scopeIdentity(open, {
        type,
        letter: interaction === 'create' ? 'c' : 'u',
        ...(category === undefined ? {} : { category }),
      }),
    );
    if (identities.includes('none') && habits[0] !== undefined) {
      const missing = `${type} ${habits[0].interaction} is advertised but refused here (${habits[0].because})`;
      return refusal(missing, `The vendor would have to accept ${habits[0].interaction} on ${type}.`);
    }
    if (identities.includes('none')) {
      const letters = interactions.map((interaction) => (interaction === 'create' ? 'c' : 'u')).join('');
      const about = category === undefined ? type : `${type} of category ${category}`;
      const missing = `the scopes granted to this service do not cover writing ${about}`;
      return refusal(
        missing,
        `Grant system/${type}.${letters}${category === undefined ? '' : ` for category ${category}`}.`,
      );
    }
    return { identity: identities.includes('delegated') ? 'delegated' : 'system', missing: '', remedy: '' };
  };
}

function refusal(missing: string, remedy: string): Permission {
  return { identity: 'none', missing, remedy };
}
