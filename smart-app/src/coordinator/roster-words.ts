import type { WorklistFilter } from '../../../src/homework/plan/worklist-filter.ts';
import type { Tone } from '../words/status-words.ts';

/** The reasons for which a patient is on the list, as a coordinator says them. */
export const filterWords: Readonly<Record<WorklistFilter, string>> = {
  safety: 'Safety signal open',
  overdue: 'Overdue',
  stopped: 'Missed or stopped',
  barrier: 'Something in the way',
  'waiting-unlock': 'Waiting for unlock',
  'not-landed': 'Not in the chart',
};

export const filterTones: Readonly<Record<WorklistFilter, Tone>> = {
  safety: 'care',
  overdue: 'care',
  stopped: 'care',
  barrier: 'care',
  'waiting-unlock': 'open',
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
  { code: 'name', words: 'Name' },
  { code: 'adherence', words: 'Least done' },
] as const;

export type RosterSort = (typeof sorts)[number]['code'];
