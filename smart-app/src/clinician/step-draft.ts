import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import type { Schedule } from '../../../src/homework/model.ts';
import { countedWords } from '../../../src/homework/plan/counted-words.ts';
import { addDays } from '../../../src/homework/schedule/day-end.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { dayHasPassed, isAfter, planIsOver } from '../words/day-words.ts';
import type { ClinicianPages } from './clinician-context.ts';

/** A step as it is being written: every field as it stands in its box. */
export interface StepDraft {
  readonly title: string;
  readonly instructions: string;
  readonly rationale: string;
  readonly how: Schedule['type'];
  /** Of `once`. */
  readonly by: string;
  /** Of `once-within`. */
  readonly days: string;
  /** Of `event`: how many times of what, from when until when. */
  readonly count: string;
  readonly event: string;
  readonly start: string;
  readonly end: string;
  /** Of `event`: as people say it, where that is not made of the number and the event. */
  readonly text: string;
}

/** The days that a step of a running plan can have. */
export interface StepDays {
  readonly today: string;
  /** Absent: the plan goes on. */
  readonly last: string | undefined;
}

/** A day to begin with, where one is to be chosen: in a week, or on the plan's last day where that is sooner. */
export function suggestedDay({ today, last }: StepDays): string {
  const inAWeek = addDays(today, 7);
  return last !== undefined && last >= today && last < inAWeek ? last : inAWeek;
}

/** A step as it stands, as a draft. */
export function draftOf(step: StepView, days: StepDays): StepDraft {
  return {
    ...{ title: step.title, instructions: step.instructions ?? '', rationale: step.rationale ?? '' },
    ...timesDraft(scheduleOf(step), days),
  };
}

/** How often and by when, as a draft. */
export function timesDraft(
  schedule: Schedule,
  days: StepDays,
): Omit<StepDraft, 'title' | 'instructions' | 'rationale'> {
  const { today } = days;
  const blank = {
    by: suggestedDay(days),
    days: '7',
    count: '3',
    event: '',
    start: today,
    end: addDays(today, 14),
    text: '',
  };
  if (schedule.type === 'once') return { ...blank, how: 'once', by: schedule.by };
  if (schedule.type === 'once-within') return { ...blank, how: 'once-within', days: String(schedule.days) };
  const { count, event, text, window } = schedule;
  return { ...blank, how: 'event', count: String(count), event, text, ...window };
}

/**
 * What is wrong with a draft, by its field; empty: nothing. The service looks again, and knows more.
 * @param last day of the plan, if it has one
 */
export function wrongIn(
  draft: StepDraft,
  { today, last }: StepDays,
): Readonly<Partial<Record<keyof StepDraft, string>>> {
  const { how, by, days, count, event, start, end } = draft;
  const whole = (text: string) => /^\d{1,3}$/.test(text) && Number(text) >= 1;
  return {
    ...(draft.title.trim() === '' ? { title: 'Please give it a title.' } : {}),
    ...(draft.instructions.trim() === '' ? { instructions: 'Please say what to do.' } : {}),
    ...(how === 'once' && by === '' ? { by: 'Please choose a day.' } : {}),
    ...(how === 'once' && by !== '' && by < today ? { by: dayHasPassed } : {}),
    ...(how === 'once' && by !== '' && isAfter(by, last) ? { by: planIsOver } : {}),
    ...(how === 'once-within' && !whole(days) ? { days: 'Please give a number of days, at least 1.' } : {}),
    ...(how === 'event' && !(whole(count) && Number(count) <= 100)
      ? { count: 'Please give a number from 1 to 100.' }
      : {}),
    ...(how === 'event' && event.trim() === '' ? { event: 'Please say of what.' } : {}),
    ...(how === 'event' && start === '' ? { start: 'Please choose a day.' } : {}),
    ...(how === 'event' && start !== '' && isAfter(start, last) ? { start: planIsOver } : {}),
    ...(how === 'event' && end !== '' && end < start ? { end: 'It ends before it begins.' } : {}),
    ...(how === 'event' && (end === '' || end < today)
      ? { end: end === '' ? 'Please choose a day.' : dayHasPassed }
      : {}),
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

/** The schedule that a draft says; only of one in which nothing is wrong. */
export function scheduleIn({ how, by, days, count, event, start, end, text }: StepDraft): Schedule {
  if (how === 'once') return { type: 'once', by };
  if (how === 'once-within') return { type: 'once-within', days: Number(days) };
  const number = Number(count);
  const said = text.trim() === '' ? plainText(event.trim(), number) : text;
  return { type: 'event', event: event.trim(), count: number, text: said, window: { start, end } };
}

function plainText(event: string, count: number): string {
  return count === 1 ? `next ${event}` : `next ${count} ${event}s`;
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
