import type { RosterReason, RosterRow } from '../../../src/contract/app/roster.ts';
import type { WorklistFilter } from '../../../src/homework/plan/worklist-filter.ts';
import { calendarDay } from '../../../src/homework/schedule/day-end.ts';
import { type Place, writeDay, writeTime, writeTimeOfDay } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { barrierWords, type Tone } from '../words/status-words.ts';

/** The reasons for which a patient is on the list, as a coordinator says them. */
export const filterWords: Readonly<Record<WorklistFilter, string>> = {
  safety: 'Safety signal open',
  stopped: 'Missed or stopped',
  barrier: 'Something in the way',
  overdue: 'Overdue',
  'waiting-unlock': 'Waiting for unlock',
  message: 'Message not read',
  // what is there in an earlier state stands in it, too
  'not-landed': 'Chart not up to date',
  'set-aside': 'Set aside',
};

export const reasonTones: Readonly<Record<RosterReason['code'], Tone>> = {
  safety: 'care',
  stopped: 'care',
  barrier: 'care',
  overdue: 'care',
  'waiting-unlock': 'open',
  message: 'open',
  'not-landed': 'quiet',
};

/** How a patient stands in the EHR, where that is not as usual; nobody needs a call for it. */
export const standingWords = {
  deceased: 'Has died, says the EHR',
  merged: 'Merged into another record',
  inactive: 'Inactive in the EHR',
  gone: 'No longer in the EHR',
} as const;

export const sorts = [
  { code: 'urgency', words: 'What needs care first' },
  { code: 'last-log', words: 'Longest without a log' },
  { code: 'name', words: 'Family name' },
  { code: 'adherence', words: 'Least logged' },
] as const;

export type RosterSort = (typeof sorts)[number]['code'];

/**
 * A reason with the step and since when: `Missed step 4b since Wed, Mar 25`.
 * @param place the days are those of the plan's zone
 */
export function reasonWords(reason: RosterReason, now: string, place: Place): string {
  const { code, count, since } = reason;
  const sinceWords = since === undefined ? '' : ` since ${writeDay(since, place)}`;
  switch (code) {
    case 'safety':
      return `${count === 1 ? 'Safety signal' : `${count} safety signals`} open${sinceWords}${latestWords(reason, now, place)}`;
    case 'stopped':
      return `${endingWords(reason)}${since === undefined ? '' : ` ${reason.ending === 'missed' ? 'since' : 'on'} ${writeDay(since, place)}`}${others(count)}`;
    case 'barrier':
      return `In the way${sinceWords}: ${barrierName(reason)}${stepWords(reason, ', step ')}${others(count)}`;
    case 'overdue':
      return count === 1
        ? `Overdue${stepWords(reason, ': step ')}${sinceWords}`
        : `${count} overdue${since === undefined ? '' : `, the first${sinceWords}`}`;
    case 'waiting-unlock':
      return `${stepWords(reason, 'Step ') || 'A step'} waits for a clinician${sinceWords}${others(count)}`;
    case 'message':
      return `${count === 1 ? 'Message' : `${count} messages`} not read${since === undefined ? '' : `, ${count === 1 ? '' : 'the first '}from ${writeDay(since, place)}`}`;
    case 'not-landed':
      return chartWords(reason);
  }
}

/** What is newest of the safety signals: what was known of the first says nothing of it. */
function latestWords({ latest, toldAgain }: RosterReason, now: string, place: Place): string {
  const at = toldAgain ?? latest;
  if (at === undefined) return '';
  const day = (of: string) => calendarDay(of, place.timeZone);
  const when = day(at) === day(now) ? `today, ${writeTimeOfDay(at, place)}` : `on ${writeTime(at, place)}`;
  return toldAgain === undefined ? `, the last one ${when}` : `, told of again ${when}`;
}

const stands = {
  missing: 'not in the chart',
  outdated: 'out of date in the chart',
  unclear: 'not known to be in the chart',
};

/** What has not landed, by how it stands in the chart. A safety signal is one thing, however many copies of it are sent. */
function chartWords({ count, chart = 'missing', of }: RosterReason): string {
  const how = stands[chart];
  if (of === 'safety') return `${count === 1 ? 'Safety signal' : `${count} safety signals`} ${how}`;
  return count === 1 ? `${how.charAt(0).toUpperCase()}${how.slice(1)}` : `${count} ${how}`;
}

function endingWords(reason: RosterReason): string {
  const step = stepWords(reason, ' step ');
  switch (reason.ending) {
    case 'missed':
      return `Missed${step}`;
    case 'declined':
      return `Declined${step}`;
    case 'stopped':
      return `Stopped${step}`;
    case 'not-reached':
      return step === '' ? 'Ended without being done' : `Step${step.slice(5)} ended without being done`;
    default:
      return 'Missed or stopped';
  }
}

function barrierName({ barrier }: RosterReason): string {
  const known = Object.entries(barrierWords).find(([code]) => code === barrier);
  return (known?.[1].short ?? 'something').toLowerCase();
}

function stepWords({ step }: RosterReason, before: string): string {
  return step === undefined ? '' : `${before}${step.key}`;
}

function others(count: number): string {
  return count > 1 ? `, and ${count - 1} more` : '';
}

/** Whom a row is about, for what is read aloud and written over a sheet. */
export function calledWords({ name, mayOpen }: Pick<RosterRow, 'name' | 'mayOpen'>): string {
  if (name !== undefined) return isolate(name);
  return mayOpen ? 'a patient without a current name' : 'a patient whose name is not available to you';
}

/** Until when somebody is set aside: nobody is while a safety signal of theirs is open. */
export function setAsideWords({ openSignals }: Pick<RosterRow, 'openSignals'>, until: string): string {
  return openSignals > 0
    ? `Stays on the list while a safety signal is open; then set aside until ${until}`
    : `Set aside until ${until}`;
}

/** `300 patients, 12 need somebody`; of a roster that was not looked at as a whole it says so. */
export function totalWords({
  patients,
  inNeed,
  atLeast,
}: {
  patients: number;
  inNeed: number;
  atLeast: boolean;
}): string {
  const more = atLeast ? ' or more' : '';
  const people = `${patients}${more} ${patients === 1 && !atLeast ? 'patient' : 'patients'}`;
  if (inNeed === 0) return atLeast ? people : `${people}, nobody needs a call now`;
  return `${people}, ${inNeed}${more} ${inNeed === 1 && !atLeast ? 'needs' : 'need'} somebody`;
}
