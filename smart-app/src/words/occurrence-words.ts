import type { Occurrence } from '../../../src/homework/model.ts';
import type { StatusWords } from './status-words.ts';

/** Where one of its times stands: apart from a step's words, for a patient's first page needs these alone. */
export const occurrenceWords: Readonly<Record<Occurrence['status'], StatusWords>> = {
  due: { words: 'to do', tone: 'open' },
  overdue: { words: 'overdue', tone: 'care' },
  done: { words: 'done', tone: 'good' },
  late: { words: 'done late', tone: 'good' },
  missed: { words: 'missed', tone: 'care' },
  excused: { words: 'excused', tone: 'quiet' },
  paused: { words: 'paused', tone: 'quiet' },
};
