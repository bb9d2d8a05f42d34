import type {
  BarrierView,
  FeedbackView,
  LedgerView,
  LogView,
  PlanView,
  StepView,
} from '../../../src/contract/app/plan-view.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
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
  | { readonly type: 'unlock'; readonly step: StepView }
  | { readonly type: 'stuck'; readonly step: StepView; readonly before: StepView }
  | { readonly type: 'message'; readonly message: FeedbackView; readonly step: StepView | undefined }
  | { readonly type: 'ended'; readonly step: StepView }
  | { readonly type: 'not-landed'; readonly rows: readonly LedgerView[] };

const endedByPatient: readonly StepView['businessStatus'][] = ['declined', 'stopped-by-patient'];

/**
 * Reads all plans of a patient for a visit: what was done since the last one, what not and why, and what needs care. Without a
 * visit, and for a plan that was made after it, the time begins with the plan.
 * @param plans in the order in which they are shown
 */
export function sinceVisit(plans: readonly PlanView[], lastVisit: string | undefined): SinceVisit {
  const begun = plans.map(({ plan }) => plan.createdAt).toSorted()[0] ?? '';
  const fromOf = ({ plan }: PlanView) =>
    lastVisit !== undefined && lastVisit > plan.createdAt ? lastVisit : plan.createdAt;
  const ofEach = <Of>(read: (view: PlanView, from: string) => readonly Of[]): readonly OfPlan<Of>[] =>
    plans.flatMap((view) => read(view, fromOf(view)).map((found) => ({ ...found, view })));
  return {
    from: lastVisit !== undefined && lastVisit > begun ? lastVisit : begun,
    wasDue: plans.some((view) => cameToItsTime(view, fromOf(view))),
    done: ofEach(logsSince).toSorted(({ log }, other) => log.performedAt.localeCompare(other.log.performedAt)),
    notDone: ofEach((view, from) => stepsOf(view).flatMap((step) => notDone(view, step, from))),
    care: ofEach((view) => careOf(view).map((care) => ({ care }))),
  };
}

function cameToItsTime({ occurrences }: PlanView, from: string): boolean {
  return occurrences.some(
    ({ status, endedAt, dueUntil }) =>
      status === 'overdue' || (['done', 'late', 'missed'].includes(status) && (endedAt ?? dueUntil) >= from),
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
  if (passed.length > 0) return passed.map((occurrence) => ({ step, occurrence, barriers }));
  const ended = endedByPatient.includes(step.businessStatus) && (step.endedAt ?? step.lastModified) >= from;
  return ended ? [{ step, occurrence: undefined, barriers }] : [];
}

/** In a plan that is over only what is new there, or is not in the chart, still needs anybody. */
function careOf(view: PlanView): readonly Care[] {
  const steps = stepsOf(view);
  const stepFor = (id: string | undefined) => steps.find((step) => step.id === id);
  const stuck = view.ledger.filter(({ state }) => state === 'rejected' || state === 'unknown');
  const running = isRunning(view) ? steps : [];
  return [
    ...(isRunning(view) ? openBarriers(view) : []).map(
      (barrier): Care => ({ type: 'barrier', barrier, step: stepFor(barrier.assignmentId) }),
    ),
    ...running
      .filter(({ businessStatus }) => endedByPatient.includes(businessStatus))
      .map((step): Care => ({ type: 'ended', step })),
    ...unread(view, 'clinician').map(
      (message): Care => ({ type: 'message', message, step: stepFor(message.assignmentId) }),
    ),
    ...running.flatMap((step) => waiting(step, steps)),
    ...(stuck.length > 0 ? [{ type: 'not-landed', rows: stuck } as const] : []),
  ];
}

/** A locked step that waits for the clinician: by its rule, or because the step before it ended without opening it. */
function waiting(step: StepView, steps: readonly StepView[]): Care[] {
  const { unlock } = step;
  if (step.businessStatus !== 'locked' || unlock.type !== 'after') return [];
  const before = steps.find(({ key }) => key === unlock.after);
  if (before === undefined) return [];
  const over = before.endedAt !== undefined;
  if (unlock.criterion.type === 'clinician-approves') return over ? [{ type: 'unlock', step }] : [];
  return over ? [{ type: 'stuck', step, before }] : [];
}
