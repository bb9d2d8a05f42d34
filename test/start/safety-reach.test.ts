import { expect, it } from 'vitest';
import { generic } from '../../src/ehr/vendors/generic.ts';
import type { Capabilities } from '../../src/landing/capabilities.ts';
import { noTokens } from '../../src/landing/grants.ts';
import { landingTable } from '../../src/landing/landing-table.ts';
import { safetyReach } from '../../src/start/safety-reach.ts';

const safetyRoute = { name: 'On-call therapist' };

/** An EHR whose table is made from a statement of these types; undefined: it is down. */
function ehr(types: readonly string[] | undefined) {
  const interactions = Object.fromEntries((types ?? []).map((type) => [type, ['create', 'update']]));
  const capabilities: Capabilities = {
    ...{ interactions, conditionalCreate: {}, conditionalUpdate: {}, system: [], searchParams: {} },
  };
  const landings = async () => {
    if (types === undefined) throw new Error('down');
    return landingTable(capabilities, noTokens, generic);
  };
  return { landings };
}

it.each([
  ['an open door', ehr(['Communication']), {}, 'chart'],
  ['an open door and a route', ehr(['DocumentReference']), { safetyRoute }, 'chart'],
  ['no door and a route', ehr(['Observation']), { safetyRoute }, 'route'],
  ['no door and no route', ehr(['Observation']), {}, 'nowhere'],
  ['an EHR that is down', ehr(undefined), {}, 'unknown'],
  ['an EHR that is down and a route', ehr(undefined), { safetyRoute }, 'route'],
  ['no EHR', undefined, undefined, 'unknown'],
] as const)('%s', async (_situation, asked, tenant, expected) => {
  expect(await safetyReach(asked, tenant)).toBe(expected);
});
