import type {
  AssignmentBusinessStatus,
  BarrierCode,
  Instant,
  LocalDate,
  UnlockRule,
} from '../../../src/homework/model.ts';
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

/** The same, where the patient reads it about themselves. */
export const ownStepWords: Readonly<Record<AssignmentBusinessStatus, string>> = {
  locked: 'Not open yet',
  assigned: 'To do',
  seen: 'To do',
  agreed: 'To do, you said yes',
  logging: 'Under way',
  declined: 'You said no to this one',
  'stopped-by-patient': 'You stopped this one',
  paused: 'Paused',
  done: 'Done',
  overdue: 'Still open',
  missed: 'Passed by',
  late: 'Done',
  withdrawn: 'Taken off the plan',
  'not-reached': 'Not reached',
  mistake: 'Taken off the plan',
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

/** A lock's rule in words: `Opens when step 1 has 3 logs`. */
export function unlockWords(rule: UnlockRule, clinician: 'the clinician' | 'your clinician' = 'the clinician'): string {
  if (rule.type === 'at-start') return 'Open from the start';
  if (rule.type === 'by-clinician') return `Opens when ${clinician} unlocks it`;
  const { after, criterion } = rule;
  switch (criterion.type) {
    case 'logs-done':
      return criterion.count === 1
        ? `Opens once step ${after} has been logged`
        : `Opens once step ${after} has been logged ${criterion.count} times`;
    case 'behaviour-done':
      return `Opens once step ${after} has been done`;
    case 'measure-reached':
      return `Opens once “${measureWords(criterion.linkId)}” in step ${after} is ${criterion.value} or ${criterion.comparator === '<=' ? 'less' : 'more'}`;
    case 'measure-fell':
      return `Opens once “${measureWords(criterion.linkId)}” in step ${after} has fallen by ${criterion.by}`;
    case 'clinician-approves':
      return `Opens after step ${after}, when ${clinician} says so`;
  }
}

/** A measure's linkId as words: `suds-peak` → `SUDS peak`. */
export function measureWords(linkId: string): string {
  return linkId.replaceAll('-', ' ').replace(/^suds/, 'SUDS');
}

/** Of a plan whose last day is over and which runs, after `Its` or its name: `last day was Fri, Mar 27; it stays open until it is closed.` */
export function lastDayWords(day: LocalDate, now: Instant, { language }: Pick<Place, 'language'>): string {
  const when = writeDayNear(`${day}T12:00:00.000Z`, now, { language, timeZone: 'UTC' });
  return `last day was ${when}; it stays open until it is closed.`;
}
