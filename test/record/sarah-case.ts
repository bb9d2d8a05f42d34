import type { LogHomeworkCommand } from '../../src/record/use-cases/log-homework.ts';
import type { CreatePlanCommand } from '../../src/record/use-cases/plan-design.ts';

/** Sarah's plan as in the standing acceptance case: the library plan with its dates set. */
export const sarahsPlan: CreatePlanCommand = {
  sourceId: 'sarah-plan',
  clientId: 'homework-product',
  patientId: 'sarah',
  timeZone: 'America/New_York',
  author: 'Practitioner/dr-okafor',
  addresses: ['Condition/sarah-social-anxiety'],
  period: { start: '2026-03-01', end: '2026-04-12' },
  libraryPlan: 'social-anxiety-speaking-up|1.0.0',
  tailor: {
    '1': {
      schedule: {
        type: 'event',
        event: 'team meeting',
        count: 3,
        text: 'next three team meetings',
        window: { start: '2026-03-02', end: '2026-03-13' },
      },
    },
    '2': { schedule: { type: 'once', by: '2026-03-13' } },
    '3': { schedule: { type: 'once', by: '2026-03-16' } },
    '4a': { schedule: { type: 'once', by: '2026-03-20' } },
    '4b': { schedule: { type: 'once', by: '2026-03-23' } },
    '4c': { schedule: { type: 'once', by: '2026-03-30' } },
  },
};

type Rating = readonly [number, number];
type Suds = readonly [number, number, number];

function ratings([before, after]: Rating, suds: Suds): Record<string, unknown> {
  return {
    'belief-before': before,
    'belief-after': after,
    'suds-before': suds[0],
    'suds-peak': suds[1],
    'suds-after': suds[2],
  };
}

export interface SarahsLog extends Omit<LogHomeworkCommand, 'assignmentId'> {
  readonly key: string;
}

const log = (sourceId: string, key: string, performedAt: string, answers: Record<string, unknown>): SarahsLog => ({
  sourceId,
  clientId: 'homework-product',
  key,
  performedAt,
  answers,
});

/** Her six logs, by hand from the acceptance case. */
export const sarahsLogs: readonly SarahsLog[] = [
  log('1.1', '1', '2026-03-02T10:00:00-05:00', {
    ...ratings([90, 90], [60, 75, 50]),
    situation: 'Monday team meeting',
    prediction: 'they will laugh',
    'self-censored': 4,
  }),
  log('1.2', '1', '2026-03-04T10:00:00-05:00', {
    ...ratings([90, 88], [55, 70, 45]),
    situation: 'Wednesday team meeting',
    'self-censored': 3,
  }),
  log('1.3', '1', '2026-03-09T10:00:00-04:00', {
    ...ratings([88, 85], [55, 70, 45]),
    situation: 'Monday team meeting',
    'self-censored': 3,
  }),
  log('2', '2', '2026-03-11T15:00:00-04:00', {
    ...ratings([85, 70], [50, 65, 30]),
    prediction: "she will think it's foolish",
    'prediction-likelihood': 80,
    'experiment-done': true,
    'actual-outcome': '"good point"',
  }),
  log('3', '3', '2026-03-17T09:00:00-04:00', {
    ...ratings([70, 55], [70, 80, 40]),
    'exposure-done': true,
    'duration-seconds': 20,
  }),
  log('4a', '4a', '2026-03-18T10:00:00-04:00', {
    ...ratings([55, 45], [60, 65, 30]),
    situation: 'Wednesday team meeting',
    practised: true,
    attempts: 1,
  }),
];
