import { randomUUID } from 'node:crypto';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import type { Database } from '../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { raiseSafetySignal } from '../../src/record/safety/raise-safety-signal.ts';
import { acceptQuestionnaireResponse } from '../../src/record/use-cases/accept-questionnaire-response.ts';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { giveFeedback } from '../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { moveAssignment } from '../../src/record/use-cases/move-assignment.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { writeLog } from '../../src/record/use-cases/write-log.ts';
import fc from '../fast-check.ts';
import type { DeliveryBench } from './open-delivery.ts';

export const patients = ['ada', 'ben', 'cleo', 'dov', 'eve'] as const;
/** A word that stands in everything that is told of a patient, and in nothing else. */
export const markOf = (patient: string): string => `<<${patient}>>`;

const commands = [
  ...['plan', 'log', 'barrier', 'decline', 'stop', 'feedback', 'feedback-on-log', 'report', 'signal'],
  ...['amend', 'retract', 'page-log', 'response', 'bare-id'],
] as const;

/** One thing that happens: a command of a source, a lost database, or delivery. */
export type Step = CommandStep | { readonly type: 'lose' | 'deliver'; readonly at: 0 | 1 };

export interface CommandStep {
  readonly type: 'command';
  readonly command: (typeof commands)[number];
  /** Of two deployments on the same EHR. */
  readonly at: 0 | 1;
  readonly source: 0 | 1 | 2;
  readonly patient: (typeof patients)[number];
  /** The name that the source has for it; few, so that they collide across patients, commands and sources. */
  readonly name: 'x' | 'y' | 'rep-1' | 'log-0';
}

const at = fc.constantFrom<0 | 1>(0, 1);
const command: fc.Arbitrary<Step> = fc.record({
  type: fc.constant('command' as const),
  command: fc.constantFrom(...commands),
  at,
  source: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
  patient: fc.constantFrom(...patients),
  name: fc.constantFrom('x', 'y', 'rep-1', 'log-0'),
});
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: command },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('lose' as const), at }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('deliver' as const), at }) },
  ),
  { minLength: 4, maxLength: 10 },
);

/** One deployment: a database of its own, and delivery to the EHR that both share. */
export interface Deployment {
  readonly database: Database;
  readonly bench: DeliveryBench;
  readonly record: HomeworkRecord;
}

export function deploymentOn(database: Database, bench: DeliveryBench): Deployment {
  const tenant = { id: bench.tenant.id, name: 'Clinic', timeZone: 'America/New_York', language: 'en', sandbox: false };
  const record = openRecord({
    ...{ database, clock: bench.clock, publicUrl: 'https://homework.example', responseSecret: 'x', tenants: [tenant] },
    verifyPatient: async () => 'known',
  });
  return { database, bench, record };
}

export const ownedTables = [
  ...['assignment', 'occurrence', 'log', 'barrier', 'feedback', 'report', 'plan', 'safety_signal'],
  ...['resource', 'landing_group', 'ledger'],
] as const;

/** The database is lost, and begun again. */
export async function lose({ database, bench }: Deployment): Promise<void> {
  const order = [
    ...['attempt', 'ledger', 'landing_group', 'search_value', 'resource', 'safety_signal', 'withdrawal', 'report'],
    ...['feedback', 'barrier', 'log', 'occurrence', 'assignment', 'plan', 'plan_change', 'source_key', 'patient'],
  ];
  await database.transaction(async (tx) => {
    for (const table of order) await tx.query(`delete from ${table} where tenant = $1`, [bench.tenant.id]);
  });
}

/**
 * Carries out a command as its source would send it, on some plan of that patient.
 * @returns whether it was taken; a refusal with a code of ours is an answer
 */
export async function carryOut(deployment: Deployment, step: CommandStep): Promise<boolean> {
  try {
    await carry(deployment, step);
    return true;
  } catch (error) {
    if (error instanceof IntersessionError) return false;
    throw error;
  }
}

async function carry({ database, record, bench }: Deployment, step: CommandStep): Promise<void> {
  const { patient, source, name } = step;
  const tenant = bench.tenant.id;
  const text = `${markOf(patient)} ${name}`;
  const sourced = { clientId: `source-${source}`, sourceId: name };
  const makePlan = () =>
    createPlan(record, tenant, {
      ...sourced,
      ...{ patientId: patient, title: text, description: text, period: { start: '2026-03-01' } },
      assignments: ['a'].map((key) => ({
        ...{ key, kind: 'self-monitoring', title: `${text} ${key}`, instructions: text },
        schedule: {
          ...{ type: 'event', event: 'meeting', count: 2, text },
          window: { start: '2026-03-01', end: '2026-12-31' },
        },
        unlock: { type: 'at-start' },
      })),
    });
  if (step.command === 'plan') {
    await makePlan();
    return;
  }
  if (step.command === 'signal') {
    await raiseSafetySignal(record, tenant, {
      ...{ ...sourced, patientId: patient, rule: 'harm-by-others' },
      by: { type: 'patient' },
    });
    return;
  }
  const find = () =>
    database.query<{ plan_id: string; id: string; log_id: string | null; occurrence_id: string }>(
      `select a.plan_id, a.id, (select max(l.id) from log l where l.tenant = $1 and l.plan_id = a.plan_id) as log_id,
       (select max(o.id) from occurrence o where o.tenant = $1 and o.assignment_id = a.id) as occurrence_id
     from assignment a where a.tenant = $1 and a.patient_id = $2 order by a.id`,
      [tenant, patient],
    );
  let { rows } = await find();
  if (rows.length === 0) {
    await makePlan();
    ({ rows } = await find());
  }
  const row = rows[step.source % rows.length];
  if (row === undefined) throw new Error('the plan that was just made is not there');
  const assignment = { artefact: 'assignment', id: row.id } as const;
  const answers = { situation: text, 'belief-before': 50, 'suds-before': 40 };
  const performedAt = bench.clock.now().toISOString();
  switch (step.command) {
    case 'log':
      await logHomework(record, tenant, { ...sourced, assignmentId: row.id, performedAt, answers });
      return;
    case 'barrier':
      await recordBarrier(record, tenant, { ...sourced, of: assignment, code: 'fear', text });
      return;
    case 'decline':
    case 'stop': {
      const event = { type: step.command, barrier: { code: 'fear', saidBy: 'patient', text } } as const;
      await moveAssignment(record, tenant, { assignmentId: row.id, event, barrierSource: sourced });
      return;
    }
    case 'feedback':
      await giveFeedback(record, tenant, { ...sourced, of: assignment, author: 'patient', text });
      return;
    case 'feedback-on-log':
      if (row.log_id === null) return;
      await giveFeedback(record, tenant, {
        ...sourced,
        of: { artefact: 'log', id: row.log_id },
        ...{ author: 'Practitioner/dr-okafor', text },
      });
      return;
    case 'report':
      await fileReport(record, tenant, { ...sourced, planId: row.plan_id });
      return;
    case 'amend':
      if (row.log_id === null) return;
      await amendLog(record, tenant, {
        logId: row.log_id,
        answers: { ...answers, 'belief-before': 60 },
      });
      return;
    case 'retract':
      if (row.log_id !== null) await retractLog(record, tenant, { logId: row.log_id });
      return;
    case 'page-log':
      // pages make their ids themselves: these two collide on purpose
      await writeLog(record, tenant, {
        ...{ id: name === 'x' ? sharedId : sharedIdToo, assignmentId: row.id, status: 'completed', answers },
        ...{ withheld: [], source: { type: 'patient' } },
      });
      return;
    case 'response':
      await acceptQuestionnaireResponse(record, tenant, {
        occurrenceId: row.occurrence_id,
        response: {
          ...{ resourceType: 'QuestionnaireResponse', status: 'completed', authored: performedAt },
          questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
          item: [{ linkId: 'situation', answer: [{ valueString: text }] }],
        },
      });
      return;
    case 'bare-id':
      await recordBarrier(record, tenant, { of: { artefact: 'plan', id: row.plan_id }, code: 'no-time', text });
      return;
  }
}

const sharedId = randomUUID();
const sharedIdToo = randomUUID();
