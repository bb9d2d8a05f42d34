import type { AssignmentBusinessStatus, BarrierCode, Instant, LocalDate } from '../../../src/homework/model.ts';
import { type Place, writeDayNear } from './dates.ts';

/** How much attention something asks for; each has its own sign and colour, and its words besides. */
export type Tone = 'quiet' | 'open' | 'good' | 'care';

export interface StatusWords {
  readonly words: string;
  readonly tone: Tone;
}

/** Where a step stands, as people say it. */
export const assignmentWords: Readonly<Record<AssignmentBusinessStatus, StatusWords>> = {
  locked: { words: 'Locked', tone: 'quiet' },
  assigned: { words: 'Assigned', tone: 'open' },
  seen: { words: 'Seen', tone: 'open' },
  agreed: { words: 'Agreed', tone: 'open' },
  logging: { words: 'Under way', tone: 'open' },
  declined: { words: 'Declined', tone: 'care' },
  'stopped-by-patient': { words: 'Stopped by the patient', tone: 'care' },
  paused: { words: 'Paused', tone: 'quiet' },
  done: { words: 'Done', tone: 'good' },
  overdue: { words: 'Overdue', tone: 'care' },
  missed: { words: 'Missed', tone: 'care' },
  late: { words: 'Done, late', tone: 'good' },
  withdrawn: { words: 'Withdrawn', tone: 'quiet' },
  'not-reached': { words: 'Not reached', tone: 'quiet' },
  mistake: { words: 'Made by mistake', tone: 'quiet' },
};

/** What stood in the way, as the patient would say it and as the clinician reads it. */
export const barrierWords: Readonly<Record<BarrierCode, { readonly said: string; readonly short: string }>> = {
  fear: { said: 'I was afraid', short: 'Fear' },
  'too-hard': { said: 'It was too hard', short: 'Too hard' },
  forgot: { said: 'I forgot', short: 'Forgot' },
  'no-time': { said: 'I had no time', short: 'No time' },
  'not-understood': { said: 'I wasn’t sure what to do', short: 'Not understood' },
  'no-point-seen': { said: 'I don’t see the point of it', short: 'No point seen' },
  'felt-too-bad': { said: 'I felt too bad', short: 'Felt too bad' },
  practical: { said: 'It didn’t work out (cancelled, away, ill)', short: 'Practical' },
  other: { said: 'Something else', short: 'Something else' },
};

/** Of a plan whose last day is over and which runs, after `Its` or its name: `last day was Fri, Mar 27; it stays open until it is closed.` */
export function lastDayWords(day: LocalDate, now: Instant, { language }: Pick<Place, 'language'>): string {
  const when = writeDayNear(`${day}T12:00:00.000Z`, now, { language, timeZone: 'UTC' });
  return `last day was ${when}; it stays open until it is closed.`;
}
