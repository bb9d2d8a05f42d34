import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';

const tenant = 'bench';
const tables =
  'attempt, ledger, landing_group, search_value, resource, report, feedback, barrier, log, occurrence, assignment, plan, source_key, patient';

/**
 * Makes one plan with one log by the use cases, then copies the log's landing group (a QuestionnaireResponse with its
 * Observations) `count` times, all due. The plan's own resources count as landed, so that what is measured is logs.
 * With `withMeasures` false a copy is the QuestionnaireResponse alone: a long backlog without the memory for it.
 */
export async function fillLedger(database: Database, count: number, withMeasures = true): Promise<void> {
  await database.query(`truncate ${tables} cascade`);
  const today = systemClock.now().toISOString().slice(0, 10);
  const record = openRecord({
    database,
    clock: systemClock,
    publicUrl: 'http://127.0.0.1:4000',
    responseSecret: 'bench',
    tenants: [{ id: tenant, name: 'Bench', timeZone: 'UTC', language: 'en', sandbox: false }],
    verifyPatient: async () => 'known',
  });
  const { planId } = await createPlan(record, tenant, {
    clientId: 'bench',
    patientId: 'patient',
    title: 'Bench',
    period: { start: today },
    assignments: [
      {
        key: '1',
        kind: 'self-monitoring',
        title: 'Notice',
        schedule: {
          type: 'event',
          event: 'meeting',
          count: 3,
          text: 'next three',
          window: { start: today, end: '2099-12-31' },
        },
        unlock: { type: 'at-start' },
      },
    ],
  });
  const { rows } = await database.query<{ id: string }>('select id from assignment where plan_id = $1', [planId]);
  await logHomework(record, tenant, {
    clientId: 'bench',
    assignmentId: rows[0]?.id ?? '',
    performedAt: systemClock.now().toISOString(),
    status: 'completed',
    source: { type: 'patient' },
    answers: {
      situation: 'Team meeting, eight people; the project status went round the table and I was next to last.',
      'belief-before': 90,
      'belief-after': 85,
      'suds-before': 60,
      'suds-peak': 75,
      'suds-after': 50,
      'self-censored': 4,
      prediction: 'they will laugh',
    },
  });
  const { rows: logs } = await database.query<{ id: string }>('select id from log');
  const logId = logs[0]?.id ?? '';
  await database.query(
    `update ledger set state = 'landed', landed = wanted, ehr_reference = resource_type || '/' || id, landing = 'native'
      where group_id <> 'log:' || $1`,
    [logId],
  );
  await database.query(`update landing_group set due = false where id <> 'log:' || $1`, [logId]);
  // a copy is the same text with another id in it; what belongs together is written together, as a use case does
  const copies = `generate_series(1, $2::int) g, lateral (select md5($1 || g)::uuid::text as copy) c`;
  await database.query(
    `insert into resource (tenant, type, id, artefact, plan_id, patient_id, version, last_updated, digest, content)
     select tenant, type, replace(id, $1, copy), artefact, plan_id, patient_id, version, last_updated, digest,
            replace(content::text, $1, copy)::json
       from resource, ${copies} where id like $1 || '%' and (artefact = 'log' or $3) order by g`,
    [logId, count, withMeasures],
  );
  await database.query(
    `insert into landing_group (tenant, id, plan_id, patient_id, due, next_at)
     select tenant, replace(id, $1, copy), plan_id, patient_id, true, next_at from landing_group, ${copies} where id = 'log:' || $1`,
    [logId, count],
  );
  await database.query(
    `insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, state, wanted_at)
     select tenant, artefact, replace(id, $1, copy), resource_type, replace(group_id, $1, copy), plan_id, patient_id, 1, 'pending', wanted_at
       from ledger, ${copies} where group_id = 'log:' || $1 and (artefact = 'log' or $3) order by g`,
    [logId, count, withMeasures],
  );
  for (const table of ['resource', 'landing_group', 'ledger']) await database.query(`analyze ${table}`);
}
