import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Goal, Instant, KindSlug, LocalDate, Schedule, UnlockRule } from '../../homework/model.ts';
import { defaultRule } from '../../homework/plan/default-rule.ts';
import type { DesignAssignment, DesignPlan } from '../../homework/plan/design.ts';
import type { DaysOff } from '../../homework/plan/plan.ts';
import { stepBefore } from '../../homework/plan/step-before.ts';
import type { TailoredStep } from '../../homework/plan/tailored-step.ts';
import { dayOf } from '../../homework/schedule/day-end.ts';
import { canonicalOf } from '../../kinds/canonical-of.ts';
import { currentVersion, type Kind } from '../../kinds/kind.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import { type DraftAssignment, draftsFromLibrary } from '../../kinds/library/drafts-from-library.ts';
import { libraryPlanByVersion } from '../../kinds/library/registry.ts';
import type { GivenForm } from '../../kinds/own/choose-form.ts';
import type { RecordTenant } from '../homework-record.ts';
import { deriveId } from '../store/derive-id.ts';
import { newForm } from './form-design.ts';
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
  /** Beside the ladder; default: as its kind is. */
  readonly standing?: boolean;
  /** Default: by the clinician where its kind says so, else after the step before it (`defaultRule`). */
  readonly unlock?: UnlockRule;
  /** What of its form is the plan's own; absent: as the kind has it. */
  readonly form?: GivenForm;
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
  readonly tailor?: Readonly<Record<string, TailoredStep & { readonly form?: GivenForm }>>;
  /** Days on which nothing of a series is asked. */
  readonly daysOff?: readonly DaysOff[];
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
    ...defined({ libraryPlan: drafted.libraryPlan, daysOff: command.daysOff }),
    assignments: assignments.map(({ draft, form, field }) =>
      designOf(id, draft, { kinds, author: command.author, form, field, at }),
    ),
  };
}

interface PlanDrafts {
  readonly libraryPlan?: string;
  readonly title?: string;
  readonly description?: string;
  readonly goals: readonly (NewGoal & { readonly key?: string })[];
  readonly assignments: readonly DraftStep[];
}

/** A step with what is given of its form, and where that stands in the command. */
interface DraftStep {
  readonly draft: DraftAssignment;
  readonly form: GivenForm | undefined;
  readonly field: string;
}

function drafts(command: CreatePlanCommand, start: LocalDate, kinds: KindRegister): PlanDrafts {
  const { libraryPlan, tailor, assignments } = command;
  if ((libraryPlan === undefined) === (assignments === undefined)) {
    const problem = 'either assignments or libraryPlan must be given, and not both';
    throw new IntersessionError('invalid-request', { issues: [{ path: 'assignments', problem }] }, `${problem}.`);
  }
  if (libraryPlan !== undefined) {
    const { assignments: steps, ...library } = draftsFromLibrary(libraryPlanByVersion(libraryPlan), {
      start,
      ...defined({ steps: tailor }),
    });
    return {
      ...library,
      assignments: steps.map((draft) => ({
        ...{ draft, form: tailor?.[draft.key]?.form, field: `tailor.${draft.key}.form` },
      })),
    };
  }
  const ladder = (assignments ?? []).map((assignment, index) => {
    const kind = kinds.kind(assignment.kind, `assignments[${index}].kind`);
    return { key: assignment.key, step: placeIn(assignment, index), standing: standsBeside(assignment, kind) };
  });
  return {
    goals: [],
    assignments: (assignments ?? []).map((assignment, index) => {
      const at = `assignments[${index}]`;
      const before = stepBefore(ladder, placeIn(assignment, index));
      const draft = draftOf(assignment, kinds.kind(assignment.kind, `${at}.kind`), before);
      return { draft, form: assignment.form, field: `${at}.form` };
    }),
  };
}

/** A step that no library plan has: with the version of its kind's questionnaire that is current now, for ever. */
function draftOf(
  { form: _chosen, standing, ...assignment }: NewAssignment,
  kind: Kind,
  before: string | undefined,
): DraftAssignment {
  const { defaults } = kind;
  const beside = standsBeside({ standing }, kind);
  return {
    unlock: defaultRule({ standing: beside, byClinician: defaults.unlockedByClinician, before }),
    instructions: defaults.instructions,
    rationale: defaults.rationale,
    lateGraceHours: defaults.lateGraceHours,
    ...assignment,
    ...(beside ? { standing: true as const } : {}),
    questionnaire: canonicalOf(currentVersion(kind).questionnaire),
  };
}

/** A step's place in a list of them. */
const placeIn = ({ step }: NewAssignment, index: number): number => step ?? index + 1;

function standsBeside({ standing }: { readonly standing?: boolean | undefined }, { defaults }: Kind): boolean {
  return standing ?? defaults.standing ?? false;
}

/** What of a step's design is known of the plan that it is put into. */
interface AddedDesign extends Omit<Designing, 'field' | 'form'> {
  readonly field?: string;
  /** Key of the step before it on the ladder, after which it opens where nothing else is said; absent: it is the first. */
  readonly before?: string | undefined;
}

/** The design of a step that a plan is given while it runs, as of a new plan's: what is left out comes from its kind. @throws `unknown-kind` */
export function stepDesign(
  planId: string,
  assignment: NewAssignment,
  { field = 'form', before, ...designing }: AddedDesign,
): DesignAssignment {
  const draft = draftOf(assignment, designing.kinds.kind(assignment.kind, 'kind'), before);
  return designOf(planId, draft, { ...designing, form: assignment.form, field });
}

interface Designing {
  readonly kinds: KindRegister;
  readonly author?: EhrReference | undefined;
  readonly at: Instant;
  readonly form: GivenForm | undefined;
  /** Where the form stands in the command. */
  readonly field: string;
}

function designOf(
  planId: string,
  draft: DraftAssignment,
  { kinds, author, at, form, field }: Designing,
): DesignAssignment {
  const id = deriveId('assignment', planId, draft.key);
  const step = { id, kind: draft.kind };
  return {
    ...defined({ requester: author }),
    ...draft,
    id,
    ...newForm(kinds, { step, base: draft.questionnaire, given: form, at, field }),
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
