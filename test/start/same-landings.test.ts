import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { simulatedVendors } from '../../src/config/sandbox-tenants.ts';
import { signInToApp } from '../simulators/launch-app.ts';
import { simulatorAt } from '../simulators/open-simulator.ts';
import { Simulator } from '../simulators/simulator.ts';
import { type House, openHouse } from './open-house.ts';
import { patience } from './run-process.ts';

const landingsShape = z.object({
  landings: z.array(
    z.object({
      ...{ artefact: z.string(), landing: z.string(), identity: z.string(), reason: z.string() },
      toImprove: z.string().nullish(),
    }),
  ),
});
/** What is said of each artefact, by its name. */
type Told = ReadonlyMap<string, string>;
const line = (...parts: readonly (string | null | undefined)[]) => parts.map((part) => part ?? '').join(' | ');
const toldIn = (answer: unknown): Told =>
  new Map(
    landingsShape
      .parse(answer)
      .landings.map(({ artefact, landing, identity, reason, toImprove }) => [
        artefact,
        line(landing, identity, reason, toImprove),
      ]),
  );

/** The same, read from the sheet: its table for the landing, its list for the reason. */
function toldInSheet(sheet: string): Told {
  const section = sheet.split('## 4. ')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').flatMap((text) => {
    const [, artefacts = '', landing = '', identity = ''] = /^\| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/.exec(text) ?? [];
    return artefacts === '' || artefacts === 'artefact' ? [] : [{ artefacts, landing, identity }];
  });
  const reasons = section.split('\n').flatMap((text) => {
    const [, artefacts, reason, , toImprove] = /^- \*\*(.*?)\*\* – (.*?)( \*To improve:\* (.*))?$/.exec(text) ?? [];
    return artefacts === undefined ? [] : [{ artefacts, reason, toImprove }];
  });
  return new Map(
    rows.flatMap(({ artefacts, landing, identity }, at) => {
      const said = reasons[at];
      if (said?.artefacts !== artefacts) throw new Error(`the sheet gives no reason for ${artefacts}`);
      return artefacts.split(', ').map((artefact) => [artefact, line(landing, identity, said.reason, said.toImprove)]);
    }),
  );
}

let house: House | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

/** Everybody who tells where things land, of one tenant. */
async function everyTeller(of: House, tenant: string, simulator: Simulator): Promise<Record<string, Told>> {
  const json = await of.command('doctor', '--tenant', tenant, '--json');
  const sheet = await of.command('doctor', '--tenant', tenant, '--sheet');
  const api = await of.api(tenant).request('GET', '/api/v1/tenant');
  const { session, launchId } = await signInToApp(simulator, of.running.url, {
    user: 'Practitioner/integration-haddad',
  });
  const page = await fetch(`${of.running.url}/app/v1/connection`, {
    headers: { authorization: `Bearer ${session}`, 'x-launch': String(launchId) },
  });
  return {
    doctor: toldIn(JSON.parse(json.stdout)),
    sheet: toldInSheet(sheet.stdout),
    api: toldIn(api.body),
    page: toldIn(await page.json()),
  };
}

async function allTheSame(of: House, tenant: string, simulator: Simulator): Promise<Told> {
  const { api = new Map(), ...others } = await everyTeller(of, tenant, simulator);
  expect(api.size).toBeGreaterThan(8);
  for (const [who, told] of Object.entries(others)) expect([who, [...told]]).toEqual([who, [...api]]);
  return api;
}

/** A plan with a log and a message, and a clinician who opens the chart: what is refused is learned. */
async function play(of: House, tenant: string, simulator: Simulator): Promise<void> {
  await signInToApp(simulator, of.running.url, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const { status } = await of.api(tenant).request('POST', '/api/v1/plans', {
    sourceId: 'same-landings',
    patientId: 'sarah',
    libraryPlan: 'social-anxiety-speaking-up|1.0.0',
    author: 'Practitioner/dr-okafor',
    period: { start: day(0), end: day(60) },
  });
  expect(status).toBe(201);
  await of.running.idle();
}

const refusals = ['CarePlan', 'Task', 'Observation', 'DocumentReference', 'Communication'].map((type) => ({
  type,
  interaction: 'create',
  status: 403,
}));

describe('doctor, its sheet, the API and the page of the connection say the same', () => {
  it.each([
    ['sandbox', 'native'],
    ['sandbox-notes', 'notes-only'],
  ])(
    'of %s: at first, when somebody has signed in, and when the EHR has refused what it states',
    async (tenant, face) => {
      house = await openHouse();
      const { authUrl, dataDir } = await simulatorAt(house.ehr);
      const simulator = new Simulator({ url: house.ehr, authUrl, dataDir, vendor: face });
      const first = await allTheSame(house, tenant, simulator);
      await simulator.site({ refusals });
      await play(house, tenant, simulator);
      const learned = await allTheSame(house, tenant, simulator);
      expect(learned).not.toEqual(first);
      // what would be, with other scopes, is not what is
      const supposed = await house.command('doctor', '--tenant', tenant, '--scopes', 'system/Patient.rs', '--json');
      expect(toldIn(JSON.parse(supposed.stdout))).not.toEqual(learned);
    },
    patience,
  );

  it.each([...simulatedVendors.keys()])(
    'of the simulator of %s: at first, and when a clinician has signed in',
    async (vendor) => {
      house = await openHouse(vendor);
      const simulator = await simulatorAt(house.ehr);
      const tenant = `sandbox-${vendor}`;
      await allTheSame(house, tenant, simulator);
      await play(house, tenant, simulator);
      await allTheSame(house, tenant, simulator);
    },
    patience,
  );
});
