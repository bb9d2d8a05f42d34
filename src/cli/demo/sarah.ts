/**
 * Sarah's case as the homework product tells it: what was planned, what she logged, and when. Zone America/New_York;
 * summer time begins on Sunday 8 March 2026.
 */
export const belief = 'If I speak, I will sound foolish and my colleagues will judge me negatively.';

export const plan = {
  sourceId: 'sarah-speaking-up',
  patientId: 'sarah',
  timeZone: 'America/New_York',
  libraryPlan: 'social-anxiety-speaking-up|1.0.0',
  period: { start: '2026-03-01', end: '2026-04-12' },
  author: 'Practitioner/dr-okafor',
  addresses: ['Condition/sarah-social-anxiety'],
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
} as const;

/** When the plan was made, at the visit on Sunday's eve of the first week. */
export const plannedAt = '2026-03-01T10:00:00-05:00';

export interface SarahLog {
  readonly log: string;
  readonly step: string;
  readonly performedAt: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

const ratings = (belief: [number, number], suds: [number, number, number]) => ({
  'belief-before': belief[0],
  'belief-after': belief[1],
  'suds-before': suds[0],
  'suds-peak': suds[1],
  'suds-after': suds[2],
});

export const logs: readonly SarahLog[] = [
  {
    log: '1.1',
    step: '1',
    performedAt: '2026-03-02T10:00:00-05:00',
    answers: {
      ...ratings([90, 90], [60, 75, 50]),
      situation: 'Monday team meeting, eight people, project status round',
      prediction: 'they will laugh',
      'self-censored': 4,
      'before-thoughts': 'I have nothing worth saying',
      'during-sensations': 'heart racing, hot face',
      'after-feelings': 'relieved it was over, annoyed with myself',
    },
  },
  {
    log: '1.2',
    step: '1',
    performedAt: '2026-03-04T10:00:00-05:00',
    answers: { ...ratings([90, 88], [55, 70, 45]), situation: 'Wednesday team meeting', 'self-censored': 3 },
  },
  {
    log: '1.3',
    step: '1',
    performedAt: '2026-03-09T10:00:00-04:00',
    answers: { ...ratings([88, 85], [55, 70, 45]), situation: 'Monday team meeting', 'self-censored': 3 },
  },
  {
    log: '2',
    step: '2',
    performedAt: '2026-03-11T15:00:00-04:00',
    answers: {
      ...ratings([85, 70], [50, 65, 30]),
      belief,
      prediction: "she will think it's foolish",
      'prediction-likelihood': 80,
      'experiment-done': true,
      'actual-outcome': 'good point',
      learned: 'She took it as a normal remark',
    },
  },
  {
    log: '3',
    step: '3',
    performedAt: '2026-03-17T09:00:00-04:00',
    answers: {
      ...ratings([70, 55], [70, 80, 40]),
      'exposure-done': true,
      'duration-seconds': 20,
      'actual-outcome': 'Nobody laughed; the meeting went on',
    },
  },
  {
    log: '4a',
    step: '4a',
    performedAt: '2026-03-18T10:00:00-04:00',
    answers: {
      ...ratings([55, 45], [60, 65, 30]),
      situation: 'Wednesday team meeting',
      'what-was-said': 'Asked one question about the timeline',
      practised: true,
      attempts: 1,
    },
  },
];

/** 4b was due on Monday 23 March: overdue from Tuesday 04:00, missed from Wednesday 04:00. */
export const overdueFrom = '2026-03-24T04:00:00-04:00';
export const missedFrom = '2026-03-25T04:00:00-04:00';
/** The visit at which the miss was talked over. */
export const visitAt = '2026-03-25T15:00:00-04:00';
export const barrier = {
  code: 'fear',
  text: 'Afraid of being contradicted in front of the team',
  saidBy: 'Practitioner/dr-okafor',
} as const;
