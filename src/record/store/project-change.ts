import type { Observation } from 'fhir/r4';
import { projectPlan } from '../../fhir/project-plan.ts';
import type { ProjectedResource } from '../../fhir/projected-resource.ts';
import { notDoneInPlan } from '../../homework/log/not-done-in-plan.ts';
import type { Instant, PlanState } from '../../homework/model.ts';
import { adherencesOf } from '../../homework/plan/adherence-of.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { tenantOf } from '../tenant-of.ts';
import { responseEndpoint } from '../use-cases/response-endpoint.ts';
import { sourceNameOf } from './source-name.ts';

export interface ProjectedChange {
  /** Undefined: everything is projected. */
  readonly before: PlanState | undefined;
  readonly after: PlanState;
  readonly at: Instant;
  /** Whether measures may be stored already; a new plan has none. */
  readonly stored: boolean;
}

/** The FHIR resources that a change may have changed. */
export async function projectChange(
  tx: Queryable,
  record: HomeworkRecord,
  tenantId: string,
  { before, after, at, stored }: ProjectedChange,
): Promise<ProjectedResource[]> {
  const kinds = kindsOfPlan(record.kinds, after.assignments);
  const measures = stored ? await previousMeasures(tx, tenantId, before, after) : new Map<string, Observation[]>();
  return projectPlan(before, after, {
    tenantName: tenantOf(record, tenantId).name,
    sensitivity: 'MH',
    sourceName: sourceNameOf(record, tenantId),
    kindOf: record.kinds.kind,
    questionnaireOf: (canonical) => kinds.version(canonical).questionnaire,
    scoresOf: (canonical) => kinds.version(canonical).scores ?? [],
    responseEndpoint: (occurrenceId) => responseEndpoint(record, tenantId, occurrenceId),
    previousMeasures: (logId) => measures.get(logId) ?? [],
    adherences: adherencesOf(after, at),
    notDone: notDoneInPlan(after, (canonical) => kinds.version(canonical).behaviourLinkId),
  });
}

/** Measures extracted before, of the logs that are mapped again: an amended log updates them, it doesn't make new ones. */
async function previousMeasures(
  tx: Queryable,
  tenantId: string,
  before: PlanState | undefined,
  after: PlanState,
): Promise<Map<string, Observation[]>> {
  const unchanged = new Set<object>(before?.logs ?? []);
  const old = new Set((before ?? after).logs.map(({ id }) => id));
  const again = after.logs.filter((log) => !unchanged.has(log) && old.has(log.id)).map(({ id }) => id);
  const byLog = new Map<string, Observation[]>();
  if (again.length === 0) return byLog;
  // a measure's id is `<log id>.<linkId>…`
  const { rows } = await tx.query<{ content: Observation; log_id: string }>(
    `select r.content, l.id as log_id from jsonb_array_elements_text($3::jsonb) as l(id)
     join resource r on r.tenant = $1 and r.plan_id = $2 and r.type = 'Observation' and starts_with(r.id, l.id || '.')`,
    [tenantId, after.plan.id, JSON.stringify(again)],
  );
  for (const { content, log_id } of rows) byLog.set(log_id, [...(byLog.get(log_id) ?? []), content]);
  return byLog;
}
