import type { Clock } from '../../src/foundation/clock.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { AnswerItem, AnswerValue, PlanState } from '../../src/homework/model.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import type { Database } from '../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { commitPlan } from '../../src/record/store/commit-plan.ts';
import { loadPlanState } from '../../src/record/store/load-plan-state.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { rulesOfTenant } from '../../src/record/use-cases/rules-of-tenant.ts';

const dayMs = 86_400_000;

/** A clock that is put where it is wanted. */
export interface SetClock extends Clock {
  at: string;
}

/** Plans that are made as the service makes them, one a patient; the others are copies of their rows. */
const made = 2;

const one = (linkId: string, value: AnswerValue): AnswerItem => ({ linkId, answers: [value], items: [] });
const rated = (linkId: string, value: number) => one(linkId, { type: 'integer', value });
const acted = (linkId: string) => one(linkId, { type: 'boolean', value: false });
/** A card of a usual day. */
function card(day: number): readonly AnswerItem[] {
  const groups: Readonly<Record<string, readonly AnswerItem[]>> = {
    urges: [
      ...[rated('urge-suicide', 0), acted('acted-suicide'), rated('urge-self-harm', day % 3), acted('acted-self-harm')],
      ...[rated('urge-quit-therapy', day % 4), acted('acted-quit-therapy')],
    ],
    feelings: ['sadness', 'shame', 'guilt', 'anger', 'fear', 'misery', 'joy'].map((name, index) =>
      rated(name, (day + index) % 6),
    ),
    skills: [rated('skills-used', day % 8)],
    day: [
      one('sleep-hours', { type: 'decimal', value: 6.5 }),
      one('note', { type: 'string', value: 'A day at work.' }),
    ],
  };
  return Object.entries(groups).map(([linkId, items]) => ({ linkId, answers: [], items }));
}

/**
 * Gives so many patients of a tenant a diary card a day since so many days before `today`, filled in on six of seven days, with a visit each
 * week at which a report is filed; the next one is today.
 * @returns ids of the plans that were made as the service makes them, with their patients
 */
export async function fillDiaries(
  {
    database,
    record,
    clock,
  }: { readonly database: Database; readonly record: HomeworkRecord; readonly clock: SetClock },
  tenant: string,
  { patients, days, today }: { readonly patients: number; readonly days: number; readonly today: string },
): Promise<readonly { readonly planId: string; readonly patientId: string }[]> {
  const plans: { planId: string; patientId: string }[] = [];
  for (let number = 0; number < made; number += 1) {
    const patientId = `${tenant}-patient-${number}`;
    const begun = Date.parse(today) - days * dayMs;
    clock.at = new Date(begun).toISOString();
    const { planId } = await createPlan(record, tenant, {
      ...{ patientId, title: 'Diary', author: 'Practitioner/dr-1' },
      period: { start: clock.at.slice(0, 10) },
      assignments: [
        {
          ...{ key: '1', kind: 'diary-card', title: 'Diary card', unlock: { type: 'at-start' } },
          schedule: { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } },
        },
      ],
    });
    const assignmentId = await keepDiary(record, tenant, { planId, begun, days, clock });
    plans.push({ planId, patientId });
    await copy(database, tenant, { planId, assignmentId, patientId, copies: patients / made - 1 });
  }
  await database.query(`update landing_group set due = false where tenant = $1`, [tenant]);
  await database.query(`update ledger set state = 'landed', sent = wanted, landed = wanted where tenant = $1`, [
    tenant,
  ]);
  // of the copies nothing is swept: what they have stored is not what would be made of them
  await database.query(`update plan set sweep_at = null where tenant = $1 and id <> all($2)`, [
    ...[tenant, plans.map(({ planId }) => planId)],
  ]);
  await database.query('select sum_up_patients($1, array(select id from patient where tenant = $1))', [tenant]);
  return plans;
}

/**
 * Week by week, with a report filed at each weekly visit but the one that is to come: of a week's days only what stands at its end is
 * written. @returns the step's id
 */
async function keepDiary(
  record: HomeworkRecord,
  tenant: string,
  { planId, begun, days, clock }: { planId: string; begun: number; days: number; clock: SetClock },
): Promise<string> {
  let assignmentId: string | undefined;
  for (let from = 0; from < days; ) {
    // visits are whole weeks before the last day
    const until = Math.min(days, from + ((days - from) % 7 || 7));
    assignmentId = await keepWeek(record, tenant, { planId, begun, from, until, clock });
    if (until < days) await fileReport(record, tenant, { planId, author: 'Practitioner/dr-1' });
    from = until;
  }
  // each was saved on its day
  for (const [table, saved] of [
    ['log', 'authored'],
    ['occurrence', 'lastModified'],
  ])
    await record.database.query(
      `update ${table} set updated_at = (body->>'${saved}')::timestamptz where tenant = $1 and plan_id = $2`,
      [tenant, planId],
    );
  if (assignmentId === undefined) throw new Error('there are days');
  return assignmentId;
}

interface Week {
  readonly planId: string;
  readonly begun: number;
  /** Days from `begun` on. */
  readonly from: number;
  readonly until: number;
  readonly clock: SetClock;
}

async function keepWeek(
  record: HomeworkRecord,
  tenant: string,
  { planId, begun, from, until, clock }: Week,
): Promise<string> {
  return record.database.transaction(async (tx) => {
    const loaded = await loadPlanState(tx, tenant, { artefact: 'plan', id: planId }, 'wait');
    const assignmentId = loaded?.state.assignments[0]?.id;
    if (loaded === undefined || assignmentId === undefined) throw new Error('the plan that was just made is not there');
    const rules = rulesOfTenant(record, tenant, loaded.state.assignments);
    let state: PlanState = loaded.state;
    for (let day = from; day < until; day += 1) {
      const at = new Date(begun + day * dayMs + 3_600_000).toISOString();
      const log = {
        ...{ id: `${planId}-log-${day}`, assignmentId, performedAt: at, status: 'completed' as const, withheld: [] },
        ...{ source: { type: 'patient' as const }, items: card(day) },
      };
      state = day % 7 === 6 ? sweep(state, at, rules) : takeLog(state, log, at, rules).state;
    }
    const at = new Date(begun + until * dayMs).toISOString();
    clock.at = at;
    const after = sweep(state, at, rules);
    const { version } = loaded;
    await commitPlan(tx, record, tenant, { before: loaded.state, after, version, at });
    return assignmentId;
  });
}

const tables = ['patient', 'plan', 'plan_title', 'assignment', 'occurrence', 'log', 'landing_group', 'ledger'];

/**
 * The rows of a patient with a plan, again and again under other ids. Without what is read by plan alone and of no copy: reports, and
 * its FHIR, a million rows of it.
 */
async function copy(
  database: Database,
  tenant: string,
  {
    planId,
    assignmentId,
    patientId,
    copies,
  }: { readonly planId: string; readonly assignmentId: string; readonly patientId: string; readonly copies: number },
): Promise<void> {
  for (const table of tables) {
    const { rows } = await database.query<{ name: string }>(
      `select quote_ident(column_name) as name from information_schema.columns
       where table_name = $1 and table_schema = current_schema() and is_generated = 'NEVER' and is_identity = 'NO'`,
      [table],
    );
    const names = rows.map(({ name }) => name);
    const own = table === 'patient' || table === 'plan' ? 'id' : 'plan_id';
    await database.query(
      `insert into ${table} (${names.join(', ')})
       select ${names.map((name) => `c.${name}`).join(', ')} from ${table} t, generate_series(1, $4::int) g,
         lateral (select replace(replace(replace(to_jsonb(t)::text, $2, md5($2 || g)), $3, $3 || '-' || g), $6, md5($6 || g)) as row) r,
         lateral jsonb_populate_record(null::${table}, r.row::jsonb) c
       where t.tenant = $1 and t.${own} = $5 and coalesce(to_jsonb(t)->>'id', '') not like 'report:%' and coalesce(to_jsonb(t)->>'artefact', '') <> 'report'`,
      [tenant, planId, patientId, copies, table === 'patient' ? patientId : planId, assignmentId],
    );
  }
}
