import { defined } from '../../foundation/defined.ts';
import type { Assignment, Instant, PlanState } from '../model.ts';
import { type AttentionReason, attentionCodes, type Ending, type NamedStep } from './attention-reason.ts';
import { waitsForClinician } from './waits-for-clinician.ts';

/** Why a plan asks for attention, the worst first: one of each code, with the step that it is about and since when. */
export function attentionReasons(state: PlanState): readonly AttentionReason[] {
  const found = [stopped(state), barrier(state), overdue(state), waitingUnlock(state), message(state)].filter(
    (reason) => reason !== undefined,
  );
  return found.toSorted((a, b) => attentionCodes.indexOf(a.code) - attentionCodes.indexOf(b.code));
}

/** Whether a step ended without being done, by the patient's will or by time. */
export function isStopped({ status, businessStatus }: Assignment): boolean {
  return status === 'rejected' || status === 'failed' || businessStatus === 'stopped-by-patient';
}

function stopped({ assignments }: PlanState): AttentionReason | undefined {
  const all = assignments.filter(isStopped);
  const last = all.toSorted((a, b) => endOf(a).localeCompare(endOf(b)) || a.step - b.step).at(-1);
  if (last === undefined) return undefined;
  return { code: 'stopped', since: endOf(last), count: all.length, step: named(last), ending: endingOf(last) };
}

function barrier({ assignments, barriers }: PlanState): AttentionReason | undefined {
  const open = barriers.filter(({ talkedOverAt }) => talkedOverAt === undefined);
  const last = open.at(-1);
  if (last === undefined) return undefined;
  return {
    ...{ code: 'barrier', since: last.recordedAt, count: open.length, barrier: last.code },
    ...stepOf(assignments, last.assignmentId),
  };
}

function overdue({ assignments, occurrences }: PlanState): AttentionReason | undefined {
  const late = occurrences
    .filter(({ status }) => status === 'overdue')
    .toSorted((a, b) => a.dueUntil.localeCompare(b.dueUntil));
  const first = late[0];
  if (first === undefined) return undefined;
  return {
    ...{ code: 'overdue', since: first.dueUntil, count: late.length },
    ...stepOf(assignments, first.assignmentId),
  };
}

function waitingUnlock(state: PlanState): AttentionReason | undefined {
  const waiting = state.assignments
    .filter((assignment) => waitsForClinician(state.assignments, assignment) !== undefined)
    .toSorted((a, b) => a.step - b.step);
  const first = waiting[0];
  if (first === undefined) return undefined;
  return { code: 'waiting-unlock', since: turnOf(state, first), count: waiting.length, step: named(first) };
}

function message({ feedback }: PlanState): AttentionReason | undefined {
  const unread = feedback
    .filter(({ author, readAt }) => author === 'patient' && readAt === undefined)
    .toSorted((a, b) => a.sentAt.localeCompare(b.sentAt));
  const last = unread.at(-1);
  return last === undefined ? undefined : { code: 'message', since: last.sentAt, count: unread.length };
}

/** When a locked step's turn came: when what it waits for ended, or when it was locked again. */
function turnOf(
  { assignments }: PlanState,
  { unlock, step, unlockedAt, authoredOn, lastModified }: Assignment,
): Instant {
  if (unlockedAt !== undefined) return lastModified;
  const before = assignments.filter((other) =>
    unlock.type === 'after' ? other.key === unlock.after : other.step < step,
  );
  return before.map(endOf).sort().at(-1) ?? authoredOn;
}

function endOf({ endedAt, lastModified }: Assignment): Instant {
  return endedAt ?? lastModified;
}

function endingOf({ businessStatus, status }: Assignment): Ending {
  if (status === 'rejected') return 'declined';
  if (businessStatus === 'stopped-by-patient') return 'stopped';
  return businessStatus === 'missed' ? 'missed' : 'not-reached';
}

function stepOf(assignments: readonly Assignment[], id: string | undefined): { readonly step?: NamedStep } {
  const found = assignments.find((assignment) => assignment.id === id);
  return defined({ step: found === undefined ? undefined : named(found) });
}

function named({ key, title }: Assignment): NamedStep {
  return { key, title };
}
