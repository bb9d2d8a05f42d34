import { expect, it } from 'vitest';
import { generic } from '../../src/ehr/vendors/generic.ts';
import type { Capabilities } from '../../src/landing/capabilities.ts';
import { type Grants, knownGrants, noTokens } from '../../src/landing/grants.ts';
import { landingTable } from '../../src/landing/landing-table.ts';
import { safetyReach } from '../../src/start/safety-reach.ts';

const safetyRoute = { name: 'On-call therapist' };

const byPeople = knownGrants(
  { granted: 'system/Patient.rs', grantedToPerson: 'user/Communication.crus' },
  { interactions: {}, conditionalCreate: {}, conditionalUpdate: {}, system: [], searchParams: {} },
);

/** An EHR whose table is made from a statement of these types; undefined: it is down. */
function ehr(types: readonly string[] | undefined, grants: Grants = noTokens) {
  const interactions = Object.fromEntries((types ?? []).map((type) => [type, ['create', 'update']]));
  const capabilities: Capabilities = {
    ...{ interactions, conditionalCreate: {}, conditionalUpdate: {}, system: [], searchParams: {} },
  };
  const landings = async () => {
    if (types === undefined) throw new Error('down');
    return landingTable(capabilities, grants, generic);
  };
  return { landings };
}

it.each([
  ['an open channel', ehr(['Communication']), {}, 'chart'],
  ['an open channel and a route', ehr(['DocumentReference']), { safetyRoute }, 'chart'],
  ['a channel that only a person opens', ehr(['Communication'], byPeople), {}, 'nowhere'],
  ['a channel that only a person opens, and a route', ehr(['Communication'], byPeople), { safetyRoute }, 'route'],
  ['no channel and a route', ehr(['Observation']), { safetyRoute }, 'route'],
  ['no channel and no route', ehr(['Observation']), {}, 'nowhere'],
  ['an EHR that is down', ehr(undefined), {}, 'unknown'],
  ['an EHR that is down and a route', ehr(undefined), { safetyRoute }, 'route'],
  ['no EHR', undefined, undefined, 'unknown'],
] as const)('%s', async (_situation, asked, tenant, expected) => {
  expect(await safetyReach(asked, tenant)).toBe(expected);
});
