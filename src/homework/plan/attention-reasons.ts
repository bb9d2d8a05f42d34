import { defined } from '../../foundation/defined.ts';
import type { Assignment, Instant, LocalDate, PlanState } from '../model.ts';
import {
  type AttentionCode,
  type AttentionReason,
  attentionCodes,
  type Ending,
  type NamedStep,
} from './attention-reason.ts';
import { stepsNamed } from './rule-parts.ts';
import { waitsForClinician } from './waits-for-clinician.ts';

/** One thing that asks for attention, and since when. */
type Found = Omit<AttentionReason, 'code' | 'count'>;

/**
 * Why a plan asks for attention, the worst first: one of each code, the earliest of it, with the step that it is about and since when.
 * @param today the patient's homework day
 */
export function attentionReasons(state: PlanState, today?: LocalDate): readonly AttentionReason[] {
  return attentionCodes.flatMap((code) => {
    const all = foundOf(state, code, today);
    return all[0] === undefined ? [] : [{ code, count: all.length, ...all[0] }];
  });
}

/**
 * When the latest of all that asks for attention came about; undefined: nothing does. Of what is overdue it is the first: more of a
 * silence that was known is nothing new.
 * @param silentSince since when something was due without a log, if it was
 */
export function latestNews(state: PlanState, silentSince: Instant | undefined, today?: LocalDate): Instant | undefined {
  const latest = attentionCodes.flatMap((code) => {
    const all = foundOf(state, code, today);
    if (code === 'overdue') return all.slice(0, 1).map(({ since }) => silentSince ?? since);
    return all.slice(-1).map(({ since }) => since);
  });
  return latest.sort().at(-1);
}

/** Whether a step ended without being done, by the patient's will or by time. */
export function isStopped({ status, businessStatus }: Assignment): boolean {
  return status === 'rejected' || status === 'failed' || businessStatus === 'stopped-by-patient';
}

/** All of one code, the earliest first; of two at one time the earlier step. */
function foundOf(state: PlanState, code: AttentionCode, today: LocalDate | undefined): readonly Found[] {
  const { assignments } = state;
  const inOrder = { ...state, assignments: assignments.toSorted((a, b) => a.step - b.step) };
  return finders[code](inOrder, today).toSorted((a, b) => a.since.localeCompare(b.since));
}

const finders: Readonly<Record<AttentionCode, (state: PlanState, today: LocalDate | undefined) => readonly Found[]>> = {
  stopped: ({ assignments }) =>
    assignments.filter(isStopped).map((step) => ({ since: endOf(step), step: named(step), ending: endingOf(step) })),
  barrier: ({ assignments, barriers }) =>
    barriers
      .filter(({ talkedOverAt }) => talkedOverAt === undefined)
      .map(({ recordedAt, code, assignmentId }) => ({
        ...{ since: recordedAt, barrier: code },
        ...stepOf(assignments, assignmentId),
      })),
  overdue: ({ assignments, occurrences }) =>
    occurrences
      .filter(({ status, superseded }) => status === 'overdue' && superseded !== true)
      .map(({ dueUntil, assignmentId }) => ({ since: dueUntil, ...stepOf(assignments, assignmentId) })),
  'waiting-unlock': (state, today) =>
    state.assignments
      .filter((assignment) => waitsForClinician(state.assignments, assignment, today) !== undefined)
      .map((step) => ({ since: turnOf(state, step), step: named(step) })),
  message: ({ feedback }) =>
    feedback
      .filter(({ author, readAt }) => author === 'patient' && readAt === undefined)
      .map(({ sentAt }) => ({ since: sentAt })),
};

/** When a locked step's turn came: when what it waits for ended, or when it was locked again. */
function turnOf(
  { assignments }: PlanState,
  { unlock, step, unlockedAt, authoredOn, lastModified }: Assignment,
): Instant {
  if (unlockedAt !== undefined) return lastModified;
  const named = stepsNamed(unlock);
  const before = assignments.filter((other) => (named.length > 0 ? named.includes(other.key) : other.step < step));
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
