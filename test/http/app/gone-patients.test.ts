import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MergesView } from '../../../src/contract/app/merges.ts';
import type { RosterPage } from '../../../src/contract/app/roster.ts';
import { type App, clinician, coordinator, integration, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan } from './app-homework.ts';

let app: App;
let reyes: Tab;
beforeEach(async () => {
  app = await openApp();
  for (const id of ['sarah', 'marcus']) await assignPlan(app, await app.signIn({ ...clinician, patient: id }));
  await assignPlan(app, await app.signIn({ user: 'Practitioner/dr-lindqvist', patient: 'hidden' }));
  await app.call(await app.signIn(patient), 'POST', '/app/v1/safety-signals', { rule: 'not-safe-now' });
  reyes = await app.signIn(coordinator);
});
afterEach(() => app.close());

const page = async (tab = reyes) => (await app.call(tab, 'GET', '/app/v1/roster')).body as RosterPage;
const ids = ({ rows }: RosterPage) => rows.map(({ patientId }) => patientId);
/** Removed from the EHR, which says so to people and to the service. */
const remove = (id: string) => {
  app.north.resources.delete(`Patient/${id}`);
  app.doors.test.verdicts.set(id, 'unknown');
};
const held = async () =>
  ((await app.call(await app.signIn(integration), 'GET', '/app/v1/merges')).body as MergesView).held;

describe('a patient whom the EHR has no more', () => {
  it.each([
    ['sarah', 1],
    ['marcus', 0],
  ])('is told of apart from who is kept from this user, with an open signal: %s', async (id, withSignal) => {
    remove(id);
    const told = await page();
    expect(ids(told)).toEqual([id === 'sarah' ? 'marcus' : 'sarah']);
    expect([told.gone, told.hidden]).toEqual([{ patients: 1, withSignal }, { patients: 1 }]);
    // which one it was is told to whoever looks after the connection
    const { rows: _rows, ...rest } = told;
    expect(JSON.stringify(rest)).not.toContain(id);
    expect(await held()).toMatchObject([{ patientId: id, state: 'gone' }]);
  });

  it('is taken for one who is kept from this user while the EHR says that they are there, or says nothing', async () => {
    remove('sarah');
    for (const verdict of ['known', 'unreachable'] as const) {
      app.doors.test.verdicts.set('sarah', verdict);
      const told = await page(await app.signIn(coordinator));
      expect([verdict, told.gone, told.hidden]).toEqual([verdict, undefined, { patients: 2 }]);
      expect(await held()).toEqual([]);
      app.doors.test.setTime('2026-03-01T16:00:00.000Z');
    }
  });

  it('is looked for again after a while, and is on the list when they are back', async () => {
    remove('marcus');
    expect((await page()).gone).toEqual({ patients: 1, withSignal: 0 });
    app.north.resources.set('Patient/marcus', {
      resourceType: 'Patient',
      id: 'marcus',
      name: [{ text: 'Marcus Bell' }],
    });
    app.doors.test.verdicts.set('marcus', 'known');
    app.doors.test.setTime('2026-03-01T15:20:00.000Z');
    const told = await page(await app.signIn(coordinator));
    expect([told.gone, ids(told)]).toEqual([undefined, ['sarah', 'marcus']]);
  });

  it('is not made one of by a refusal: of whom the EHR keeps shut it is not asked', async () => {
    app.doors.test.verdicts.set('hidden', 'unknown');
    expect(await page()).toMatchObject({ hidden: { patients: 1 } });
    expect(await page()).not.toHaveProperty('gone');
    expect(await held()).toEqual([]);
  });
});
