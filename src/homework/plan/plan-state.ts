import type { Log } from '../log/log.ts';
import type { Report } from '../report/report.ts';
import type { NoticedRisk } from '../safety/safety-signal.ts';
import type { Occurrence } from '../schedule/occurrence.ts';
import type { Instant } from '../values.ts';
import type { Assignment } from './assignment.ts';
import type { Barrier } from './barrier.ts';
import type { Feedback } from './feedback.ts';
import type { Plan } from './plan.ts';

/** A plan with all that belongs to it: what one change reads, and what it may change. */
export interface PlanState {
  readonly plan: Plan;
  readonly assignments: readonly Assignment[];
  readonly occurrences: readonly Occurrence[];
  readonly logs: readonly Log[];
  readonly barriers: readonly Barrier[];
  readonly feedback: readonly Feedback[];
  readonly reports: readonly Report[];
  /** Safety signals of this patient that no person has closed yet. */
  readonly openSafetySignals: number;
  /** When the patient next meets the clinician, where the record knows; absent: it does not. */
  readonly nextVisit?: Instant;
  /** Present when the EHR says that this patient has died; `at` when it says when. Time moves nothing then. */
  readonly deceased?: { readonly at?: Instant };
  /** Risk answers that this change has brought; the record raises them in the same transaction, and never stores them here. */
  readonly noticed?: readonly NoticedRisk[];
}
