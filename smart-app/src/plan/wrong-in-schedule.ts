import { timesAWeek } from '../../../src/homework/schedule/schedule-words.ts';
import { dayHasPassed, isAfter, planIsOver } from '../words/day-words.ts';
import { type ScheduleDraft, scheduleIn } from './schedule-draft.ts';
import type { StepDays } from './suggested-day.ts';

/** What is wrong, as a sentence, by its field. */
export type WrongInSchedule = Readonly<Partial<Record<keyof ScheduleDraft, string>>>;

const chooseDay = 'Please choose a day.';
const whole = (text: string, most: number): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
/** A number that has to be whole, and how it is asked for. */
const number = (field: keyof ScheduleDraft, text: string, most: number): WrongInSchedule =>
  whole(text, most) ? {} : { [field]: `Please give a number from 1 to ${most}.` };

/**
 * What is wrong with how often and by when, by its field; empty: nothing. The service looks again, and knows more.
 * @param days today and the plan's last day, if it has one
 */
export function wrongInSchedule(draft: ScheduleDraft, days: StepDays): WrongInSchedule {
  switch (draft.how) {
    case 'once':
      return lastDay('by', draft.by, days);
    case 'once-within':
      return whole(draft.days, 366) ? {} : { days: 'Please give a number of days, at least 1.' };
    case 'event':
      return wrongInEvent(draft, days);
    case 'sessions':
      return number('sessions', draft.sessions, 100);
    case 'at-visit':
      return {};
    default:
      return wrongInSeries(draft, days);
  }
}

function lastDay(field: 'by' | 'endsOn', day: string, { today, last }: StepDays): WrongInSchedule {
  if (day === '') return { [field]: chooseDay };
  if (day < today) return { [field]: dayHasPassed };
  return isAfter(day, last) ? { [field]: planIsOver } : {};
}

function wrongInEvent({ count, event, start, end }: ScheduleDraft, { today, last }: StepDays): WrongInSchedule {
  return {
    ...number('count', count, 100),
    ...(event.trim() === '' ? { event: 'Please say of what.' } : {}),
    ...(start === '' ? { start: chooseDay } : {}),
    ...(start !== '' && isAfter(start, last) ? { start: planIsOver } : {}),
    ...(end !== '' && end < start ? { end: 'It ends before it begins.' } : {}),
    ...(end === '' || end < today ? { end: end === '' ? chooseDay : dayHasPassed } : {}),
  };
}

function wrongInSeries(draft: ScheduleDraft, days: StepDays): WrongInSchedule {
  const { how, from, ends, endsOn } = draft;
  return {
    ...(how === 'days' ? number('every', draft.every, 366) : {}),
    ...(how === 'per-week' ? number('perWeek', draft.perWeek, 21) : {}),
    ...(how === 'weekdays' ? number('everyWeeks', draft.everyWeeks, 52) : {}),
    ...(how === 'weekdays' && draft.weekdays.length === 0 ? { weekdays: 'Please choose a day of the week.' } : {}),
    ...(from !== '' && isAfter(from, days.last) ? { from: planIsOver } : {}),
    ...(ends === 'on' ? lastDay('endsOn', endsOn, days) : {}),
    ...(ends === 'on' && endsOn !== '' && endsOn < from ? { endsOn: 'It ends before it begins.' } : {}),
    ...(ends === 'after' ? number('endsAfter', draft.endsAfter, 1000) : {}),
    ...wrongEnough(draft),
  };
}

/** More than a week has is never reached. */
function wrongEnough(draft: ScheduleDraft): WrongInSchedule {
  if (draft.enough === '') return {};
  const made = scheduleIn(draft);
  const most = (made.type === 'series' ? timesAWeek(made) : undefined) ?? 35;
  return whole(draft.enough, most) ? {} : { enough: `A week has ${most} at most. Leave it empty to say nothing.` };
}
