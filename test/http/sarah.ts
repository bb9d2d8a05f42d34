import { z } from 'zod';
import { sarahsLogs, sarahsPlan } from '../record/sarah-case.ts';
import type { Doors } from './open-doors.ts';

const { clientId: _ours, ...planBody } = sarahsPlan;

/** Sarah's plan as a source system sends it. */
export { planBody };

const planned = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(z.object({ id: z.string(), key: z.string() })),
  occurrences: z.array(z.object({ id: z.string(), assignmentId: z.string() })),
});

export interface SentPlan {
  readonly planId: string;
  readonly assignmentId: (key: string) => string;
  /** The first occurrence of that step. */
  readonly occurrenceId: (key: string) => string;
}

/** Makes Sarah's plan by the API. */
export async function sendPlan(doors: Doors, token: string, change: object = {}): Promise<SentPlan> {
  const { body } = await doors.call('POST', '/api/v1/plans', { token, body: { ...planBody, ...change } });
  const { plan, assignments, occurrences } = planned.parse(body);
  const assignmentId = (key: string): string => found(assignments.find((assignment) => assignment.key === key)).id;
  return {
    planId: plan.id,
    assignmentId,
    occurrenceId: (key) => found(occurrences.find((occurrence) => occurrence.assignmentId === assignmentId(key))).id,
  };
}

/** What Sarah wrote in one of her logs, as the API takes it. */
export function logBody(sourceId: string): Record<string, unknown> {
  const {
    key: _key,
    clientId: _client,
    ...log
  } = found(sarahsLogs.find((sarahsLog) => sarahsLog.sourceId === sourceId));
  return { ...log, patientId: 'sarah' };
}

/** When a log of hers was performed. */
export function performedAt(sourceId: string): string {
  return found(sarahsLogs.find((sarahsLog) => sarahsLog.sourceId === sourceId)).performedAt;
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('Sarah’s case has no such thing');
  return value;
}
