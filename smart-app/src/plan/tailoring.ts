import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import type { Instant, LocalDate, Schedule } from '../../../src/homework/model.ts';
import { countedWords } from '../../../src/homework/plan/counted-words.ts';
import type { TailoredStep } from '../../../src/homework/plan/tailored-step.ts';
import { checkSchedule } from '../../../src/homework/schedule/check-schedule.ts';
import { addDays } from '../../../src/homework/schedule/day-end.ts';
import { type ChoiceOf, type FormChoiceDraft, noChoice, wrongInForm } from './form-choice.ts';
import { type ScheduleDraft, scheduleDraft, scheduleIn } from './schedule-draft.ts';
import { wrongInSchedule } from './wrong-in-schedule.ts';

/** What was entered for a step, as it was typed; what is absent is as the library has it. */
export interface StepEntries {
  readonly title?: string;
  readonly instructions?: string;
  readonly count?: string;
  readonly from?: string;
  readonly until?: string;
  readonly by?: string;
  /** How often and by when, all of it, in place of the library's own and of the entries above that say when. */
  readonly times?: ScheduleDraft;
  /** What is the plan's own in its form, as far as it was touched. */
  readonly form?: FormChoiceDraft;
  readonly omit?: boolean;
}

export type TailoredField = Exclude<keyof StepEntries, 'omit' | 'times' | 'form'>;

/** What is wrong with one entry, as a sentence. */
export interface EntryProblem {
  readonly field: TailoredField | 'times' | 'form';
  readonly problem: string;
}

/** The time in which the plan is carried out. */
export interface PlanTime {
  readonly start: LocalDate;
  readonly end?: LocalDate;
  readonly timeZone: string;
  readonly now: Instant;
}

/** What the fields of a step show: what was entered, else what the library has for that number of times. */
export function shownEntries(
  step: LibraryStepView,
  entries: StepEntries,
  start: LocalDate,
): Readonly<Record<TailoredField, string>> {
  const { schedule } = step;
  const words = countedWords(step, countOf(step, entries));
  return {
    title: entries.title ?? words.title,
    instructions: entries.instructions ?? words.instructions,
    count: entries.count ?? (schedule.type === 'event' ? String(schedule.count) : ''),
    from: entries.from ?? (schedule.type === 'event' ? start : ''),
    until: entries.until ?? (schedule.type === 'event' ? addDays(start, schedule.days) : ''),
    by: entries.by ?? '',
  };
}

/** The entries as the plan is made from them; words that are the library's own are not among them. */
export function tailoredFrom(step: LibraryStepView, entries: StepEntries, start: LocalDate): TailoredStep {
  if (entries.omit === true) return { omit: true };
  const words = countedWords(step, countOf(step, entries));
  const own = (field: 'title' | 'instructions') => {
    const written = entries[field]?.trim();
    return written === undefined || written === '' || written === words[field] ? {} : { [field]: written };
  };
  const schedule = ownSchedule(step, entries, start);
  return { ...own('title'), ...own('instructions'), ...(schedule === undefined ? {} : { schedule }) };
}

/** When the step is to be done, as it stands now. */
export function scheduleFrom(step: LibraryStepView, entries: StepEntries, start: LocalDate): Schedule {
  const own = ownSchedule(step, entries, start);
  if (own !== undefined) return own;
  const { schedule } = step;
  if (schedule.type !== 'event') return schedule;
  const { days, ...rest } = schedule;
  return { ...rest, window: { start, end: addDays(start, days) } };
}

/** The same as a draft: all of it, to be written anew. */
export function timesFrom(step: LibraryStepView, entries: StepEntries, start: LocalDate): ScheduleDraft {
  return entries.times ?? scheduleDraft(scheduleFrom(step, entries, start), { today: start, last: undefined });
}

/** The last day that a schedule names; undefined where it is counted from when the step opens. */
export function lastDayOf(schedule: Schedule): LocalDate | undefined {
  if (schedule.type === 'once') return schedule.by;
  if (schedule.type === 'series') return schedule.ends.type === 'on' ? schedule.ends.date : undefined;
  return schedule.type === 'event' ? schedule.window.end : undefined;
}

function ownSchedule(step: LibraryStepView, entries: StepEntries, start: LocalDate): Schedule | undefined {
  const { schedule } = step;
  if (entries.times !== undefined) return scheduleIn(entries.times);
  if (schedule.type === 'once-within') {
    const { by = '' } = entries;
    return by === '' ? undefined : { type: 'once', by };
  }
  if (schedule.type !== 'event') return undefined;
  const { count, from, until } = entries;
  if (count === undefined && from === undefined && until === undefined) return undefined;
  const shown = shownEntries(step, entries, start);
  const times = countOf(step, entries);
  const { text } = countedWords(step, times);
  return { type: 'event', event: schedule.event, text, count: times, window: { start: shown.from, end: shown.until } };
}

/** How many times, as far as a number was entered. */
function countOf({ schedule }: LibraryStepView, { count }: StepEntries): number {
  const own = schedule.type === 'event' ? schedule.count : 1;
  const entered = count === undefined ? own : Number(count);
  return isCount(entered) ? entered : own;
}

const isCount = (entered: number): boolean => Number.isInteger(entered) && entered >= 1 && entered <= 100;

/** What of the entries has to be put right before the plan can be assigned; nothing of a step that is left out. */
export function entryProblems(step: LibraryStepView, entries: StepEntries, time: PlanTime): readonly EntryProblem[] {
  if (entries.omit === true) return [];
  const shown = shownEntries(step, entries, time.start);
  const problems: EntryProblem[] = [];
  if (shown.title.trim() === '') problems.push({ field: 'title', problem: 'The step needs a title.' });
  if (shown.instructions.trim() === '')
    problems.push({ field: 'instructions', problem: 'The patient needs to read what to do.' });
  const { times } = entries;
  if (times !== undefined) problems.push(...timesProblem(times, time));
  else if (step.schedule.type === 'event') {
    if (!isCount(Number(shown.count)) || shown.count === '')
      problems.push({ field: 'count', problem: 'A whole number, from 1 to 100.' });
    for (const field of ['from', 'until'] as const)
      if (shown[field] === '') problems.push({ field, problem: 'Please choose a day.' });
  }
  return problems.length > 0 ? problems : neverOccurs(scheduleFrom(step, entries, time.start), time);
}

/** That a step's form needs another look: what is the matter stands at its fields. */
export function formProblems(kind: ChoiceOf, { omit, form = noChoice }: StepEntries): readonly EntryProblem[] {
  const [problem] = omit === true ? [] : Object.values(wrongInForm(kind, form));
  return problem === undefined ? [] : [{ field: 'form', problem }];
}

/** That a step's own times need another look: what is the matter stands at their fields. */
function timesProblem(times: ScheduleDraft, { start, end }: PlanTime): readonly EntryProblem[] {
  const [problem] = Object.values(wrongInSchedule(times, { today: start, last: end }));
  return problem === undefined ? [] : [{ field: 'times', problem }];
}

const fields: Readonly<Record<string, TailoredField>> = {
  by: 'by',
  count: 'count',
  'window.start': 'from',
  'window.end': 'until',
};

/** The domain's own word on a schedule that cannot be kept. */
function neverOccurs(schedule: Schedule, { now, ...within }: PlanTime): readonly EntryProblem[] {
  try {
    checkSchedule(schedule, 'schedule', within, now);
    return [];
  } catch (error) {
    if (!hasCode(error, 'schedule-never-occurs')) throw error;
    const { field, problem } = error.fields;
    const named = fields[field.replace('schedule.', '')];
    // the length of a library step is no entry, and does not depend on any
    return named === undefined ? [] : [{ field: named, problem: `This day ${problem}.` }];
  }
}

/** What was changed of a step, as people say it. */
export function changedWords(step: LibraryStepView, entries: StepEntries, start: LocalDate): readonly string[] {
  const tailored = tailoredFrom(step, entries, start);
  const { schedule } = tailored;
  const rest = [...wordsChanged(tailored), ...(entries.form === undefined ? [] : ['what is asked'])];
  if (entries.times !== undefined) return ['how often', ...rest];
  const before = step.schedule.type === 'event' ? step.schedule.count : undefined;
  return [
    ...(schedule?.type === 'event' && schedule.count !== before ? ['how many'] : []),
    ...(schedule?.type === 'once' || (schedule !== undefined && (entries.from ?? entries.until) !== undefined)
      ? ['dates']
      : []),
    ...rest,
  ];
}

function wordsChanged({ title, instructions }: Pick<TailoredStep, 'title' | 'instructions'>): readonly string[] {
  return [...(title === undefined ? [] : ['title']), ...(instructions === undefined ? [] : ['what to do'])];
}

/** Which step, and which entry of it, the service means by a path: `assignments[2].schedule.by`, `tailor.4a.title`. */
export function entryAt(
  path: string | undefined,
  keys: readonly string[],
): { readonly key: string; readonly field: TailoredField | 'form' | undefined } | undefined {
  const [, place, named, rest = ''] =
    /^(?:assignments\[(\d+)\]|tailor(?:\.steps)?\.([A-Za-z0-9-]+))(?:\.(.+))?$/.exec(path ?? '') ?? [];
  const key = named ?? keys[Number(place ?? Number.NaN)];
  if (key === undefined || !keys.includes(key)) return undefined;
  if (/^form\b/.test(rest)) return { key, field: 'form' };
  const field = rest === 'title' || rest === 'instructions' ? rest : fields[rest.replace(/^schedule\./, '')];
  return { key, field };
}
