import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/homework/model.ts';
import { countWords, planCount, reportHeadline, toldCount } from '../../../src/homework/report/report-count.ts';
import { aRecord, aStep, aTime, endOf, feb, frameOf } from './report-state.ts';

const times = (...statuses: readonly Occurrence['status'][]): readonly Occurrence[] =>
  statuses.map((status, index) => {
    const over = status === 'due' || status === 'overdue' ? {} : { endedAt: feb(5) };
    return aTime({ id: `a1.${index + 1}`, ordinal: index + 1, status, dueUntil: endOf(4), ...over });
  });

describe('what was done of what was planned', () => {
  it.each<[readonly Occurrence['status'][], string | undefined]>([
    [[], undefined],
    [['due', 'excused', 'paused'], undefined],
    [['done'], '1 of 1 done (100 %), 1 on time'],
    [['late'], '1 of 1 done (100 %), 1 late'],
    [['missed'], '0 of 1 done (0 %); 1 missed'],
    [['overdue'], '0 of 1 done (0 %); 1 overdue'],
    [['done', 'missed', 'done'], '2 of 3 done (66.7 %), 2 on time; 1 missed'],
    [['done', 'late', 'late', 'due'], '3 of 3 done (100 %), 1 on time, 2 late'],
    [
      ['missed', 'overdue', 'done', 'late', 'missed', 'overdue', 'overdue', 'excused'],
      '2 of 7 done (28.6 %), 1 on time, 1 late; 2 missed, 3 overdue',
    ],
  ])('%j', (statuses, words) => {
    const occurrences = times(...statuses);
    expect(countWords(frameOf(), occurrences, true)).toBe(words);
    expect(countWords(frameOf(), occurrences, false)).toBe(words?.replace(/ \([\d.]+ %\)/, ''));
    expect(planCount(frameOf({ occurrences }))).toBe(words);
    const told = words === undefined ? 'nothing was due in this time.' : `${words}.`;
    expect(toldCount(frameOf({ occurrences }))).toBe(told);
    expect(reportHeadline(frameOf({ occurrences }))).toBe(`Homework between visits: ${told}`);
  });

  it('counts no step that was made by mistake', () => {
    const assignments = [aStep(), aStep({ id: 'a2', key: '2', step: 2, status: 'entered-in-error' })];
    const occurrences = [
      ...times('done'),
      aTime({ id: 'a2.1', assignmentId: 'a2', status: 'missed', endedAt: feb(5) }),
    ];
    expect(planCount(frameOf({ assignments, occurrences }))).toBe('1 of 1 done (100 %), 1 on time');
  });
});

describe('a time in which nothing was due', () => {
  it.each([
    [1, ' 1 log was written all the same.'],
    [2, ' 2 logs were written all the same.'],
  ])('still tells of %d that was written', (count, words) => {
    const logs = Array.from({ length: count }, (_, index) => aRecord({ id: `l${index}`, resolution: 'ad-hoc' }));
    expect(toldCount(frameOf({ logs }))).toBe(`nothing was due in this time.${words}`);
  });
});
