import { randomUUID } from 'node:crypto';
import type { RowReason } from '../../src/homework/ledger/row-reason.ts';
import { sayReason } from '../../src/http/api/reason-words.ts';
import type { Queryable } from '../../src/record/database/database.ts';
import { whyColumn } from '../../src/record/ledger/ledger-row.ts';

/** A resource as the record would hold it, with its ledger row. */
export interface SeededArtefact {
  readonly artefact: string;
  readonly id: string;
  readonly groupId: string;
  readonly resource: { readonly resourceType: string; readonly [element: string]: unknown };
}

const systemOf = (artefact: string): string => `https://intersession.dev/id/${artefact}`;

/** Writes artefacts as a use case would: resource, group and ledger row in one transaction; again = a new version. */
export async function wantArtefacts(
  database: { transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> },
  tenant: string,
  planId: string,
  artefacts: readonly SeededArtefact[],
  now: Date,
  patientId = 'sarah',
): Promise<void> {
  await database.transaction(async (tx) => {
    // as much of a plan as its artefacts must refer to
    await tx.query(
      `insert into plan (tenant, id, version, updated_at, patient_id, status, body) values ($1, $2, 1, $3, $4, 'active', $5::jsonb)
       on conflict (tenant, id) do nothing`,
      [tenant, planId, now, patientId, JSON.stringify({ id: planId, patientId })],
    );
    for (const groupId of [...new Set(artefacts.map((artefact) => artefact.groupId))].sort()) {
      await tx.query(
        `insert into landing_group (tenant, id, plan_id, patient_id, due, next_at) values ($1, $2, $3, $4, true, $5)
         on conflict (tenant, id) do update set due = true, next_at = excluded.next_at`,
        [tenant, groupId, planId, patientId, now],
      );
    }
    for (const { artefact, id, groupId, resource } of artefacts) {
      await tx.query(
        `insert into resource (tenant, type, id, artefact, plan_id, patient_id, version, last_updated, digest, content)
         values ($1, $2, $3, $4, $5, $6, 1, $7, '', $8::jsonb)
         on conflict (tenant, type, id) do update set version = resource.version + 1, content = excluded.content`,
        [tenant, resource.resourceType, id, artefact, planId, patientId, now, JSON.stringify({ ...resource, id })],
      );
      await tx.query(
        `insert into ledger (tenant, artefact, id, resource_type, group_id, plan_id, patient_id, wanted, state, wanted_at)
         values ($1, $2, $3, $4, $5, $6, $7, 1, 'pending', $8)
         on conflict (tenant, artefact, id) do update set wanted = ledger.wanted + 1,
           state = case when ledger.state in ('in-flight', 'unknown', 'awaiting-review', 'withdrawn') then ledger.state else 'pending' end`,
        [tenant, artefact, id, resource.resourceType, groupId, planId, patientId, now],
      );
    }
  });
}

/** Marks the patient as one the EHR knows. */
export async function verifiedPatient(
  database: Queryable,
  tenant: string,
  now: Date,
  patientId = 'sarah',
): Promise<void> {
  await database.query(
    `insert into patient (tenant, id, state, checked_at) values ($1, $2, 'verified', $3) on conflict do nothing`,
    [tenant, patientId, now],
  );
}

/** A small plan: CarePlan, two assignment Tasks and an occurrence of the first, referring to each other as ours do. */
export function seededPlan(planId: string = randomUUID(), patientId = 'sarah') {
  const groupId = `plan:${planId}`;
  const task = (artefact: string, id: string, more: object): SeededArtefact => ({
    artefact,
    id,
    groupId,
    resource: {
      resourceType: 'Task',
      identifier: [{ system: systemOf(artefact), value: id }],
      status: 'requested',
      intent: 'order',
      for: { reference: `Patient/${patientId}` },
      ...more,
    },
  });
  const first = `${planId}-a1`;
  const second = `${planId}-a2`;
  const occurrence = `${first}.1`;
  const plan: SeededArtefact = {
    artefact: 'plan',
    id: planId,
    groupId,
    resource: {
      resourceType: 'CarePlan',
      identifier: [{ system: systemOf('plan'), value: planId }],
      status: 'active',
      intent: 'plan',
      title: 'Homework',
      subject: { reference: `Patient/${patientId}` },
      activity: [{ reference: { reference: `Task/${first}` } }, { reference: { reference: `Task/${second}` } }],
    },
  };
  return {
    planId,
    first,
    second,
    occurrence,
    plan,
    artefacts: [
      plan,
      task('assignment', first, { description: 'watch' }),
      task('assignment', second, { description: 'speak' }),
      task('occurrence', occurrence, { partOf: [{ reference: `Task/${first}` }] }),
    ],
    task,
  };
}

/** A log of the plan's occurrence with two measures. */
export function seededLog(plan: { planId: string; occurrence: string }, logId: string = randomUUID()) {
  const groupId = `log:${logId}`;
  const measure = (linkId: string, value: number): SeededArtefact => ({
    artefact: 'measure',
    id: `${logId}.${linkId}`,
    groupId,
    resource: {
      resourceType: 'Observation',
      identifier: [{ system: systemOf('measure'), value: `${logId}#${linkId}` }],
      status: 'final',
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] },
      ],
      code: { coding: [{ system: 'https://intersession.dev/fhir/CodeSystem/measure', code: linkId }] },
      subject: { reference: 'Patient/sarah' },
      effectiveDateTime: '2026-03-02T10:00:00-05:00',
      valueInteger: value,
      derivedFrom: [{ reference: `QuestionnaireResponse/${logId}` }],
      basedOn: [{ reference: `CarePlan/${plan.planId}` }],
    },
  });
  const log: SeededArtefact = {
    artefact: 'log',
    id: logId,
    groupId,
    resource: {
      resourceType: 'QuestionnaireResponse',
      identifier: { system: systemOf('log'), value: logId },
      status: 'completed',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
      subject: { reference: 'Patient/sarah' },
      basedOn: [{ reference: `CarePlan/${plan.planId}` }],
      extension: [
        {
          url: 'https://intersession.dev/fhir/StructureDefinition/log-context',
          extension: [
            { url: 'task', valueReference: { reference: `Task/${plan.occurrence}` } },
            { url: 'resolution', valueCode: 'resolved' },
          ],
        },
      ],
      item: [{ linkId: 'situation', answer: [{ valueString: 'a meeting' }] }],
    },
  };
  return { logId, groupId, log, artefacts: [log, measure('suds-before', 60), measure('suds-peak', 75)] };
}

export interface LedgerState {
  artefact: string;
  id: string;
  wanted: number;
  sent: number;
  landed: number;
  state: string;
  landing: string | null;
  /** Why, as it is stored, and in the API's words. */
  why: RowReason | null;
  reason: string | null;
  ehr_reference: string | null;
  ehr_version: string | null;
  last_status: number | null;
  last_outcome: string | null;
}

/** The ledger of a tenant, by `artefact/id`. */
export async function ledgerOf(database: Queryable, tenant: string): Promise<Map<string, LedgerState>> {
  const { rows } = await database.query<LedgerState>(
    `select l.*, ${whyColumn} as why from ledger l where tenant = $1 order by artefact, id`,
    [tenant],
  );
  const told = rows.map((row) => ({ ...row, reason: row.reason ?? sayReason(row.why) }));
  return new Map(told.map((row) => [`${row.artefact}/${row.id}`, row]));
}
