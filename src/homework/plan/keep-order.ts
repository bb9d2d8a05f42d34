import { defined } from '../../foundation/defined.ts';
import type { Assignment, Barrier, Feedback, Instant, Log, Occurrence, Plan, PlanState, Report } from '../model.ts';

/**
 * Keeps the times inside each thing in their order, and its last change no earlier than the one before: a clock that was
 * wrong, here or in another process, may have written what seems to lie ahead. What is in order stays the same object.
 */
export function keepOrder(before: PlanState | undefined, after: PlanState): PlanState {
  if (after === before) return after;
  const assignments = each(before?.assignments, after.assignments, assignmentInOrder);
  const occurrences = each(before?.occurrences, after.occurrences, occurrenceInOrder);
  const logs = each(before?.logs, after.logs, logInOrder);
  const barriers = each(before?.barriers, after.barriers, barrierInOrder);
  const feedback = each(before?.feedback, after.feedback, feedbackInOrder);
  const reports = each(before?.reports, after.reports, reportInOrder);
  const plan = before?.plan === after.plan ? after.plan : planInOrder(after.plan);
  const kept = { plan, assignments, occurrences, logs, barriers, feedback, reports };
  const isKept = Object.entries(kept).every(([name, value]) => after[name as keyof typeof kept] === value);
  return isKept ? after : { ...after, ...kept };
}

/** The later of instants; ours are all in UTC and of one length, so their texts compare as they do. */
function later(...times: readonly (Instant | undefined)[]): Instant {
  return times.reduce<Instant>((latest, time) => (time !== undefined && time > latest ? time : latest), '');
}

function each<T extends { readonly id: string }>(
  before: readonly T[] | undefined,
  after: readonly T[],
  inOrder: (entry: T, earlier: T | undefined) => T,
): readonly T[] {
  if (after === before) return after;
  const known = new Map((before ?? []).map((entry) => [entry.id, entry]));
  const kept = after.map((entry) => (known.get(entry.id) === entry ? entry : inOrder(entry, known.get(entry.id))));
  return kept.every((entry, at) => entry === after[at]) ? after : kept;
}

function planInOrder(plan: Plan): Plan {
  const { createdAt, closedAt } = plan;
  return closedAt === undefined || closedAt >= createdAt ? plan : { ...plan, closedAt: createdAt };
}

function assignmentInOrder(assignment: Assignment, earlier: Assignment | undefined): Assignment {
  const lastModified = later(assignment.authoredOn, earlier?.lastModified, assignment.lastModified);
  return lastModified === assignment.lastModified
    ? assignment
    : { ...assignment, lastModified, ...moved(assignment, lastModified) };
}

function occurrenceInOrder(occurrence: Occurrence, earlier: Occurrence | undefined): Occurrence {
  const lastModified = later(occurrence.openedAt, earlier?.lastModified, occurrence.lastModified);
  return lastModified === occurrence.lastModified
    ? occurrence
    : { ...occurrence, lastModified, ...moved(occurrence, lastModified) };
}

/** What happened by this very change happened when it was made. */
function moved(
  entry: Pick<Assignment, 'lastModified' | 'unlockedAt' | 'unlocked' | 'endedAt'>,
  lastModified: Instant,
): Pick<Assignment, 'unlockedAt' | 'unlocked' | 'endedAt'> {
  return {
    ...(entry.unlockedAt === entry.lastModified && { unlockedAt: lastModified }),
    ...(entry.unlocked?.at === entry.lastModified && { unlocked: { ...entry.unlocked, at: lastModified } }),
    ...(entry.endedAt === entry.lastModified && { endedAt: lastModified }),
  };
}

function logInOrder(log: Log, earlier: Log | undefined): Log {
  const authored = later(earlier?.authored, log.authored);
  return authored === log.authored ? log : { ...log, authored };
}

function barrierInOrder(barrier: Barrier): Barrier {
  const { recordedAt, talkedOverAt } = barrier;
  return talkedOverAt === undefined || talkedOverAt >= recordedAt ? barrier : { ...barrier, talkedOverAt: recordedAt };
}

function feedbackInOrder(feedback: Feedback): Feedback {
  const { sentAt, deliveredAt, readAt } = feedback;
  const delivered = deliveredAt === undefined ? undefined : later(sentAt, deliveredAt);
  const read = readAt === undefined ? undefined : later(sentAt, delivered, readAt);
  if (delivered === deliveredAt && read === readAt) return feedback;
  return {
    ...feedback,
    ...defined({ deliveredAt: delivered, readAt: read }),
  };
}

function reportInOrder(report: Report): Report {
  return report.to >= report.from ? report : { ...report, to: report.from };
}
