import type { CarePlan, Observation, Questionnaire, QuestionnaireResponse, Task } from 'fhir/r4';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../src/fhir/answers/read-answers.ts';
import { toResponseItems } from '../../../src/fhir/answers/write-items.ts';
import { extractObservations } from '../../../src/fhir/extract/extract-observations.ts';
import { toPlanDefinition } from '../../../src/fhir/library/to-plan-definition.ts';
import { unlockExpression } from '../../../src/fhir/library/unlock-expression.ts';
import type {
  Assignment,
  LogResolution,
  LogStatus,
  Occurrence,
  PlanState,
  Schedule,
  UnlockCriterion,
  UnlockRule,
} from '../../../src/homework/model.ts';
import { unlockAllows } from '../../../src/homework/plan/unlock-allows.ts';
import { socialAnxietySpeakingUp } from '../../../src/kinds/library/social-anxiety-speaking-up.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import fc from '../../fast-check.ts';
import { currentOf, firstOf } from '../../kinds/current-of.ts';

interface Logged {
  readonly performedAt: string;
  readonly answers: Record<string, unknown>;
  readonly status?: LogStatus;
  readonly resolution?: LogResolution;
}

interface Scene {
  readonly plan?: CarePlan['status'];
  readonly task?: Task['status'];
  readonly logs?: readonly QuestionnaireResponse[];
  readonly measures?: readonly Observation[];
}

/** The variables of docs/unlock-rules.md for the logs of one step. */
function scene(kind: string, logged: readonly Logged[]): Scene {
  const { questionnaire } = firstOf(kind);
  const inOrder = logged.toSorted((logged, other) => logged.performedAt.localeCompare(other.performedAt));
  const logs = inOrder.map((log, at): QuestionnaireResponse => {
    const items = readAnswers(questionnaire, log.answers);
    return {
      resourceType: 'QuestionnaireResponse',
      id: `log-${at}`,
      extension: [
        {
          url: 'https://intersession.dev/fhir/StructureDefinition/log-context',
          extension: [{ url: 'resolution', valueCode: log.resolution ?? 'resolved' }],
        },
      ],
      status: log.status ?? 'completed',
      authored: log.performedAt,
      item: toResponseItems(questionnaire, items, 'none'),
    };
  });
  const measures = logs.flatMap((response, at) => {
    if (response.status !== 'completed' && response.status !== 'amended') return [];
    return extractObservations({ questionnaire, response, performedAt: inOrder[at]?.performedAt ?? '' });
  });
  return { logs, measures };
}

function holds(
  expression: string | undefined,
  { plan = 'active', task = 'in-progress', logs = [], measures = [] }: Scene,
) {
  const carePlan: CarePlan = { resourceType: 'CarePlan', status: plan, intent: 'plan', subject: {} };
  const assignment: Task = { resourceType: 'Task', status: task, intent: 'order' };
  const environment = {
    ...{ plan: carePlan, task: assignment, logs, measures },
    // of a joined rule: here all its parts name one step
    ...{ task1: assignment, logs1: logs, measures1: measures },
  };
  const [verdict] = fhirpath.evaluate({}, expression ?? 'false', environment, r4, { async: false });
  return verdict === true;
}

/** The condition of a step of Sarah's plan, as it stands in the PlanDefinition. */
function conditionOf(key: string): string | undefined {
  const definition = toPlanDefinition(socialAnxietySpeakingUp, registeredKinds.version);
  return definition.action?.find((action) => action.id === key)?.condition?.[0]?.expression?.expression;
}

const at = '2026-03-01T15:00:00.000Z';

const meetings: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 9, text: 'next nine meetings' },
  window: { start: '2026-03-01', end: '2026-03-31' },
};

function step(key: string, unlock: UnlockRule): Assignment {
  return {
    id: `assignment-${key}`,
    planId: 'plan-1',
    patientId: 'sarah',
    key,
    step: Number(key),
    kind: 'behavioural-experiment',
    title: 'Try it',
    questionnaire: 'https://intersession.dev/fhir/Questionnaire/behavioural-experiment|1.0.0',
    status: 'in-progress',
    businessStatus: 'logging',
    schedules: [{ schedule: meetings, from: at }],
    pauses: [],
    unlock,
    lateGraceHours: 24,
    authoredOn: at,
    lastModified: at,
    reasons: [],
  };
}

const timeDoneBy = (n: number, status: 'done' | 'late'): Occurrence => ({
  ...{ id: `time-${n}`, planId: 'plan-1', assignmentId: 'assignment-1', patientId: 'sarah', ordinal: n + 1 },
  ...{ status, logId: `log-${n}`, openedAt: at, dueUntil: at, lateUntil: at, lastModified: at },
});

function stateWith(questionnaire: Questionnaire, logs: readonly Logged[]): PlanState {
  return {
    plan: {
      id: 'plan-1',
      patientId: 'sarah',
      title: 'Plan',
      status: 'active',
      timeZone: 'America/New_York',
      language: 'en',
      period: { start: '2026-03-01' },
      createdAt: at,
      addresses: [],
      goals: [],
    },
    assignments: [step('1', { type: 'at-start' })],
    // a log that is resolved, or late within the grace, is one by which a time was done
    occurrences: logs.flatMap(({ resolution = 'resolved' }, n) =>
      resolution === 'resolved' || resolution === 'late'
        ? [timeDoneBy(n, resolution === 'late' ? 'late' : 'done')]
        : [],
    ),
    logs: logs.map((log, n) => ({
      id: `log-${n}`,
      planId: 'plan-1',
      assignmentId: 'assignment-1',
      patientId: 'sarah',
      resolution: log.resolution ?? 'resolved',
      questionnaire: `${questionnaire.url}|${questionnaire.version}`,
      status: log.status ?? 'completed',
      performedAt: log.performedAt,
      authored: log.performedAt,
      source: { type: 'patient' },
      items: readAnswers(questionnaire, log.answers),
      withheld: [],
    })),
    barriers: [],
    feedback: [],
    reports: [],
    openSafetySignals: 0,
  };
}

const meeting = (performedAt: string, more: Partial<Logged> = {}): Logged => ({
  performedAt,
  answers: { situation: 'Team meeting', 'suds-peak': 75 },
  ...more,
});

describe("Sarah's unlock conditions", () => {
  it('begin with the plan', () => {
    expect(holds(conditionOf('1'), {})).toBe(true);
    expect(holds(conditionOf('1'), { plan: 'draft' })).toBe(false);
  });

  it('unlock step 2 with the third log of step 1, not before', () => {
    const logs = [meeting('2026-03-02T10:00:00-05:00'), meeting('2026-03-04T10:00:00-05:00')];
    const third = '2026-03-09T10:00:00-04:00';
    const verdict = (all: readonly Logged[]) => holds(conditionOf('2'), scene('self-monitoring', all));
    expect(verdict([])).toBe(false);
    expect(verdict(logs)).toBe(false);
    expect(verdict([...logs, meeting(third)])).toBe(true);
    expect(verdict([...logs, meeting(third, { status: 'amended', resolution: 'late' })])).toBe(true);
    expect(verdict([...logs, meeting(third, { status: 'in-progress' })])).toBe(false);
    expect(verdict([...logs, meeting(third, { status: 'entered-in-error' })])).toBe(false);
    expect(verdict([...logs, meeting(third, { resolution: 'ad-hoc' })])).toBe(false);
    expect(verdict([...logs, meeting(third, { resolution: 'extra' })])).toBe(false);
  });

  it('unlock step 3 when the experiment was tried, whatever came of it', () => {
    const experiment = (answers: Record<string, unknown>, status?: LogStatus) =>
      scene('behavioural-experiment', [
        { performedAt: '2026-03-11T15:00:00-04:00', answers, ...(status && { status }) },
      ]);
    const before = { 'belief-before': 85, prediction: "she will think it's foolish", 'prediction-likelihood': 80 };
    const tried = { ...before, 'experiment-done': true, 'actual-outcome': 'good point', 'belief-after': 70 };
    expect(holds(conditionOf('3'), experiment(before, 'in-progress'))).toBe(false);
    expect(holds(conditionOf('3'), experiment({ ...before, 'experiment-done': false }))).toBe(false);
    expect(holds(conditionOf('3'), experiment(tried, 'in-progress'))).toBe(false);
    expect(holds(conditionOf('3'), experiment(tried))).toBe(true);
    expect(holds(conditionOf('3'), { ...experiment(tried), task: 'entered-in-error' })).toBe(false);
  });

  it.each([
    ['4a', 'graded-exposure', { 'suds-before': 70, 'exposure-done': true, 'duration-seconds': 20 }, 'exposure-done'],
    ['4b', 'communication-practice', { situation: 'Meeting', practised: true, attempts: 1 }, 'practised'],
    ['4c', 'communication-practice', { situation: 'Meeting', practised: true, attempts: 1 }, 'practised'],
  ])('unlock step %s when the behaviour of the step before was done', (key, kind, answers, behaviour) => {
    const performedAt = '2026-03-17T09:00:00-04:00';
    expect(holds(conditionOf(key), scene(kind, [{ performedAt, answers, resolution: 'late' }]))).toBe(true);
    expect(holds(conditionOf(key), scene(kind, [{ performedAt, answers: { ...answers, [behaviour]: false } }]))).toBe(
      false,
    );
    expect(holds(conditionOf(key), {})).toBe(false);
  });
});

describe('unlockExpression', () => {
  const unlockedBy = (criterion: UnlockCriterion, behaviourLinkId?: string) =>
    unlockExpression({ type: 'after', after: '1', criterion }, () => ({ behaviourLinkId }));
  const peaks = (...values: number[]) =>
    scene(
      'self-monitoring',
      values.map((peak, at) => ({
        performedAt: `2026-03-0${at + 1}T10:00:00-05:00`,
        answers: { 'suds-peak': peak, 'belief-before': peak },
      })),
    );

  it('knows when a measure was reached, with and without a unit', () => {
    const low = unlockedBy({ type: 'measure-reached', linkId: 'suds-peak', comparator: '<=', value: 40 });
    expect(holds(low, peaks(75, 41))).toBe(false);
    expect(holds(low, peaks(75, 40, 60))).toBe(true);
    const belief = unlockedBy({ type: 'measure-reached', linkId: 'belief-before', comparator: '>=', value: 90 });
    expect(holds(belief, peaks(89))).toBe(false);
    expect(holds(belief, peaks(90))).toBe(true);
    expect(holds(low, {})).toBe(false);
  });

  it('knows when a measure fell from the first reading to the last', () => {
    const fell = unlockedBy({ type: 'measure-fell', linkId: 'suds-peak', by: 20 });
    expect(holds(fell, peaks(75, 55))).toBe(true);
    expect(holds(fell, peaks(75, 30, 56))).toBe(false);
    expect(holds(fell, peaks(75))).toBe(false);
    expect(holds(fell, {})).toBe(false);
    expect(holds(unlockedBy({ type: 'measure-fell', linkId: 'suds-peak', by: 0 }), peaks(75, 75))).toBe(true);
  });

  it('takes no measure that was taken back', () => {
    const low = unlockedBy({ type: 'measure-reached', linkId: 'suds-peak', comparator: '<=', value: 40 });
    const scened = peaks(30);
    const measures = scened.measures?.map((measure) => ({ ...measure, status: 'entered-in-error' as const }));
    expect(holds(low, { ...scened, ...(measures && { measures }) })).toBe(false);
  });

  it('lets a done one suffice where the kind has no behaviour of its own', () => {
    const done = unlockedBy({ type: 'behaviour-done' });
    expect(holds(done, scene('self-monitoring', [meeting('2026-03-02T10:00:00-05:00')]))).toBe(true);
    expect(holds(done, scene('self-monitoring', [meeting('2026-03-02T10:00:00-05:00', { resolution: 'extra' })]))).toBe(
      false,
    );
  });

  it('knows in how many logs a prediction did not come true, and says nothing where that is not asked', () => {
    const rule: UnlockRule = { type: 'after', after: '1', criterion: { type: 'prediction-not-true', count: 2 } };
    const told = { linkId: 'experiment-done', notTrue: [false] } as const;
    const twice = unlockExpression(rule, () => ({ predictionTold: told }));
    const logs = (...each: readonly [cameTrue: boolean, more?: Partial<Logged>][]) =>
      scene(
        'behavioural-experiment',
        each.map(([cameTrue, more], at) => ({
          ...{ performedAt: `2026-03-0${at + 1}T10:00:00-05:00`, answers: { 'experiment-done': cameTrue } },
          ...more,
        })),
      );
    expect(holds(twice, logs([false]))).toBe(false);
    expect(holds(twice, logs([false], [true]))).toBe(false);
    expect(holds(twice, logs([false], [true], [false]))).toBe(true);
    expect(holds(twice, logs([false], [false, { status: 'amended' }]))).toBe(true);
    for (const status of ['in-progress', 'entered-in-error'] as const)
      expect(holds(twice, logs([false], [false, { status }]))).toBe(false);
    expect(unlockExpression(rule, () => ({}))).toBeUndefined();
  });

  it.each<['all' | 'any', expected: readonly boolean[]]>([
    ['all', [false, false, false, true]],
    ['any', [false, true, true, true]],
  ])('joins rules: %s', (type, expected) => {
    const part = (criterion: UnlockCriterion) => ({ type: 'after', after: '1', criterion }) as const;
    const twice = part({ type: 'logs-done', count: 2 });
    const low = part({ type: 'measure-reached', linkId: 'suds-peak', comparator: '<=', value: 40 });
    const joined = unlockExpression({ type, of: [twice, low] }, () => ({}));
    const scenes = [peaks(75), peaks(75, 60), peaks(40), peaks(75, 40)];
    expect(scenes.map((each) => holds(joined, each))).toEqual(expected);
  });

  it('says nothing where only a clinician can', () => {
    expect(unlockExpression({ type: 'by-clinician' }, () => ({}))).toBeUndefined();
    expect(unlockedBy({ type: 'clinician-approves' })).toBeUndefined();
  });

  it('says nothing of what goes by the patient’s days, nor of a joined rule with such a part', () => {
    const bound = { linkId: 'x', comparator: '<=', value: 1 } as const;
    const mean = { ...bound, type: 'mean-of-days', days: 7, atLeast: 5 } as const;
    const day = { type: 'on-date', date: '2026-03-09' } as const;
    expect(unlockedBy(mean)).toBeUndefined();
    expect(
      unlockedBy({ type: 'quota-kept', planned: 'p', actual: 'a', from: 80, to: 120, days: 5, of: 7 }),
    ).toBeUndefined();
    expect(unlockExpression(day, () => ({}))).toBeUndefined();
    const done = { type: 'after', after: '1', criterion: { type: 'logs-done', count: 1 } } as const;
    expect(unlockExpression({ type: 'any', of: [done, day] }, () => ({}))).toBeUndefined();
    expect(unlockExpression({ type: 'all', of: [done, { ...done, criterion: mean }] }, () => ({}))).toBeUndefined();
  });

  it('says nothing of a score that stands in no response', () => {
    const scores = [{ linkId: 'total' }];
    const of = (criterion: UnlockCriterion) =>
      unlockExpression({ type: 'after', after: '1', criterion }, () => ({ scores }));
    const bound = { comparator: '<=', value: 1 } as const;
    expect(of({ type: 'in-a-row', linkId: 'total', ...bound, count: 2 })).toBeUndefined();
    expect(of({ type: 'fell-within-log', peak: 'total', after: 'x', fall: { by: 1 } })).toBeUndefined();
    expect(of({ type: 'score-reached', score: 'total', ...bound })).toContain("endsWith('#total')");
    expect(of({ type: 'prediction-not-true', count: 1 })).toBeUndefined();
  });

  it('names the steps of a joined rule by their place in it', () => {
    const by = (key: string, count: number) =>
      ({ type: 'after', after: key, criterion: { type: 'logs-done', count } }) as const;
    const expression = unlockExpression({ type: 'all', of: [by('4a', 1), by('2', 2), by('4a', 3)] }, () => ({}));
    const named = (text: string | undefined, name: string) => text?.match(new RegExp(`%${name}\\b`, 'g'))?.length;
    expect([named(expression, 'logs1'), named(expression, 'logs2'), named(expression, 'logs3')]).toEqual([
      2,
      1,
      undefined,
    ]);
    expect([named(expression, 'task1'), named(expression, 'task2'), named(expression, 'logs')]).toEqual([
      2,
      1,
      undefined,
    ]);
  });

  it("agrees with the domain's own verdict on any logs", () => {
    const rating = fc.integer({ min: 30, max: 80 });
    const logged = fc.record({
      answers: fc.record(
        { 'experiment-done': fc.boolean(), 'suds-before': rating, 'suds-peak': rating, 'suds-after': rating },
        { requiredKeys: [] },
      ),
      status: fc.constantFrom<LogStatus>(
        'in-progress',
        'completed',
        'completed',
        'amended',
        'stopped',
        'entered-in-error',
      ),
      resolution: fc.constantFrom<LogResolution>('resolved', 'late', 'ad-hoc', 'extra'),
    });
    const peak = { linkId: 'suds-peak', value: 60 } as const;
    const criteria: readonly UnlockCriterion[] = [
      { type: 'logs-done', count: 2 },
      { type: 'behaviour-done' },
      { type: 'measure-reached', linkId: 'suds-peak', comparator: '<=', value: 45 },
      { type: 'measure-reached', linkId: 'suds-peak', comparator: '>=', value: 65 },
      { type: 'measure-fell', linkId: 'suds-peak', by: 10 },
      { type: 'fell-within-log', peak: 'suds-peak', after: 'suds-after', fall: { by: 20 } },
      { type: 'fell-within-log', peak: 'suds-peak', after: 'suds-after', fall: { toPercent: 60 } },
      { type: 'prediction-not-true', count: 1 },
      { type: 'in-a-row', ...peak, comparator: '<=', count: 2 },
      { type: 'in-a-row', ...peak, comparator: '>=', count: 1 },
      // of an item, as of a score: the last reading that there is
      { type: 'score-reached', score: 'suds-peak', comparator: '<=', value: 50 },
      { type: 'score-changed', score: 'suds-peak', by: 10, direction: 'up' },
      { type: 'score-changed', score: 'suds-peak', by: 10, direction: 'down' },
    ];
    const { kind, questionnaire, behaviourLinkId } = currentOf('behavioural-experiment');
    // what this form asks with yes or no stands in for the question whether it came true
    const predictionTold = { linkId: 'experiment-done', notTrue: [false] } as const;
    const rules = { behaviourLinkId: () => behaviourLinkId, safetyOf: () => [], predictionTold: () => predictionTold };
    const part = fc.constantFrom(...criteria).map((criterion) => ({ type: 'after', after: '1', criterion }) as const);
    const rule: fc.Arbitrary<UnlockRule> = fc.oneof(
      { weight: 3, arbitrary: part },
      {
        weight: 1,
        arbitrary: fc.record({
          type: fc.constantFrom('all' as const, 'any' as const),
          of: fc.array(part, { minLength: 2, maxLength: 3 }),
        }),
      },
    );
    const unlocked = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(logged, { maxLength: 5 }), rule, (given, held) => {
        const logs = given.map((log, at) => ({ ...log, performedAt: `2026-03-0${at + 1}T15:00:00.000Z` }));
        const verdict = unlockAllows(stateWith(questionnaire, logs), step('2', held), { rules, at });
        const name = held.type === 'after' ? held.criterion.type : held.type;
        if (verdict) unlocked.set(name, (unlocked.get(name) ?? 0) + 1);
        const expression = unlockExpression(held, () => ({ behaviourLinkId, predictionTold }));
        expect(holds(expression, scene(kind.slug, logs))).toBe(verdict);
      }),
      { numRuns: 800, seed: 20260302 },
    );
    // both verdicts must really occur, of each
    for (const name of ['all', 'any', ...criteria.map(({ type }) => type)])
      expect(unlocked.get(name) ?? 0, name).toBeGreaterThan(1);
  });

  it('counts logs as it says, for any number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 6 }), (count, logged) => {
        const logs = Array.from({ length: logged }, (_, at) => meeting(`2026-03-0${at + 1}T10:00:00-05:00`));
        expect(holds(unlockedBy({ type: 'logs-done', count }), scene('self-monitoring', logs))).toBe(logged >= count);
      }),
      { numRuns: 20 },
    );
  });
});
