import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, clinician, openApp } from '../http/smart/open-app.ts';

const cases = z.array(
  z.object({ label: z.string(), right: z.string(), name: z.array(z.unknown()), language: z.string().optional() }),
);
const read = (file: string) =>
  cases.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/outside', file), 'utf8')));

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('a patient’s names, as people have them', () => {
  it.each([...read('names-old-and-maiden.json'), ...read('names-ours.json')])(
    '$label',
    async ({ right, name, language }) => {
      const stored = { resourceType: 'Patient', id: 'sarah', name, ...(language === undefined ? {} : { language }) };
      app.north.resources.set('Patient/sarah', stored);
      const tab = await app.signIn(clinician);
      expect(tab.view.patient).toMatchObject({ id: 'sarah', name: right });
      const { body } = await app.call(tab, 'GET', '/app/v1/patient');
      expect(body).toMatchObject({ patient: { id: 'sarah', name: right } });
    },
  );
});

describe('the last visit', () => {
  const visits = (...list: readonly (readonly [status: string, start: string])[]) => {
    for (const reference of [...app.north.resources.keys()].filter((one) => one.startsWith('Encounter/'))) {
      app.north.resources.delete(reference);
    }
    for (const [index, [status, start]] of list.entries()) {
      const id = `visit-${index}`;
      const subject = { reference: 'Patient/sarah' };
      app.north.resources.set(`Encounter/${id}`, { resourceType: 'Encounter', id, status, subject, period: { start } });
    }
  };
  const shown = async () => {
    const tab = await app.signIn({ ...clinician, encounter: 'open-now' });
    const page = await app.call(tab, 'GET', '/app/v1/patient');
    const offered = await app.call(tab, 'GET', '/app/v1/encounters');
    const { lastVisit } = z.object({ lastVisit: z.string().optional() }).parse(page.body);
    const { encounters } = z.object({ encounters: z.array(z.object({ status: z.string() })) }).parse(offered.body);
    return { lastVisit, statuses: encounters.map(({ status }) => status) };
  };

  it.each([...['planned', 'arrived', 'triaged', 'cancelled', 'entered-in-error', 'unknown', 'noshow', 'scheduled']])(
    'is not one that is %s, and the one before it stays the last',
    async (status) => {
      visits([status, '2026-02-27T15:00:00Z'], ['finished', '2026-02-20T15:00:00Z'], [status, '2026-02-28T15:00:00Z']);
      expect(await shown()).toEqual({ lastVisit: '2026-02-20T15:00:00.000Z', statuses: ['finished'] });
    },
  );

  it.each(['finished', 'in-progress', 'onleave'])('is one that is %s', async (status) => {
    visits(['finished', '2026-02-20T15:00:00Z'], [status, '2026-02-27T15:00:00Z']);
    expect(await shown()).toEqual({ lastVisit: '2026-02-27T15:00:00.000Z', statuses: [status, 'finished'] });
  });

  it('that nobody kept is none', async () => {
    visits(['cancelled', '2026-02-20T15:00:00Z'], ['planned', '2026-02-27T15:00:00Z']);
    expect(await shown()).toEqual({ lastVisit: undefined, statuses: [] });
  });
});
