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
  PlanState,
  Schedule,
  UnlockCriterion,
  UnlockRule,
} from '../../../src/homework/model.ts';
import { unlockAllows } from '../../../src/homework/plan/unlock-allows.ts';
import { socialAnxietySpeakingUp } from '../../../src/kinds/library/social-anxiety-speaking-up.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import fc from '../../fast-check.ts';
import { currentOf } from '../../kinds/current-of.ts';

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
  const { questionnaire } = currentOf(kind);
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
  const environment = { plan: carePlan, task: assignment, logs, measures };
  const [verdict] = fhirpath.evaluate({}, expression ?? 'false', environment, r4, { async: false });
  return verdict === true;
}

/** The condition of a step of Sarah's plan, as it stands in the PlanDefinition. */
function conditionOf(key: string): string | undefined {
  const definition = toPlanDefinition(
    socialAnxietySpeakingUp,
    (questionnaire) => registeredKinds.version(questionnaire).behaviourLinkId,
  );
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

const lockedStep = (criterion: UnlockCriterion) => step('2', { type: 'after', after: '1', criterion });

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
    occurrences: [],
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
    unlockExpression({ type: 'after', after: '1', criterion }, behaviourLinkId);
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

  it('says nothing where only a clinician can', () => {
    expect(unlockExpression({ type: 'by-clinician' }, undefined)).toBeUndefined();
    expect(unlockedBy({ type: 'clinician-approves' })).toBeUndefined();
  });

  it("agrees with the domain's own verdict on any logs", () => {
    const logged = fc.record({
      answers: fc.record(
        { 'experiment-done': fc.boolean(), 'suds-peak': fc.integer({ min: 30, max: 80 }) },
        { requiredKeys: [] },
      ),
      status: fc.constantFrom<LogStatus>('in-progress', 'completed', 'amended', 'stopped', 'entered-in-error'),
      resolution: fc.constantFrom<LogResolution>('resolved', 'late', 'ad-hoc', 'extra'),
    });
    const criterion = fc.constantFrom<UnlockCriterion>(
      { type: 'logs-done', count: 2 },
      { type: 'behaviour-done' },
      { type: 'measure-reached', linkId: 'suds-peak', comparator: '<=', value: 45 },
      { type: 'measure-reached', linkId: 'suds-peak', comparator: '>=', value: 65 },
      { type: 'measure-fell', linkId: 'suds-peak', by: 10 },
    );
    const { kind, questionnaire, behaviourLinkId } = currentOf('behavioural-experiment');
    const rules = { behaviourLinkId: () => behaviourLinkId, safetyOf: () => [] };
    let unlocked = 0;
    fc.assert(
      fc.property(fc.array(logged, { maxLength: 5 }), criterion, (given, held) => {
        const logs = given.map((log, at) => ({ ...log, performedAt: `2026-03-0${at + 1}T15:00:00.000Z` }));
        const verdict = unlockAllows(stateWith(questionnaire, logs), lockedStep(held), rules);
        unlocked += verdict ? 1 : 0;
        expect(holds(unlockedBy(held, behaviourLinkId), scene(kind.slug, logs))).toBe(verdict);
      }),
      { numRuns: 300, seed: 20260302 },
    );
    // Both verdicts must really occur.
    expect(unlocked).toBeGreaterThan(20);
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
