import type { HomeworkRules } from '../../src/homework/homework-rules.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import type { PlanState, Schedule, UnlockRule } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import type { DesignAssignment } from '../../src/homework/plan/design.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { aLog, answers, aPlan, kindNamed } from './build-plan.ts';

/** Sarah's worked case, step by step; New York is UTC−5 until 8 March 2026 and UTC−4 from then on. */
export const rules: HomeworkRules = {
  safetyOf: () => [],
  behaviourLinkId: (questionnaire) =>
    ({
      'behavioural-experiment': 'experiment-done',
      'graded-exposure': 'exposure-done',
      'communication-practice': 'practised',
    })[kindNamed(questionnaire)],
};

const after = (key: string): UnlockRule => ({
  type: 'after',
  after: key,
  criterion: key === '1' ? { type: 'logs-done', count: 3 } : { type: 'behaviour-done' },
});

function step(key: string, kind: string, title: string, schedule: Schedule, unlock: UnlockRule): DesignAssignment {
  return {
    id: key,
    key,
    kind,
    title,
    questionnaire: `https://intersession.dev/fhir/Questionnaire/${kind}|1.0.0`,
    schedule,
    unlock,
    lateGraceHours: 24,
  };
}

export const steps: readonly DesignAssignment[] = [
  step(
    '1',
    'self-monitoring',
    'Notice what happens in three team meetings',
    {
      type: 'event',
      event: 'team meeting',
      count: 3,
      text: 'next three team meetings',
      window: { start: '2026-03-02', end: '2026-03-13' },
    },
    { type: 'at-start' },
  ),
  step(
    '2',
    'behavioural-experiment',
    'Tell one trusted colleague your view',
    { type: 'once', by: '2026-03-13' },
    after('1'),
  ),
  step('3', 'graded-exposure', 'Say one factual statement', { type: 'once', by: '2026-03-16' }, after('2')),
  step('4a', 'communication-practice', 'Ask a question', { type: 'once', by: '2026-03-20' }, after('3')),
  step('4b', 'communication-practice', 'Offer a minor opinion', { type: 'once', by: '2026-03-23' }, after('4a')),
  step('4c', 'communication-practice', 'Lead a small segment', { type: 'once', by: '2026-03-30' }, after('4b')),
];

export const designedAt = '2026-03-01T15:00:00.000Z';

interface Logged {
  readonly id: string;
  readonly assignmentId: string;
  readonly performedAt: string;
  readonly belief: readonly [number, number];
  readonly suds: readonly [number, number, number];
  readonly more: Readonly<Record<string, number | boolean | string>>;
}

export const logs: readonly Logged[] = [
  {
    id: '1.1',
    assignmentId: '1',
    performedAt: '2026-03-02T15:00:00.000Z',
    belief: [90, 90],
    suds: [60, 75, 50],
    more: { 'self-censored': 4, prediction: 'they will laugh' },
  },
  {
    id: '1.2',
    assignmentId: '1',
    performedAt: '2026-03-04T15:00:00.000Z',
    belief: [90, 88],
    suds: [55, 70, 45],
    more: { 'self-censored': 3 },
  },
  {
    id: '1.3',
    assignmentId: '1',
    performedAt: '2026-03-09T14:00:00.000Z',
    belief: [88, 85],
    suds: [55, 70, 45],
    more: { 'self-censored': 3 },
  },
  {
    id: '2',
    assignmentId: '2',
    performedAt: '2026-03-11T19:00:00.000Z',
    belief: [85, 70],
    suds: [50, 65, 30],
    more: {
      prediction: "she will think it's foolish",
      'prediction-likelihood': 80,
      'actual-outcome': 'good point',
      'experiment-done': true,
    },
  },
  {
    id: '3',
    assignmentId: '3',
    performedAt: '2026-03-17T13:00:00.000Z',
    belief: [70, 55],
    suds: [70, 80, 40],
    more: { 'duration-seconds': 20, 'exposure-done': true },
  },
  {
    id: '4a',
    assignmentId: '4a',
    performedAt: '2026-03-18T14:00:00.000Z',
    belief: [55, 45],
    suds: [60, 65, 30],
    more: { attempts: 1, practised: true },
  },
];

/** Sarah's plan, active, with her logs that were made until `until`, each logged when it happened. */
export function sarahUntil(until: string): PlanState {
  const active = activatePlan(designPlan(aPlan(steps), designedAt), designedAt, rules);
  return logs
    .filter(({ performedAt }) => performedAt <= until)
    .reduce((state, { id, assignmentId, performedAt, belief, suds, more }) => {
      const items = answers({
        'belief-before': belief[0],
        'belief-after': belief[1],
        'suds-before': suds[0],
        'suds-peak': suds[1],
        'suds-after': suds[2],
        ...more,
      });
      return takeLog(state, aLog({ id, assignmentId, performedAt, items }), performedAt, rules).state;
    }, active);
}
