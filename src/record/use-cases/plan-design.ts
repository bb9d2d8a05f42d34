import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Goal, Instant, KindSlug, LocalDate, Schedule, UnlockRule } from '../../homework/model.ts';
import type { DesignAssignment, DesignPlan } from '../../homework/plan/design.ts';
import type { TailoredStep } from '../../homework/plan/tailored-step.ts';
import { dayOf } from '../../homework/schedule/day-end.ts';
import { canonicalOf } from '../../kinds/canonical-of.ts';
import { currentVersion, type Kind } from '../../kinds/kind.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import { type DraftAssignment, draftsFromLibrary } from '../../kinds/library/drafts-from-library.ts';
import { libraryPlanByVersion } from '../../kinds/library/registry.ts';
import type { RecordTenant } from '../homework-record.ts';
import { deriveId } from '../store/derive-id.ts';
import type { Sourced } from './sourced.ts';

/** One step of a new plan. What is left out comes from its kind. */
export interface NewAssignment {
  readonly key: string;
  /** Place in the plan, from 1; absent: its place in the list. */
  readonly step?: number;
  readonly kind: KindSlug;
  readonly title: string;
  readonly instructions?: string;
  readonly rationale?: string;
  readonly schedule: Schedule;
  readonly unlock: UnlockRule;
  readonly lateGraceHours?: number;
  /** Default: the plan's author. */
  readonly requester?: EhrReference;
  readonly reasons?: readonly EhrReference[];
}

export type NewGoal = Omit<Goal, 'id'>;

export interface CreatePlanCommand extends Sourced {
  readonly patientId: string;
  /** Needed unless a library plan has one. */
  readonly title?: string;
  readonly description?: string;
  readonly encounter?: EhrReference;
  /** Defaults: the tenant's. */
  readonly timeZone?: string;
  readonly language?: string;
  /** Default: from today, in the patient's zone. */
  readonly period?: { readonly start: LocalDate; readonly end?: LocalDate };
  readonly author?: EhrReference;
  readonly addresses?: readonly EhrReference[];
  /** In place of the library plan's. */
  readonly goals?: readonly NewGoal[];
  /** Either these … */
  readonly assignments?: readonly NewAssignment[];
  /** … or a library plan by `slug|version`, its steps tailored by key. */
  readonly libraryPlan?: string;
  readonly tailor?: Readonly<Record<string, TailoredStep>>;
  /** Default: true. */
  readonly activate?: boolean;
}

/**
 * The design of a new plan, with defaults filled in and ids derived from the plan's.
 * @throws `unknown-kind`, `unknown-artefact` (library plan), `invalid-request`
 */
export function planDesign(
  id: string,
  command: CreatePlanCommand,
  { tenant, kinds, at, via }: { tenant: RecordTenant; kinds: KindRegister; at: Instant; via?: string | undefined },
): DesignPlan {
  const timeZone = command.timeZone ?? tenant.timeZone;
  const period = command.period ?? { start: today(at, timeZone) };
  const { goals, assignments, ...drafted } = drafts(command, period.start, kinds);
  const title = command.title ?? drafted.title;
  const description = command.description ?? drafted.description;
  return {
    id,
    patientId: command.patientId,
    ...defined({ encounter: command.encounter }),
    title: title ?? '',
    ...defined({ description }),
    timeZone,
    language: command.language ?? tenant.language,
    period,
    ...defined({ author: command.author, via }),
    addresses: command.addresses ?? [],
    goals: (command.goals ?? goals).map((goal, index) => withGoalId(id, goal, index)),
    ...defined({ libraryPlan: drafted.libraryPlan }),
    assignments: assignments.map((draft) => withAssignmentId(id, draft, command.author)),
  };
}

interface PlanDrafts {
  readonly libraryPlan?: string;
  readonly title?: string;
  readonly description?: string;
  readonly goals: readonly (NewGoal & { readonly key?: string })[];
  readonly assignments: readonly DraftAssignment[];
}

function drafts(command: CreatePlanCommand, start: LocalDate, kinds: KindRegister): PlanDrafts {
  const { libraryPlan, tailor, assignments } = command;
  if ((libraryPlan === undefined) === (assignments === undefined)) {
    const problem = 'either assignments or libraryPlan must be given, and not both';
    throw new IntersessionError('invalid-request', { issues: [{ path: 'assignments', problem }] }, `${problem}.`);
  }
  if (libraryPlan !== undefined) {
    return draftsFromLibrary(libraryPlanByVersion(libraryPlan), {
      start,
      ...defined({ steps: tailor }),
    });
  }
  return {
    goals: [],
    assignments: (assignments ?? []).map((assignment, index) =>
      draftOf(assignment, kinds.kind(assignment.kind, `assignments[${index}].kind`)),
    ),
  };
}

/** A step that no library plan has: with the version of its kind's questionnaire that is current now, for ever. */
function draftOf(assignment: NewAssignment, kind: Kind): DraftAssignment {
  const { defaults } = kind;
  return {
    instructions: defaults.instructions,
    rationale: defaults.rationale,
    lateGraceHours: defaults.lateGraceHours,
    ...assignment,
    questionnaire: canonicalOf(currentVersion(kind).questionnaire),
  };
}

/** The design of a step that a plan is given while it runs, as of a new plan's: what is left out comes from its kind. @throws `unknown-kind` */
export function stepDesign(
  planId: string,
  assignment: NewAssignment,
  { kinds, author }: { readonly kinds: KindRegister; readonly author?: EhrReference | undefined },
): DesignAssignment {
  return withAssignmentId(planId, draftOf(assignment, kinds.kind(assignment.kind, 'kind')), author);
}

function withAssignmentId(planId: string, draft: DraftAssignment, author: EhrReference | undefined): DesignAssignment {
  return {
    ...defined({ requester: author }),
    ...draft,
    id: deriveId('assignment', planId, draft.key),
  };
}

/** A goal of a library plan is known by its key, another by its place. */
function withGoalId(planId: string, { key, ...goal }: NewGoal & { readonly key?: string }, index: number): Goal {
  return { ...goal, id: deriveId('goal', planId, key ?? String(index)) };
}

/** @throws `invalid-request` when there is no such zone */
function today(at: Instant, timeZone: string): LocalDate {
  try {
    return dayOf(at, timeZone);
  } catch (cause) {
    const problem = 'is not an IANA time zone';
    throw new IntersessionError(
      'invalid-request',
      { issues: [{ path: 'timeZone', problem }] },
      `timeZone ${problem}.`,
      {
        cause,
      },
    );
  }
}
