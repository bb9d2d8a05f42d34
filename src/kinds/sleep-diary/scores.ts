import type { ScoreDeclaration } from '../../homework/log/score.ts';
import { loincCode, measureCode } from '../measure-code.ts';

const minutes = (code: string, display: string, least: number, most: number) =>
  ({
    linkId: code,
    label: display,
    code: measureCode(code, display),
    unit: 'min',
    range: { least, most },
  }) as const;

/**
 * What is calculated from one night, as clinicians calculate it from the paper form: time in bed, time asleep, sleep efficiency.
 * All by the clock on the wall, so that a night in which it was changed counts an hour too many or too few, as it does on paper.
 *
 * Times of day have no dates, so two in the wrong order look like most of a day between them. That is what the ranges of the three
 * parts are for: with one of them out of range (out of bed before the last waking, 10:30 for 22:30) the night has no time in bed, no
 * time asleep and no efficiency, and is in no weekly mean. A night without sleep has an efficiency of 0, and is.
 *
 * @see https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3250369/ (the variables of the consensus sleep diary)
 */
export const sleepScores: readonly ScoreDeclaration[] = [
  {
    ...minutes('sleep-efficiency', 'Sleep efficiency', 0, 100),
    unit: '%',
    calculation: { type: 'percent', of: 'total-sleep-time', in: 'time-in-bed' },
    higherIs: 'better',
  },
  {
    linkId: 'total-sleep-time',
    label: 'Total sleep time',
    code: loincCode('93832-4', 'Sleep duration'),
    unit: 'min',
    range: { least: 0, most: 1080 },
    calculation: {
      type: 'less',
      of: 'time-in-bed',
      less: ['awake-before-trying', 'minutes-to-sleep', 'minutes-awake', 'latency-to-arising'],
    },
    higherIs: 'better',
  },
  {
    ...minutes('time-in-bed', 'Time in bed', 1, 1200),
    calculation: { type: 'sum', linkIds: ['awake-before-trying', 'sleep-period', 'latency-to-arising'] },
    higherIs: 'neither',
  },
  {
    ...minutes('awake-before-trying', 'Time in bed before trying to sleep', 0, 720),
    calculation: { type: 'minutes-between', from: 'into-bed', to: 'tried-to-sleep' },
    higherIs: 'neither',
  },
  {
    ...minutes('sleep-period', 'Sleep period', 0, 1080),
    calculation: { type: 'minutes-between', from: 'tried-to-sleep', to: 'final-waking' },
    higherIs: 'neither',
  },
  {
    ...minutes('latency-to-arising', 'Time in bed after the final awakening', 0, 720),
    calculation: { type: 'minutes-between', from: 'final-waking', to: 'out-of-bed' },
    higherIs: 'worse',
  },
];
