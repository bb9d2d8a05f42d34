import { defined } from '../defined.ts';
import type {
  Assignment,
  EhrReference,
  Goal,
  Instant,
  KindSlug,
  LocalDate,
  PlanState,
  Schedule,
  UnlockRule,
  VersionedCanonical,
} from '../model.ts';
import type { Sent } from '../told.ts';
import { checkDesign } from './check-design.ts';

/** One step as a clinician designs it. */
export interface DesignAssignment {
  readonly id: string;
  readonly key: string;
  /** Place in the plan, from 1; absent: its place in the list. */
  readonly step?: number;
  readonly kind: KindSlug;
  readonly title: string;
  readonly instructions?: string;
  readonly rationale?: string;
  readonly questionnaire: VersionedCanonical;
  readonly definition?: VersionedCanonical;
  readonly schedule: Schedule;
  readonly unlock: UnlockRule;
  readonly lateGraceHours: number;
  readonly requester?: EhrReference;
  readonly reasons?: readonly EhrReference[];
}

/** A plan as a clinician designs it. */
export interface DesignPlan extends Sent {
  readonly id: string;
  readonly patientId: string;
  readonly encounter?: EhrReference;
  readonly title: string;
  readonly description?: string;
  readonly timeZone: string;
  readonly language: string;
  readonly period: { readonly start: LocalDate; readonly end?: LocalDate };
  readonly author?: EhrReference;
  readonly addresses: readonly EhrReference[];
  readonly goals: readonly Goal[];
  readonly libraryPlan?: VersionedCanonical;
  readonly assignments: readonly DesignAssignment[];
}

/**
 * Makes a plan of a clinician's design: a draft, each of its assignments draft and locked.
 * @throws IntersessionError `invalid-request` naming every field at fault; `schedule-never-occurs` naming the schedule's field
 */
export function designPlan(command: DesignPlan, at: Instant): PlanState {
  checkDesign(command, at);
  const { assignments, ...plan } = command;
  return {
    plan: { ...plan, status: 'draft', createdAt: at },
    assignments: assignments.map((assignment, index) => design(assignment, index, command, at)),
    occurrences: [],
    logs: [],
    barriers: [],
    feedback: [],
    reports: [],
    openSafetySignals: 0,
  };
}

function design(
  { schedule, step, reasons, ...assignment }: DesignAssignment,
  index: number,
  plan: DesignPlan,
  at: Instant,
): Assignment {
  return {
    ...assignment,
    planId: plan.id,
    ...defined({ via: plan.via }),
    patientId: plan.patientId,
    step: step ?? index + 1,
    status: 'draft',
    businessStatus: 'locked',
    schedules: [{ schedule, from: at }],
    pauses: [],
    authoredOn: at,
    lastModified: at,
    reasons: reasons ?? [],
  };
}
