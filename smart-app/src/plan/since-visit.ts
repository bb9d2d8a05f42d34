import type {
  BarrierView,
  FeedbackView,
  LedgerView,
  LogView,
  PlanView,
  StepView,
} from '../../../src/contract/app/plan-view.ts';
import type { Instant, LocalDate, Occurrence } from '../../../src/homework/model.ts';
import { cameSince } from '../../../src/homework/plan/due-in-time.ts';
import { stuckBehind, waitsForClinician } from '../../../src/homework/plan/waits-for-clinician.ts';
import { dayOf } from '../../../src/homework/schedule/day-end.ts';
import { finishedLogs, isRunning, openBarriers, stepsOf, unread } from './steps.ts';

/** What did not come about, and what is known of why. */
export interface NotDone {
  readonly step: StepView;
  readonly occurrence: Occurrence | undefined;
  readonly barriers: readonly BarrierView[];
}

/** What happened with a patient's homework since a visit, in all their plans. */
export interface SinceVisit {
  readonly from: string;
  /** Whether anything that was planned came to its time, done or not. */
  readonly wasDue: boolean;
  readonly done: readonly OfPlan<{ readonly log: LogView; readonly step: StepView }>[];
  readonly notDone: readonly OfPlan<NotDone>[];
  readonly care: readonly OfPlan<{ readonly care: Care }>[];
}

/** Something of one of the plans. */
export type OfPlan<Of> = Of & { readonly view: PlanView };

/** Something that wants the clinician's eye at this visit. */
export type Care =
  | { readonly type: 'barrier'; readonly barrier: BarrierView; readonly step: StepView | undefined }
  | { readonly type: 'unlock'; readonly step: StepView; readonly again: boolean }
  | { readonly type: 'stuck'; readonly step: StepView; readonly before: StepView }
  | { readonly type: 'message'; readonly message: FeedbackView; readonly step: StepView | undefined }
  | { readonly type: 'ended'; readonly step: StepView }
  /** No step is open, and none will be. */
  | { readonly type: 'over' }
  | { readonly type: 'not-landed'; readonly rows: readonly LedgerView[] };

const endedByPatient: readonly StepView['businessStatus'][] = ['declined', 'stopped-by-patient'];

/**
 * Reads all plans of a patient for a visit: what was done since the last one, what not and why, and what needs care. Without a
 * visit, and for a plan that was made after it, the time begins with the plan.
 * @param plans in the order in which they are shown
 */
export function sinceVisit(plans: readonly PlanView[], lastVisit: string | undefined, now: string): SinceVisit {
  const begun = plans.map(({ plan }) => plan.createdAt).toSorted()[0] ?? '';
  const fromOf = ({ plan }: PlanView) =>
    lastVisit !== undefined && lastVisit > plan.createdAt ? lastVisit : plan.createdAt;
  const ofEach = <Of>(read: (view: PlanView, from: string) => readonly Of[]): readonly OfPlan<Of>[] =>
    plans.flatMap((view) => read(view, fromOf(view)).map((found) => ({ ...found, view })));
  return {
    from: lastVisit !== undefined && lastVisit > begun ? lastVisit : begun,
    wasDue: plans.some((view) => cameToItsTime(view, lastVisit, now)),
    done: ofEach(logsSince).toSorted(({ log }, other) => log.performedAt.localeCompare(other.log.performedAt)),
    notDone: ofEach((view, from) => stepsOf(view).flatMap((step) => notDone(view, step, from))),
    care: ofEach((view) => careOf(view, now).map((care) => ({ care }))).toSorted(
      (one, other) => rank.indexOf(one.care.type) - rank.indexOf(other.care.type),
    ),
  };
}

function cameToItsTime(view: PlanView, lastVisit: string | undefined, at: string): boolean {
  const ids = stepsOf(view).map(({ id }) => id);
  // a plan that was made since is told of whole
  const from = lastVisit !== undefined && lastVisit > view.plan.createdAt ? lastVisit : undefined;
  const time = { from, at, logs: finishedLogs(view) };
  return view.occurrences.some(
    (occurrence) => ids.includes(occurrence.assignmentId) && cameSince(occurrence, time) !== undefined,
  );
}

function logsSince(view: PlanView, from: string): readonly { readonly log: LogView; readonly step: StepView }[] {
  const steps = stepsOf(view);
  return finishedLogs(view)
    .filter(({ performedAt, authored }) => performedAt >= from || authored >= from)
    .flatMap((log) => {
      const step = steps.find(({ id }) => id === log.assignmentId);
      return step === undefined ? [] : [{ log, step }];
    });
}

function notDone(view: PlanView, step: StepView, from: string): NotDone[] {
  const barriers = view.barriers.filter(({ assignmentId }) => assignmentId === step.id);
  const passed = view.occurrences.filter(
    ({ assignmentId, status, endedAt, dueUntil }) =>
      assignmentId === step.id && (status === 'overdue' || (status === 'missed' && (endedAt ?? dueUntil) >= from)),
  );
  if (passed.length > 0) {
    // what was said of a time that came later is not why the earlier one did not come about
    const later = triedAgain(view, passed).map(({ openedAt }) => openedAt);
    const ofThen = barriers.filter(({ recordedAt }) => later.every((openedAt) => recordedAt < openedAt));
    return passed.map((occurrence) => ({ step, occurrence, barriers: ofThen }));
  }
  const ended = endedByPatient.includes(step.businessStatus) && (step.endedAt ?? step.lastModified) >= from;
  return ended ? [{ step, occurrence: undefined, barriers }] : [];
}

/** The times of the same step that were opened when all of these were over. */
export function triedAgain({ occurrences }: PlanView, passed: readonly Occurrence[]): readonly Occurrence[] {
  return occurrences.filter(({ assignmentId, openedAt }) =>
    passed.every((one) => one.assignmentId === assignmentId && one.status === 'missed' && one.dueUntil <= openedAt),
  );
}

/** What a patient said comes first, then what waits for the clinician, whichever plan it is of. */
const rank: readonly Care['type'][] = ['barrier', 'ended', 'message', 'stuck', 'unlock', 'over', 'not-landed'];

/** In a plan that is over only what is new there, or is not in the chart, still needs anybody. */
function careOf(view: PlanView, now: Instant): readonly Care[] {
  const steps = stepsOf(view);
  const stepFor = (id: string | undefined) => steps.find((step) => step.id === id);
  const rows = view.ledger.filter(({ state }) => state === 'rejected' || state === 'unknown');
  const running = isRunning(view) ? steps : [];
  const today = dayOf(now, view.plan.timeZone);
  const locks = running.flatMap((step) => waiting(step, steps, today));
  return [
    ...(isRunning(view) ? openBarriers(view) : []).map(
      (barrier): Care => ({ type: 'barrier', barrier, step: stepFor(barrier.assignmentId) }),
    ),
    ...running.filter((step) => endedUnheard(view, step)).map((step): Care => ({ type: 'ended', step })),
    ...unread(view, 'clinician').map(
      (message): Care => ({ type: 'message', message, step: stepFor(message.assignmentId) }),
    ),
    ...locks,
    ...(view.proposedClose !== undefined && locks.length === 0 && !hasToTalkOver(view)
      ? [{ type: 'over' } as const]
      : []),
    ...(rows.length > 0 ? [{ type: 'not-landed', rows } as const] : []),
  ];
}

/** Whether the patient said, or did, something that is talked over before the plan is closed. */
export function hasToTalkOver(view: PlanView): boolean {
  return openBarriers(view).length > 0 || stepsOf(view).some((step) => endedUnheard(view, step));
}

/** What needs care where the patient has died: what they wrote, what the chart has not taken, and that a plan is still open. */
export function careOfDied({ care }: SinceVisit, plans: readonly PlanView[]): SinceVisit['care'] {
  const kept = care.filter(({ care: { type } }) => type === 'message' || type === 'not-landed');
  return [...kept, ...plans.filter(isRunning).map((view) => ({ view, care: { type: 'over' } as const }))];
}

/** A step that the patient ended, and that nobody has said a word about: its barrier, where there is one, says it already. */
function endedUnheard({ barriers, feedback }: PlanView, step: StepView): boolean {
  if (!endedByPatient.includes(step.businessStatus)) return false;
  const ended = step.endedAt ?? step.lastModified;
  return (
    !barriers.some(({ assignmentId }) => assignmentId === step.id) &&
    !feedback.some(
      ({ assignmentId, author, sentAt }) => assignmentId === step.id && author !== 'patient' && sentAt > ended,
    )
  );
}

/** A locked step that waits for the clinician: by its rule, or because the step before it ended without opening it. */
function waiting(step: StepView, steps: readonly StepView[], today: LocalDate): Care[] {
  const waits = waitsForClinician(steps, step, today);
  if (waits === undefined) return [];
  const before = stuckBehind(steps, step, today);
  if (before !== undefined) return [{ type: 'stuck', step, before }];
  return [{ type: 'unlock', step, again: waits === 'locked-again' }];
}
