import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type {
  BarrierView,
  FeedbackView,
  LedgerView,
  LogView,
  PlanView,
  StepView,
} from '../../../src/contract/app/plan-view.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
import { finishedLogs, openBarriers, stepsOf, unread } from './steps.ts';

/** What did not come about, and what is known of why. */
export interface NotDone {
  readonly step: StepView;
  readonly occurrence: Occurrence | undefined;
  readonly barriers: readonly BarrierView[];
}

/** What happened in a plan since a visit. */
export interface SinceVisit {
  readonly from: string;
  readonly done: readonly { readonly log: LogView; readonly step: StepView }[];
  readonly notDone: readonly NotDone[];
  readonly care: readonly Care[];
}

/** Something that wants the clinician's eye at this visit. */
export type Care =
  | { readonly type: 'barrier'; readonly barrier: BarrierView; readonly step: StepView | undefined }
  | { readonly type: 'unlock'; readonly step: StepView }
  | { readonly type: 'stuck'; readonly step: StepView; readonly before: StepView }
  | { readonly type: 'message'; readonly message: FeedbackView; readonly step: StepView | undefined }
  | { readonly type: 'ended'; readonly step: StepView }
  | { readonly type: 'not-landed'; readonly rows: readonly LedgerView[] };

const endedByPatient: readonly StepView['businessStatus'][] = ['declined', 'stopped-by-patient'];

/** Reads a plan for a visit: what was done since the last one, what not and why, and what needs care. */
export function sinceVisit(view: PlanView, { lastVisit }: PatientHomework): SinceVisit {
  const from = lastVisit !== undefined && lastVisit > view.plan.createdAt ? lastVisit : view.plan.createdAt;
  const steps = stepsOf(view);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const done = finishedLogs(view)
    .filter(({ performedAt, authored }) => performedAt >= from || authored >= from)
    .flatMap((log) => {
      const step = byId.get(log.assignmentId);
      return step === undefined ? [] : [{ log, step }];
    });
  return { from, done, notDone: steps.flatMap((step) => notDone(view, step, from)), care: careOf(view, steps, byId) };
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

function careOf(view: PlanView, steps: readonly StepView[], byId: ReadonlyMap<string, StepView>): readonly Care[] {
  const stepFor = (id: string | undefined) => (id === undefined ? undefined : byId.get(id));
  const stuck = view.ledger.filter(({ state }) => state === 'rejected' || state === 'unknown');
  return [
    ...openBarriers(view).map((barrier): Care => ({ type: 'barrier', barrier, step: stepFor(barrier.assignmentId) })),
    ...steps
      .filter(({ businessStatus }) => endedByPatient.includes(businessStatus))
      .map((step): Care => ({ type: 'ended', step })),
    ...unread(view, 'clinician').map(
      (message): Care => ({ type: 'message', message, step: stepFor(message.assignmentId) }),
    ),
    ...steps.flatMap((step) => waiting(step, steps)),
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
