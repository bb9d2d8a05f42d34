import type { HomeworkRules } from '../homework-rules.ts';
import type { Assignment, Log, Occurrence } from '../model.ts';
import { isFinished } from './log.ts';
import { readAnswer, shareableItems } from './read-answer.ts';

/**
 * What the writer of a log answered to its kind's question whether it was done; undefined: the version asks no such thing, it
 * was not answered, or the patient keeps the answer private, of which nothing is said. A log counts as logged either way.
 */
export function saidDone(
  log: Pick<Log, 'questionnaire' | 'items' | 'withheld'>,
  behaviourLinkId: HomeworkRules['behaviourLinkId'],
): boolean | undefined {
  const linkId = behaviourLinkId(log.questionnaire);
  // answers are parsed when they are asked for, and most forms ask no such thing
  const answer = linkId === undefined ? undefined : readAnswer(shareableItems(log.items, log.withheld), linkId);
  return answer?.type === 'boolean' ? answer.value : undefined;
}

/** A log as far as it matters here, so that the app asks of its own view of one. */
export type TiedLog = Pick<Log, 'assignmentId' | 'status' | 'occurrenceId'>;

/**
 * Whether a time counts as done because it was logged, while all that was logged of it says that it was not done.
 * @param said what a log answers to the question whether it was done
 */
export function isLoggedNotDone<L extends TiedLog>(
  { id, status }: Pick<Occurrence, 'id' | 'status'>,
  logs: readonly L[],
  said: (log: L) => boolean | undefined,
): boolean {
  if (status !== 'done' && status !== 'late') return false;
  const own = logs.filter((log) => log.occurrenceId === id && isFinished(log));
  return own.length > 0 && own.every((log) => said(log) === false);
}

/** A list of logs is never changed in place, so what was read of it holds as long as it is there. */
const tied = new WeakMap<readonly TiedLog[], ReadonlyMap<string, readonly TiedLog[]>>();

/** The logs that are tied to a time, by its id: who asks of every time of a year looks through the logs once. */
export function logsByTime<L extends TiedLog>(logs: readonly L[]): ReadonlyMap<string, readonly L[]> {
  // of this very list, so of its kind of logs
  const known = tied.get(logs) as ReadonlyMap<string, readonly L[]> | undefined;
  if (known !== undefined) return known;
  const byTime = readByTime(logs);
  tied.set(logs, byTime);
  return byTime;
}

function readByTime<L extends TiedLog>(logs: readonly L[]): ReadonlyMap<string, readonly L[]> {
  const byTime = new Map<string, L[]>();
  for (const log of logs) {
    if (log.occurrenceId === undefined) continue;
    const own = byTime.get(log.occurrenceId);
    if (own === undefined) byTime.set(log.occurrenceId, [log]);
    else own.push(log);
  }
  return byTime;
}

/** How many of a step's logged times were not done, of how many that were logged. */
export interface LoggedNotDone {
  readonly notDone: number;
  readonly logged: number;
}

/**
 * Of a step, how many of its logged times were not done by what their logs say; undefined: none was, or the only ones that were not
 * were made up for by a log beyond what was planned that says that it was done.
 */
export function loggedNotDone<L extends TiedLog>(
  { occurrences, logs }: { readonly occurrences: readonly Occurrence[]; readonly logs: readonly L[] },
  assignmentId: string,
  said: (log: L) => boolean | undefined,
): LoggedNotDone | undefined {
  const times = occurrences.filter(
    (time) => time.assignmentId === assignmentId && (time.status === 'done' || time.status === 'late'),
  );
  const logsOf = logsByTime(logs);
  const notDone = times.filter((time) => isLoggedNotDone(time, logsOf.get(time.id) ?? [], said)).length;
  const madeUp = logs.filter(
    (log) =>
      log.assignmentId === assignmentId && log.occurrenceId === undefined && isFinished(log) && said(log) === true,
  ).length;
  return notDone > madeUp ? { notDone, logged: times.length } : undefined;
}

/**
 * The same of a step that is over because it was logged; undefined, too, where somebody made it count as done, or it is not over.
 */
export function stepNotDone<L extends TiedLog>(
  { id, businessStatus, statusReason }: Pick<Assignment, 'id' | 'businessStatus'> & { readonly statusReason?: unknown },
  state: { readonly occurrences: readonly Occurrence[]; readonly logs: readonly L[] },
  said: (log: L) => boolean | undefined,
): LoggedNotDone | undefined {
  const isOver = businessStatus === 'late' || (businessStatus === 'done' && statusReason === undefined);
  return isOver ? loggedNotDone(state, id, said) : undefined;
}

/** How many were not, in short: `1 of 3 not done`, or `not done` where none was. */
export function countedNotDone({ notDone, logged }: LoggedNotDone): string {
  return `${notDone === logged ? '' : `${notDone} of ${logged} `}not done`;
}

/** Where such a time or step stands: `Logged late, 1 of 3 not done`. */
export function loggedNotDoneWords(found: LoggedNotDone, came: 'done' | 'late'): string {
  return `${came === 'late' ? 'Logged late' : 'Logged'}, ${countedNotDone(found)}`;
}

/** How often what was logged was not done: `in 1 of them it was not done`. */
export function notDoneOfLogged({ notDone, logged }: LoggedNotDone): string {
  if (logged === 1) return 'it was not done';
  return notDone === logged ? 'none of them was done' : `in ${notDone} of them it was not done`;
}
