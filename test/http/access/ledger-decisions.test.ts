import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actingAs } from '../../../src/record/actor.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { type Doors, openDoors } from '../open-doors.ts';
import { type InApp, liveInApp, patients, type Sent, sendAll } from './two-systems.ts';

let doors: Doors;
let sent: Sent;
let inApp: InApp;
let token: string;
const page = z.object({ rows: z.array(z.object({ artefact: z.string(), id: z.string(), groupId: z.string() })) });
type Row = z.output<typeof page>['rows'][number];
let rows: readonly Row[];

beforeAll(async () => {
  doors = await openDoors({ quota: { atOnce: 4, waiting: 32, perMinute: 1_000_000 } });
  token = await doors.token('north', undefined, 'a');
  sent = await sendAll(doors, { of: 'a', token, patientId: patients.ofA });
  doors.test.setTime('2026-03-01T15:02:00.000Z');
  inApp = await liveInApp(doors, sent);
  const by = { type: 'patient' } as const;
  const user = { type: 'user', userReference: `Patient/${patients.ofA}`, role: 'patient', sessionId: 's' } as const;
  const danger = { patientId: patients.ofA, rule: 'not-safe-now', by } as const;
  await raiseSafetySignal(actingAs(doors.test.record, user), 'north', danger);
  rows = page.parse((await doors.call('GET', '/api/v1/ledger?limit=200', { token })).body).rows;
}, 60_000);
afterAll(() => doors.close());

const decide = (verb: string, { artefact, id }: Pick<Row, 'artefact' | 'id'>, body: object, as = token) =>
  doors.call('POST', `/api/v1/ledger/${artefact}/${id}/${verb}`, { token: as, body });
const why = { reason: 'not wanted', by: 'Practitioner/dr-okafor' };

describe('a source system that writes its own', () => {
  it('decides nothing about what people did in its plan', async () => {
    const theirs = rows.filter(({ groupId }) =>
      [inApp.logId, inApp.barrierId, inApp.feedbackId, inApp.reportId].some((id) => groupId.endsWith(`:${id}`)),
    );
    expect(new Set(theirs.map(({ artefact }) => artefact))).toEqual(new Set(['log', 'measure', 'feedback', 'report']));
    for (const row of theirs) {
      for (const [verb, body] of [
        ['withdraw', why],
        ['retry', {}],
        ['confirm', { reference: 'Task/1' }],
      ] as const) {
        expect([row, verb, (await decide(verb, row, body)).status]).toEqual([row, verb, 404]);
      }
    }
  });

  it('keeps no safety signal out of the chart, whoever raised it', async () => {
    const danger = rows.filter(({ artefact }) => artefact === 'safety');
    expect(danger.length).toBeGreaterThan(3);
    for (const row of danger) expect([row, (await decide('withdraw', row, why)).status]).toEqual([row, 404]);
    const { rows: states } = await doors.test.database.query<{ state: string; withdraw: boolean }>(
      `select state, withdraw from ledger where artefact = 'safety'`,
    );
    expect(states.filter(({ state, withdraw }) => withdraw || state === 'withdrawn')).toEqual([]);
  });

  it('decides about what it sent itself', async () => {
    const ids = [sent.planId, sent.logId, sent.barrierId, sent.feedbackId, sent.reportId];
    const its = rows.filter(({ id }) => ids.includes(id));
    expect(its).toHaveLength(5);
    for (const row of its) expect([row, (await decide('withdraw', row, why)).status]).toEqual([row, 200]);
  });
});
