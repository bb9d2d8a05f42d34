import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BeforeMigration, openBeforeMigration } from '../before-migration.ts';

let before: BeforeMigration;
beforeAll(async () => {
  before = await openBeforeMigration('0029');
  const { query } = before.database;
  const plan = (id: string, patientId: string, status: string, more: object = {}) =>
    query.call(
      before.database,
      `insert into plan (tenant, id, version, updated_at, patient_id, status, body, overdue, open_barrier, last_log_at, urgency, at_risk)
       values ('north', $1, 1, '2026-03-02T15:00:00Z', $2, $3, $4::jsonb, 1, 'fear', '2026-03-05T15:00:00Z', 10, $5)`,
      [
        id,
        patientId,
        status,
        JSON.stringify({ id, patientId, title: `Title of ${id}`, ...more }),
        patientId === 'risky',
      ],
    );
  await plan('one', 'sarah', 'active');
  await plan('two', 'sarah', 'on-hold');
  await plan('over', 'sarah', 'completed');
  await plan('done', 'tom', 'completed');
  await plan('last', 'risky', 'completed');
  const step = { id: 's', planId: 'one', patientId: 'sarah' };
  await before.database.query(
    `insert into assignment (tenant, id, version, updated_at, plan_id, status, body) values ('north', 's', 1, now(), 'one', 'requested', $1::jsonb)`,
    [JSON.stringify(step)],
  );
  for (const [id, status, dueUntil] of [
    ['s.1', 'missed', '2026-03-04T09:00:00Z'],
    ['s.2', 'done', '2026-03-05T09:00:00Z'],
    ['s.3', 'missed', '2026-03-07T09:00:00Z'],
    ['s.4', 'overdue', '2026-03-08T09:00:00Z'],
    ['s.5', 'due', '2026-03-20T09:00:00Z'],
  ]) {
    await before.database.query(
      `insert into occurrence (tenant, id, version, updated_at, plan_id, assignment_id, status, body) values ('north', $1, 1, now(), 'one', 's', $2, $3::jsonb)`,
      [id, status, JSON.stringify({ ...step, id, assignmentId: 's', status, dueUntil })],
    );
  }
  await before.database.query(
    `insert into contact (tenant, id, patient_id, at, by_user, note, snooze_until)
     values ('north', 'c', 'sarah', '2026-03-06T15:00:00Z', 'Practitioner/x', 'called', '2026-03-30T15:00:00Z')`,
  );
  await before.migrate();
}, 60_000);
afterAll(() => before.close());

it('patients of before are summed up, each once, by the plans that run', async () => {
  const { rows } = await before.database.query(
    `select patient_id as id, listed, at_risk as "atRisk", urgency, overdue, barriers, due, done, silent_since as "silentSince", titles,
       aside_until is not null as aside from roster_patient order by patient_id`,
  );
  const none = { urgency: 0, overdue: 0, barriers: 0, due: 0, done: 0, aside: false };
  expect(rows).toMatchObject([
    { ...none, id: 'risky', listed: true, atRisk: true, titles: 'Title of last' },
    {
      ...{
        id: 'sarah',
        listed: true,
        atRisk: false,
        urgency: 20,
        overdue: 2,
        barriers: 2,
        due: 4,
        done: 1,
        aside: true,
      },
      titles: 'Title of one\nTitle of two',
    },
    { ...none, id: 'tom', listed: false },
  ]);
  expect(new Date(String(rows[1]?.silentSince)).toISOString()).toBe('2026-03-07T09:00:00.000Z');
});

it('the sweep will write each plan that runs, and with it the reasons', async () => {
  const { rows } = await before.database.query(`select id from plan where sweep_at <= 'epoch' order by id`);
  expect(rows).toEqual([{ id: 'one' }]);
});

it('a change made by hand counts as well', async () => {
  await before.database.query(`update plan set overdue = 5 where id = 'two'`);
  await before.database.query(`update plan set status = 'completed' where id = 'one'`);
  const { rows } = await before.database.query(`select overdue, titles from roster_patient where patient_id = 'sarah'`);
  expect(rows).toEqual([{ overdue: 5, titles: 'Title of two' }]);
});
