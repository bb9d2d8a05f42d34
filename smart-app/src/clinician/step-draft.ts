import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { countedWords } from '../../../src/homework/plan/counted-words.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { type ScheduleDraft, scheduleDraft } from '../plan/schedule-draft.ts';
import type { StepDays } from '../plan/suggested-day.ts';
import { wrongInSchedule } from '../plan/wrong-in-schedule.ts';
import type { ClinicianPages } from './clinician-context.ts';

/** A step as it is being written: every field as it stands in its box. */
export interface StepDraft extends ScheduleDraft {
  readonly title: string;
  readonly instructions: string;
  readonly rationale: string;
}

/** A step as it stands, as a draft. */
export function draftOf(step: StepView, days: StepDays): StepDraft {
  return {
    ...{ title: step.title, instructions: step.instructions ?? '', rationale: step.rationale ?? '' },
    ...scheduleDraft(scheduleOf(step), days),
  };
}

/**
 * What is wrong with a draft, by its field; empty: nothing. The service looks again, and knows more.
 * @param days today and the plan's last day, if it has one
 */
export function wrongIn(draft: StepDraft, days: StepDays): Readonly<Partial<Record<keyof StepDraft, string>>> {
  return {
    ...(draft.title.trim() === '' ? { title: 'Please give it a title.' } : {}),
    ...(draft.instructions.trim() === '' ? { instructions: 'Please say what to do.' } : {}),
    ...wrongInSchedule(draft, days),
  };
}

/** The words of a draft, as they are sent; only of one in which nothing is wrong. */
export function wordsToSend({ title, instructions, rationale }: StepDraft) {
  return {
    title: title.trim(),
    instructions: instructions.trim(),
    ...(rationale.trim() === '' ? {} : { rationale: rationale.trim() }),
  };
}

/**
 * A draft with another number of times: what the step's own words say of the number goes with it, as long as they are the library's
 * words or made of the number; a clinician's own words stay.
 */
export function withCount(draft: StepDraft, count: string, library: LibraryStepView | undefined): StepDraft {
  const next = { ...draft, count };
  const [was, is] = [Number(draft.count), Number(count)];
  if (!Number.isInteger(is) || is < 1 || is > 100) return next;
  const before = library && countedWords(library, was);
  const after = library && countedWords(library, is);
  const follow = (own: string, said: string | undefined, now: string | undefined) =>
    now !== undefined && own === said ? now : own;
  return {
    ...next,
    title: follow(draft.title, before?.title, after?.title),
    instructions: follow(draft.instructions, before?.instructions, after?.instructions),
    // the number stands in it, so it can't stay as it is
    text: library?.schedule.type === 'event' && library.schedule.event === draft.event ? (after?.text ?? '') : '',
  };
}

/** The step of the library that a step was made of, if it was and the library still has it. */
export function libraryStepOf(
  step: StepView,
  { homework, view }: Pick<ClinicianPages, 'homework' | 'view'>,
): LibraryStepView | undefined {
  const plan = homework.libraryPlans?.find(
    ({ slug, version }) => view.plan.libraryPlan?.endsWith(`/${slug}|${version}`) === true,
  );
  const found = plan?.steps.find(({ key }) => key === step.key);
  return found?.schedule.type === 'event' ? found : undefined;
}
