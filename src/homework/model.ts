/**
 * The words of assignment therapy as data. Everything here is a plain, immutable value: operations return new values,
 * so "what changed" is "which objects are no longer the same object".
 *
 * Each subject has a file of its own; this one gathers them for whoever needs words of several, and declares nothing. The
 * files that it gathers name each other directly, so that no import runs in a circle.
 */

export { type Artefact, artefacts } from './artefact.ts';
export type { AnswerItem, AnswerValue } from './log/answer.ts';
export type { Log, LogResolution, LogSource, LogStatus, Predicted } from './log/log.ts';
export type { Adherence } from './plan/adherence.ts';
export type {
  Assignment,
  AssignmentBusinessStatus,
  AssignmentStatus,
} from './plan/assignment.ts';
export type { Barrier, BarrierCode } from './plan/barrier.ts';
export type { Feedback } from './plan/feedback.ts';
export type { Goal, Plan, PlanStatus } from './plan/plan.ts';
export type { PlanState } from './plan/plan-state.ts';
export type { UnlockCriterion, UnlockRule } from './plan/unlock-rule.ts';
export type { Report } from './report/report.ts';
export type { Occurrence, OccurrenceStatus } from './schedule/occurrence.ts';
export type { Schedule, ScheduleVersion } from './schedule/schedule.ts';
export type { Coding, EhrReference, Instant, KindSlug, LocalDate, Quantity, VersionedCanonical } from './values.ts';
