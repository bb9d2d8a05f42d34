import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RosterPage } from '../../../src/contract/app/roster.ts';
import type { PatientStanding } from '../../../src/homework/patient/patient-standing.ts';
import { type App, clinician, coordinator, openApp, type Tab } from '../smart/open-app.ts';
import { assignPlan } from './app-homework.ts';

let app: App;
let reyes: Tab;
beforeEach(async () => {
  app = await openApp();
  for (const id of ['sarah', 'marcus']) await assignPlan(app, await app.signIn({ ...clinician, patient: id }));
  reyes = await app.signIn(coordinator);
});
afterEach(() => app.close());

const page = async (tab = reyes) => (await app.call(tab, 'GET', '/app/v1/roster')).body as RosterPage;
const rowOf = async (id: string, tab = reyes) => (await page(tab)).rows.find(({ patientId }) => patientId === id);
/** As the EHR has the patient now, for people and for the service. */
function stands(id: string, more: object, standing: PatientStanding | undefined): void {
  const before = app.north.resources.get(`Patient/${id}`) as object;
  app.north.resources.set(`Patient/${id}`, { ...before, ...more } as never);
  if (standing !== undefined) app.doors.test.standings.set(id, { answer: 'known', standing, replaces: [] });
}

describe('the list, of a patient for whom nothing is sent', () => {
  it.each([
    ['has died', { deceasedDateTime: '2026-02-27' }, { state: 'current', deceased: {} }, { deceased: true }],
    [
      'has died, it is not said when',
      { deceasedBoolean: true },
      { state: 'current', deceased: {} },
      { deceased: true },
    ],
    ['is inactive', { active: false }, { state: 'inactive' }, { standing: 'inactive' }],
    [
      'was merged',
      { active: false, link: [{ type: 'replaced-by', other: { reference: 'Patient/marcus' } }] },
      { state: 'merged', survivorId: 'marcus' },
      { standing: 'merged' },
    ],
  ] as const)('who %s says so when it first reads it', async (_how, more, standing, said) => {
    stands('sarah', more, standing);
    const row = await rowOf('sarah');
    expect(row).toMatchObject(said);
    expect(row).not.toHaveProperty('stands');
    if ('deceased' in said) expect(row?.reasons).toEqual([]);
    expect(await rowOf('marcus')).not.toHaveProperty('standing');
  });

  it('and takes it back when the EHR does', async () => {
    stands('sarah', { active: false }, { state: 'inactive' });
    expect(await rowOf('sarah')).toMatchObject({ standing: 'inactive' });
    stands('sarah', { active: true }, { state: 'current' });
    expect(await rowOf('sarah', await app.signIn(coordinator))).not.toHaveProperty('standing');
  });

  it('keeps nothing on one user’s sight alone: what the service is told counts', async () => {
    stands('sarah', { active: false }, undefined);
    expect(await rowOf('sarah')).not.toHaveProperty('standing');
    stands('marcus', {}, { state: 'current', deceased: {} });
    expect(await rowOf('marcus')).not.toHaveProperty('deceased');
  });
});
