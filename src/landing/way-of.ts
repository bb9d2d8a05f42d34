import { defined } from '../foundation/defined.ts';
import type { OpenWay, Way } from './landing-row.ts';
import type { Landing } from './vendor-traits.ts';
import type { LandingFacts, Permission, Permit } from './write-need.ts';

/** Makes a way of a permission. `says` is a sentence without its full stop; who carries it and what it waits for follow. */
export function wayOf(
  landing: Landing,
  permission: Permission,
  { facts, says, type, before }: { facts: LandingFacts; says: string; type: string; before?: string },
): Way {
  if (permission.identity === 'none') {
    const { missing, offers, remedy } = permission;
    return { landing, open: false, missing, offers, remedy, ...defined({ before }) };
  }
  const waits = waitingFor(permission, facts, type);
  const improvements = [permission.toImprove, waits.remedy].filter((text) => text !== null);
  return {
    landing,
    open: true,
    identity: permission.identity,
    writes: permission.writes,
    says: `${says}, ${permission.by}.${waits.says}`,
    toImprove: improvements.length === 0 ? null : improvements.join(' '),
    ...(permission.scopes.length === 0 ? {} : { scopes: permission.scopes }),
    ...(permission.hoped === true ? { hoped: true } : {}),
    ...defined({ assumption: permission.assumption, ownRefused: permission.ownRefused }),
  };
}

/** The way that is always open. */
export function stayInApp(says: string): OpenWay {
  return { landing: 'app-only', open: true, identity: 'none', says, toImprove: null, writes: [] };
}

function waitingFor(
  { identity }: Permit,
  { vendor, site }: LandingFacts,
  type: string,
): { says: string; remedy: string | null } {
  const needsEncounter = vendor.needsEncounter.includes(type);
  const person = identity === 'delegated' ? 'such a person has the chart of the patient open' : undefined;
  const rule = site.encounterRule === undefined ? '' : `, found by encounterRule ${site.encounterRule}`;
  const encounter = needsEncounter ? `there is an encounter to name${rule}` : undefined;
  const until = [person, encounter].filter((text) => text !== undefined);
  if (until.length === 0) return { says: '', remedy: null };
  const source = needsEncounter ? vendor.sources?.needsEncounter : undefined;
  return {
    says: ` It waits until ${until.join(' and ')}${source === undefined ? '' : ` (${source})`}.`,
    remedy: needsEncounter && site.encounterRule === undefined ? 'Name an encounter rule for the tenant.' : null,
  };
}
