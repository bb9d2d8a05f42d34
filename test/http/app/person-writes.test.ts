import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LandingRow } from '../../../src/contract/landing.ts';
import { type Artefact, artefacts } from '../../../src/homework/artefact.ts';
import { appRoutes } from '../../../src/http/app/mount-app.ts';
import { type App, clinician, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';
import { noSight } from './no-sight.ts';

const land = (artefact: Artefact, landing: string): LandingRow => ({
  ...{ artefact, landing, identity: 'system', reason: 'for the test' },
});
/** Takes everything. */
const native = artefacts.map((artefact) => land(artefact, 'native'));
/** Takes Observations, and notes that tell the rest. */
const notes = native.map(({ artefact }) =>
  land(artefact, ['measure', 'adherence'].includes(artefact) ? 'observation' : 'note'),
);

let landings: readonly LandingRow[] | undefined;
let app: App;
let plan: ShownPlan;
beforeAll(async () => {
  app = await openApp({ app: { landings: async () => landings } });
  landings = native;
  plan = await assignPlan(app, await app.signIn(clinician));
  app.doors.test.setTime('2026-03-02T16:00:00.000Z');
});
afterAll(() => app.close());

const only = (...types: string[]) => ({
  grant: (scope: string) => !scope.endsWith('.crus') || types.some((type) => scope.includes(`/${type}.`)),
});
const step = () => stepOf(plan, '1').id;
const log = (tab: Tab) =>
  app.call(tab, 'POST', `/app/v1/assignments/${step()}/logs`, {
    ...{ id: randomUUID(), answers: { situation: 'x', 'belief-before': 1, 'suds-before': 1 } },
  });
const barrier = (tab: Tab) => app.call(tab, 'POST', `/app/v1/assignments/${step()}/barriers`, { code: 'fear' });
const pause = (tab: Tab) => app.call(tab, 'POST', `/app/v1/assignments/${step()}/moves`, { event: 'pause' });

describe('a person whose EHR grants one type only', () => {
  it('writes that type and no other that the EHR takes', async () => {
    landings = native;
    const tab = await app.signIn({ ...clinician, ...only('Observation') });
    expect(tab.view.canWrite).toBe(true);
    expect((await barrier(tab)).status).toBe(201);
    for (const refused of [await pause(tab), await log(tab)]) {
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({ code: 'forbidden' });
    }
    expect((await pause(tab)).text).toContain('Task');
  });

  it('writes by their role what the EHR takes from nobody', async () => {
    landings = notes;
    const tab = await app.signIn({ ...clinician, ...only('Observation') });
    expect((await pause(tab)).status).toBe(200);
    await app.call(tab, 'POST', `/app/v1/assignments/${step()}/moves`, { event: 'resume' });
    // a report is a note there, and notes are not among what was granted
    const preview = await app.call(tab, 'POST', `/app/v1/plans/${plan.plan.id}/reports`, { digest: 'a'.repeat(64) });
    expect([preview.status, preview.text]).toEqual([403, expect.stringContaining('DocumentReference')]);
  });

  it('is held in the same way as a patient', async () => {
    landings = native;
    const messages = await app.signIn({ ...patient, ...only('Communication') });
    expect((await log(messages)).status).toBe(403);
    const logs = await app.signIn({ ...patient, ...only('QuestionnaireResponse') });
    expect(await log(logs)).toMatchObject({ status: 201, text: expect.stringContaining('x') });
    expect((await barrier(logs)).status).toBe(403);
  });

  it('is believed by their role while nobody can say what the EHR takes', async () => {
    landings = undefined;
    expect((await log(await app.signIn({ ...patient, ...only('Communication') }))).status).toBe(201);
  });
});

it('every route of the app that changes homework names what it is written as', () => {
  const changing = appRoutes(noSight).filter(({ method, writes }) => method !== 'get' && writes !== false);
  expect(changing.length).toBeGreaterThan(15);
  const without = changing.filter(({ writes }) => writes !== false && writes.length === 0).map(({ path }) => path);
  expect(without.sort()).toEqual([
    ...[
      '/connection/try-again',
      '/ledger/check',
      '/ledger/retry',
      '/ledger/{artefact}/{id}/confirm',
      '/ledger/{artefact}/{id}/retry',
    ],
    ...['/ledger/{artefact}/{id}/withdraw', '/merges/{patientId}/confirm'],
  ]);
});
