import type { Occurrence, PlanState } from '../model.ts';

/** The times of one step as they stand now, read in one pass over all times of the plan. */
export interface TimesNow {
  /** All, by ordinal. */
  readonly own: readonly Occurrence[];
  /** Due or overdue. */
  readonly open: readonly Occurrence[];
  readonly paused: readonly Occurrence[];
  readonly lastOrdinal: number;
  /** How many were done, late or not. */
  readonly done: number;
  /** The same, and the others, of those that the step asks for still: none that another was given for. */
  readonly asked: { readonly count: number; readonly done: number; readonly missed: number; readonly excused: number };
}

const none: TimesNow = {
  ...{ own: [], open: [], paused: [], lastOrdinal: 0, done: 0 },
  asked: { count: 0, done: 0, missed: 0, excused: 0 },
};

/** A state is never changed in place, so what was read of a list of times holds as long as the list is there. */
const known = new WeakMap<readonly Occurrence[], ReadonlyMap<string, TimesNow>>();

/**
 * The times of one step. All steps of a plan are read at once and only once for each list of times, so that a sweep of an old plan
 * costs what one of a young plan does.
 */
export function timesNow({ occurrences }: Pick<PlanState, 'occurrences'>, assignmentId: string): TimesNow {
  return read(occurrences).get(assignmentId) ?? none;
}

/** What is due or overdue of all steps. */
export function openTimes({ occurrences }: Pick<PlanState, 'occurrences'>): readonly Occurrence[] {
  return [...read(occurrences).values()].flatMap(({ open }) => open);
}

function read(occurrences: readonly Occurrence[]): ReadonlyMap<string, TimesNow> {
  const before = known.get(occurrences);
  if (before !== undefined) return before;
  const now = readAll(occurrences);
  known.set(occurrences, now);
  return now;
}

interface Sum {
  readonly own: Occurrence[];
  readonly open: Occurrence[];
  readonly paused: Occurrence[];
  lastOrdinal: number;
  done: number;
  readonly asked: { count: number; done: number; missed: number; excused: number };
  inOrder: boolean;
}

/** In one pass, and without looking twice at what is over: a year of it is read with each change. */
function readAll(occurrences: readonly Occurrence[]): ReadonlyMap<string, TimesNow> {
  const sums = new Map<string, Sum>();
  let id: string | undefined;
  let sum = emptySum();
  for (const occurrence of occurrences) {
    if (occurrence.assignmentId !== id) {
      id = occurrence.assignmentId;
      sum = sums.get(id) ?? emptySum();
      sums.set(id, sum);
    }
    add(sum, occurrence);
  }
  for (const { inOrder, own, open } of sums.values()) {
    if (inOrder) continue;
    own.sort((a, b) => a.ordinal - b.ordinal);
    open.sort((a, b) => a.ordinal - b.ordinal);
  }
  return sums;
}

function emptySum(): Sum {
  const counts = { lastOrdinal: 0, done: 0, asked: { count: 0, done: 0, missed: 0, excused: 0 } };
  return { own: [], open: [], paused: [], ...counts, inOrder: true };
}

function add(sum: Sum, occurrence: Occurrence): void {
  const { status, superseded, ordinal } = occurrence;
  sum.own.push(occurrence);
  if (ordinal < sum.lastOrdinal) sum.inOrder = false;
  else sum.lastOrdinal = ordinal;
  const isDone = status === 'done' || status === 'late';
  if (isDone) sum.done += 1;
  else if (status === 'due' || status === 'overdue') sum.open.push(occurrence);
  else if (status === 'paused') sum.paused.push(occurrence);
  if (superseded) return;
  sum.asked.count += 1;
  if (isDone) sum.asked.done += 1;
  else if (status === 'missed') sum.asked.missed += 1;
  else if (status === 'excused') sum.asked.excused += 1;
}
