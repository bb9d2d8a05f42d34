import type { PlanState } from '../homework/model.ts';
import type { SafetySignal } from '../homework/safety/safety-signal.ts';
import type { ProjectedResource } from './projected-resource.ts';
import type { Identified } from './systems.ts';
import { type ProvenanceContext, type Told, toProvenance } from './to-provenance.ts';

/** What of a plan a change may have changed. */
export interface ChangedOfPlan
  extends Pick<PlanState, 'plan' | 'assignments' | 'logs' | 'barriers' | 'feedback' | 'reports'> {
  readonly planChanged: boolean;
}

type Sent = { readonly id: string; readonly patientId: string; readonly via?: string };

/**
 * A Provenance of each thing among these that a source system told; none of what people made in the app. A log that is still
 * being written has none: it has not been sent. Measures have none of their own: they are derived from their log by us.
 */
export function projectProvenance(changed: ChangedOfPlan, context: ProvenanceContext): ProjectedResource[] {
  const { plan, assignments, logs, barriers, feedback, reports } = changed;
  const told = [
    ...(changed.planChanged ? made('plan', plan, plan.createdAt, plan.author) : []),
    ...assignments.flatMap((assignment) => [
      ...made('assignment', assignment, assignment.authoredOn, assignment.requester),
      ...moved(assignment),
    ]),
    ...logs
      .filter(({ status }) => status !== 'in-progress')
      .flatMap((log) =>
        made(
          'log',
          log,
          log.told?.at ?? log.authored,
          log.source.type === 'patient' ? 'patient' : log.source.reference,
        ).map((told): Told => (log.told?.as === 'changed' ? { ...told, activity: 'UPDATE' } : told)),
      ),
    ...barriers.flatMap((barrier) => made('barrier', barrier, barrier.recordedAt, barrier.saidBy)),
    ...feedback.flatMap((feedback) => made('feedback', feedback, feedback.sentAt, feedback.author)),
    ...reports.flatMap((report) => made('report', report, report.createdAt, report.author)),
  ];
  return told.map((told) => provenanceOf(told, `plan:${plan.id}`, context));
}

/** A Provenance of each piece of evidence that a source system told. */
export function projectEvidence({ id, patientId, evidence }: SafetySignal, context: ProvenanceContext) {
  return evidence.flatMap(({ via, by, at, logId }, index): ProjectedResource[] => {
    if (via === undefined) return [];
    const person = by.type === 'patient' ? by.type : by.type === 'person' ? by.reference : undefined;
    const target = { identified: 'safety', id } as const;
    const told: Told = {
      ...{ id: `${id}.told-${index + 1}`, target, patientId, at, via, person, logId },
      activity: index === 0 ? 'CREATE' : 'UPDATE',
    };
    return [provenanceOf(told, `safety:${id}`, context)];
  });
}

function made(identified: Identified, { id, patientId, via }: Sent, at: string, person: string | undefined): Told[] {
  if (via === undefined) return [];
  return [{ id: `${id}.told`, target: { identified, id }, patientId, at, via, person, activity: 'CREATE' }];
}

function moved({ id, patientId, toldMove }: PlanState['assignments'][number]): Told[] {
  if (toldMove === undefined) return [];
  const { at, via, by } = toldMove;
  const target = { identified: 'assignment', id } as const;
  return [{ id: `${id}.moved`, target, patientId, at, via, person: by, activity: 'UPDATE' }];
}

function provenanceOf(told: Told, groupId: string, context: ProvenanceContext): ProjectedResource {
  return { artefact: 'provenance', id: told.id, groupId, resource: toProvenance(told, context) };
}
