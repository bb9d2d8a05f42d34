import type { Database } from '../../src/record/database/database.ts';

export const rosterTenant = 'bench';
/** One clinician's caseload: the same in a small clinic and in a large one. */
const caseload = 60;

/**
 * Fills the tables that a worklist reads as a clinic of so many patients has them, by the columns alone: so many plans, of
 * which every tenth is its patient's second, a third closed; one in eight overdue and urgent. What is rare, and would have to be looked for among all, is there sixty
 * times among many patients as among few, so that a page of it is as long: a safety signal, a stopped step, one that
 * waits, a barrier, a landing that failed. Some titles are everywhere, one kind stands five times; some contacts snooze.
 */
export async function fillRoster(database: Database, patients: number): Promise<void> {
  await database.query(
    'truncate safety_signal, contact, roster_patient, ledger, landing_group, plan_title, plan, patient cascade',
  );
  // of ninety two thirds are under way; the shuffle is fixed, so that neither id nor order of rows tells what a plan is like
  const rare = (nth: number): string => `(h % ($2::int / 90)) = ${nth}`;
  const patient = `'p' || (case when g % 10 = 9 then g - 1 else g end)`;
  const shuffled = `generate_series(1, $2::int) g, lateral (select abs(hashint4(g)) % $2::int as h) x`;
  const statements = [
    `insert into patient (tenant, id, state, checked_at) select $1, 'p' || g, 'verified', now() from generate_series(1, $2::int) g`,
    `insert into plan (tenant, id, version, updated_at, patient_id, status, body, overdue, stopped, waiting_unlock, open_barrier,
       last_log_at, urgency, due, done, unread_messages, unlogged, attention, at_risk)
     select $1, md5('plan' || g), 1, now() - g * interval '1 second', ${patient},
       case when g % 3 = 2 then 'completed' else 'active' end,
       jsonb_build_object('id', md5('plan' || g), 'patientId', ${patient}, 'title', case when g % ($2::int / 5) = 3 then 'Zebra crossings of ' || g
         else (array['Small steps', 'Speaking up', 'Exposure to crowds', 'Notice your mood'])[1 + (g / 3) % 4] || ' ' || (h % 50) end,
         'author', 'Practitioner/dr-' || (g / ${caseload})),
       case when h % 8 = 0 then 1 + h % 3 else 0 end, case when ${rare(1)} then 1 else 0 end,
       case when ${rare(2)} then 1 else 0 end, case when ${rare(3)} then 'fear' end,
       case when h % 10 = 0 then '-infinity'::timestamptz else now() - (5000 + h % 5000) * interval '1 minute' end,
       case when h % 8 = 0 then 1 + h % 40 else 0 end, case when h % 7 = 0 then 0 else 101 end, case when h % 7 = 0 then 0 else h % 101 end,
       case when ${rare(6)} then 1 else 0 end, case when h % 2 = 0 then array[now() - (h % 4000) * interval '1 minute'] else '{}' end,
       jsonb_build_object('reasons', jsonb_build_array(jsonb_build_object('code', 'stopped', 'since', '2026-03-25T08:00:00.000Z', 'count', 1,
         'ending', 'missed', 'step', jsonb_build_object('key', '4b', 'title', 'Say a minor opinion')))), ${rare(4)}
     from ${shuffled}`,
    `insert into plan_title (tenant, plan_id, title) select $1, id, body->>'title' from plan where $2::int > 0`,
    `insert into safety_signal (tenant, id, version, updated_at, patient_id, plan_id, rule, ordinal, status, body)
     select $1, 's' || g, 1, now(), ${patient}, md5('plan' || g), 'risk-words-' || g, g,
       case when ${rare(4)} then 'open' else 'closed' end, jsonb_build_object('patientId', ${patient}) from ${shuffled} where g % 100 = 1 or ${rare(4)}`,
    `insert into contact (tenant, id, patient_id, at, by_user, note, snooze_until)
     select $1, 'c' || g, 'p' || g, now() - interval '1 day', 'Practitioner/x', 'called', now() + interval '1 day' + (g % 900000) * interval '1 second'
     from generate_series(1, $2::int) g where g % 10 = 0`,
    `insert into landing_group (tenant, id, plan_id, patient_id, due, next_at, attention)
     select $1, 'plan:' || md5('plan' || g), md5('plan' || g), ${patient}, false, now(), ${rare(5)} from ${shuffled}`,
    `insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, landed, state, wanted_at)
     select $1, 'plan', md5('plan' || g), 'CarePlan', 'plan:' || md5('plan' || g), md5('plan' || g), ${patient}, 1, 1,
       case when ${rare(5)} then 'rejected' else 'landed' end, now() from ${shuffled}`,
  ];
  // summed up once, and not row by row
  const summed = ['plan', 'contact', 'safety_signal'];
  for (const table of summed) await database.query(`alter table ${table} disable trigger user`);
  for (const statement of statements) {
    await database.query(statement, [rosterTenant, patients]);
    // what refers to a plan is looked up by its key, and not by the first index of a table that seems empty
    await database.query('analyze plan, patient, landing_group');
  }
  for (const table of summed) await database.query(`alter table ${table} enable trigger user`);
  await database.query('select sum_up_patients($1, array(select id from patient where tenant = $1))', [rosterTenant]);
  const tables = [
    'roster_patient',
    'plan',
    'plan_title',
    'patient',
    'safety_signal',
    'contact',
    'landing_group',
    'ledger',
  ];
  for (const table of tables) await database.query(`vacuum analyze ${table}`);
}
