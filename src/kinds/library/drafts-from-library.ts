import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Goal, LocalDate, Schedule, VersionedCanonical } from '../../homework/model.ts';
import { countedWords } from '../../homework/plan/counted-words.ts';
import type { DesignAssignment } from '../../homework/plan/design.ts';
import type { LibraryPlan, LibrarySchedule, LibraryStep } from '../../homework/plan/library-plan.ts';
import { type TailoredStep, tailoredUnlock, timesTailored } from '../../homework/plan/tailored-step.ts';
import { addDays } from '../../homework/schedule/day-end.ts';
import { registeredKinds } from '../registry.ts';

export interface Tailoring {
  /** First day of the plan, in the patient's zone; event windows begin on it. */
  readonly start: LocalDate;
  /** By step key. */
  readonly steps?: Readonly<Record<string, TailoredStep>>;
}

/** An assignment as `designPlan` takes it, but for its id. */
export type DraftAssignment = Omit<DesignAssignment, 'id'>;
/** A goal of the plan, but for its id; `key` is its name in the library plan. */
export type DraftGoal = Omit<Goal, 'id'> & { readonly key: string };

export interface Drafts {
  readonly libraryPlan: VersionedCanonical;
  readonly title: string;
  readonly description: string;
  readonly goals: readonly DraftGoal[];
  readonly assignments: readonly DraftAssignment[];
}

/**
 * A library plan, tailored, as drafts for one patient: nothing is active yet. Steps that are left out close the gap in
 * the numbering; keys stay. Where a step is asked for another number of times, its words and the rule that counts its logs go
 * with it. The drafts name the library's versions, so that a later version changes nothing in them.
 *
 * @throws IntersessionError `invalid-request` for a tailored key that the plan does not have, or a step that is left out
 *   though another depends on it; `unknown-kind`
 */
export function draftsFromLibrary(plan: LibraryPlan, tailoring: Tailoring): Drafts {
  const tailored = tailoring.steps ?? {};
  refuseMisfits(plan, tailored);
  const steps = plan.steps
    .filter((step) => tailored[step.key]?.omit !== true)
    .toSorted((step, other) => step.step - other.step);
  return {
    libraryPlan: `https://intersession.dev/fhir/PlanDefinition/${plan.slug}|${plan.version}`,
    title: plan.title,
    description: plan.description,
    goals: plan.goals.map((goal) => ({ ...goal, startDate: tailoring.start })),
    assignments: steps.map((step, at) => toDraft(plan, step, { number: at + 1, tailored, start: tailoring.start })),
  };
}

function toDraft(
  plan: LibraryPlan,
  step: LibraryStep,
  { number, tailored, start }: { number: number; tailored: Readonly<Record<string, TailoredStep>>; start: LocalDate },
): DraftAssignment {
  const own = tailored[step.key] ?? {};
  const times = timesTailored(step, own);
  // what is asked for until an end has no number to say
  const words = times === undefined ? step : countedWords(step, times);
  return {
    key: step.key,
    step: number,
    kind: step.kind,
    title: own.title ?? words.title,
    instructions: own.instructions ?? words.instructions,
    rationale: own.rationale ?? step.rationale,
    ...(step.standing && { standing: step.standing }),
    questionnaire: step.questionnaire,
    definition: `https://intersession.dev/fhir/ActivityDefinition/${plan.slug}-${step.key}|${plan.version}`,
    schedule: own.schedule ?? toSchedule(step.schedule, start),
    unlock: tailoredUnlock(step, plan.steps, tailored),
    lateGraceHours: registeredKinds.kind(step.kind).defaults.lateGraceHours,
  };
}

function toSchedule(schedule: LibrarySchedule, start: LocalDate): Schedule {
  if (schedule.type !== 'event') return schedule;
  const { days, ...rest } = schedule;
  return { ...rest, window: { start, end: addDays(start, days) } };
}

function refuseMisfits(plan: LibraryPlan, tailored: Readonly<Record<string, TailoredStep>>): void {
  const keys = plan.steps.map((step) => step.key);
  const isOmitted = (key: string): boolean => Object.hasOwn(tailored, key) && tailored[key]?.omit === true;
  const issues: { path: string; problem: string }[] = [];
  for (const key of Object.keys(tailored)) {
    if (!keys.includes(key)) {
      const problem = `is not a step of ${plan.slug}|${plan.version}; its steps are ${keys.join(', ')}`;
      issues.push({ path: `tailor.steps.${key}`, problem });
    }
  }
  for (const step of plan.steps) {
    if (isOmitted(step.key) || step.unlock.type !== 'after' || !isOmitted(step.unlock.after)) continue;
    const problem = `cannot be left out: step ${step.key} is unlocked by it`;
    issues.push({ path: `tailor.steps.${step.unlock.after}.omit`, problem });
  }
  if (keys.every(isOmitted)) issues.push({ path: 'tailor.steps', problem: 'leaves no step of the plan' });
  if (issues.length === 0) return;
  throw new IntersessionError('invalid-request', { issues }, `The tailoring does not fit the plan ${plan.slug}.`);
}
