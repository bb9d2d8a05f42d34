import type { ActivityDefinition, PlanDefinition, PlanDefinitionAction, PlanDefinitionGoal } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromPlanDefinition } from '../../../src/fhir/library/from-plan-definition.ts';
import { computableName } from '../../../src/fhir/library/library-canonicals.ts';
import { fromLibraryTiming } from '../../../src/fhir/library/library-timing.ts';
import { toActivityDefinition } from '../../../src/fhir/library/to-activity-definition.ts';
import { toPlanDefinition } from '../../../src/fhir/library/to-plan-definition.ts';
import { unlockExpression } from '../../../src/fhir/library/unlock-expression.ts';
import type { UnlockCriterion } from '../../../src/homework/model.ts';
import { refusedElement } from '../refused-element.ts';
import { eveningWalks, eveningWalksDefinition, secondWalkDefinition } from './evening-walks.ts';

const activities = eveningWalks.steps.map((step) => toActivityDefinition(eveningWalks, step, 'Walk diary'));
const behaviourOf = (questionnaire: string) =>
  questionnaire.includes('/walk-diary|') ? { behaviourLinkId: 'walked' } : {};

describe('a library plan in FHIR', () => {
  it('is written in full', () => {
    expect(toPlanDefinition(eveningWalks, behaviourOf)).toStrictEqual(eveningWalksDefinition);
    expect(activities[1]).toStrictEqual(secondWalkDefinition);
  });

  it('is read back', () => {
    expect(fromPlanDefinition(eveningWalksDefinition, activities)).toStrictEqual(eveningWalks);
  });

  it('has neither goals nor an approval where it has none', () => {
    const { approvedBy: _approvedBy, ...rest } = eveningWalks;
    const plan = { ...rest, goals: [] };
    const written = toPlanDefinition(plan, behaviourOf);
    const { approvalDate: _date, reviewer: _reviewer, goal: _goal, ...definition } = eveningWalksDefinition;
    expect(written).toStrictEqual(definition);
    expect(Object.keys(written)).toStrictEqual(Object.keys(definition));
    const [step] = plan.steps;
    expect(step && Object.keys(toActivityDefinition(plan, step, 'Walk diary'))).not.toContain('reviewer');
    expect(fromPlanDefinition(definition, activities)).toStrictEqual(plan);
    // an approval is who and when
    const { reviewer: _who, ...dated } = eveningWalksDefinition;
    expect(fromPlanDefinition(dated, activities)).not.toHaveProperty('approvedBy');
    const { approvalDate: _when, ...named } = eveningWalksDefinition;
    expect(fromPlanDefinition(named, activities)).not.toHaveProperty('approvedBy');
  });

  it('has its steps in their order, whatever order they stand in', () => {
    const reversed = { ...eveningWalksDefinition, action: (eveningWalksDefinition.action ?? []).toReversed() };
    expect(fromPlanDefinition(reversed, activities)).toStrictEqual(eveningWalks);
  });

  it('depends on the questionnaire, whatever else a step depends on', () => {
    const before = [
      { type: 'documentation', resource: 'https://example.org/Questionnaire/x' },
      { type: 'depends-on', resource: 'https://example.org/Library/x' },
      { type: 'depends-on' },
    ] as const;
    const more = activities.map((activity) => ({
      ...activity,
      relatedArtifact: [...before, ...(activity.relatedArtifact ?? [])],
    }));
    expect(fromPlanDefinition(eveningWalksDefinition, more)).toStrictEqual(eveningWalks);
    const action = (eveningWalksDefinition.action ?? []).map((action) => ({
      ...action,
      ...(action.trigger && { trigger: [{ type: 'periodic', name: 'x' } as const, ...action.trigger] }),
    }));
    expect(fromPlanDefinition({ ...eveningWalksDefinition, action }, activities)).toStrictEqual(eveningWalks);
  });

  it('says within how many days only of a step that is due within so many of its unlocking', () => {
    const [first] = eveningWalks.steps;
    const steps = eveningWalks.steps.map((step) =>
      step.key === '2a' && first !== undefined ? { ...step, schedule: first.schedule } : step,
    );
    const { action } = toPlanDefinition({ ...eveningWalks, steps }, behaviourOf);
    expect(action?.[1]?.relatedAction).toStrictEqual([{ actionId: '1', relationship: 'after-end' }]);
  });

  it('has a name that code can use', () => {
    expect(computableName('social-anxiety', 'step', '4a')).toBe('SocialAnxietyStep4a');
  });
});

describe('a definition that lacks something is refused by name', () => {
  const without = <T extends object>(from: T, ...keys: (keyof T & string)[]): T => {
    const copy = { ...from };
    for (const key of keys) Reflect.deleteProperty(copy, key);
    return copy;
  };
  const goal = (change: (goal: PlanDefinitionGoal) => PlanDefinitionGoal) => ({
    ...eveningWalksDefinition,
    goal: (eveningWalksDefinition.goal ?? []).map((goal) => (goal.id === 'calm' ? change(goal) : goal)),
  });
  const action = (change: (action: PlanDefinitionAction) => PlanDefinitionAction) => ({
    ...eveningWalksDefinition,
    action: (eveningWalksDefinition.action ?? []).map((action) => (action.id === '1' ? change(action) : action)),
  });
  const target = (change: object) => goal((goal) => ({ ...goal, target: [{ ...goal.target?.[0], ...change }] }));
  const detail = (change: object) => target({ detailQuantity: { value: 50, unit: '%', comparator: '<=', ...change } });
  const code = (coding: object) => target({ measure: { coding: [coding] } });

  it.each<[path: string, definition: PlanDefinition, problem?: string]>([
    ['PlanDefinition.url', without(eveningWalksDefinition, 'url')],
    ['PlanDefinition.url', { ...eveningWalksDefinition, url: 'https://example.org/PlanDefinition/evening-walks' }],
    ['PlanDefinition.version', without(eveningWalksDefinition, 'version')],
    ['PlanDefinition.title', without(eveningWalksDefinition, 'title')],
    ['PlanDefinition.description', without(eveningWalksDefinition, 'description')],
    ['PlanDefinition.goal.id', goal((goal) => without(goal, 'id'))],
    ['PlanDefinition.goal(calm).description.text', goal((goal) => ({ ...goal, description: {} }))],
    ['PlanDefinition.goal(calm).target.measure.system', code({ code: 'suds' })],
    ['PlanDefinition.goal(calm).target.measure.code', code({ system: 'urn:m' })],
    ['PlanDefinition.goal(calm).target.detailQuantity.value', detail({ value: undefined })],
    ['PlanDefinition.goal(calm).target.detailQuantity.unit', detail({ unit: undefined })],
    ['PlanDefinition.goal(calm).target.detailQuantity.comparator', detail({ comparator: undefined })],
    ['PlanDefinition.goal(calm).target.detailQuantity.comparator', detail({ comparator: '<' }), 'is none of <=, >='],
    ['PlanDefinition.action.id', action((action) => without(action, 'id'))],
    ['PlanDefinition.action(1).definitionCanonical', action((action) => without(action, 'definitionCanonical'))],
    ['PlanDefinition.action(1).prefix', action((action) => without(action, 'prefix'))],
    ['PlanDefinition.action(1).prefix', action((action) => ({ ...action, prefix: '0' }))],
    ['PlanDefinition.action(1).prefix', action((action) => ({ ...action, prefix: '1.5' }))],
    ['PlanDefinition.action(1).prefix', action((action) => ({ ...action, prefix: 'a' }))],
    ['PlanDefinition.action(1).trigger.name', action((action) => without(action, 'trigger'))],
    ['PlanDefinition.action(1).timingTiming.code', action((action) => without(action, 'timingTiming'))],
    ['PlanDefinition.action(1).extension(unlock-rule)', action((action) => without(action, 'extension'))],
  ])('%s', (path, definition, problem = 'is missing') => {
    expect(refusedElement(() => fromPlanDefinition(definition, activities))).toStrictEqual({ path, problem });
  });

  it.each<[path: string, keys: (keyof ActivityDefinition)[]]>([
    ['ActivityDefinition.code', ['code']],
    ['ActivityDefinition.title', ['title']],
    ['ActivityDefinition.description', ['description']],
    ['ActivityDefinition.purpose', ['purpose']],
    ['ActivityDefinition.relatedArtifact', ['relatedArtifact']],
    ['PlanDefinition.action(1).definitionCanonical', ['version']],
  ])('%s', (path, keys) => {
    const broken = activities.map((activity) => without(activity, ...keys));
    expect(refusedElement(() => fromPlanDefinition(eveningWalksDefinition, broken))).toStrictEqual({
      path,
      problem: 'is missing',
    });
  });

  it('by the part of a schedule', () => {
    const coding = [{ system: 'https://intersession.dev/fhir/CodeSystem/schedule-type', code: 'event' }];
    const timing = { code: { coding, text: 'soon' }, repeat: { count: 3, boundsDuration: { value: 14 } } };
    const refused = (change: object, event: string | undefined = 'dinner') =>
      refusedElement(() => fromLibraryTiming({ ...timing, ...change }, event, 'action'))?.path;
    expect(fromLibraryTiming(timing, 'dinner', 'action')).toStrictEqual({
      type: 'event',
      event: 'dinner',
      count: 3,
      text: 'soon',
      days: 14,
    });
    expect(refused({ repeat: { count: 3 } })).toBe('action.timingTiming.repeat.boundsDuration.value');
    expect(refused({ repeat: { boundsDuration: { value: 14 } } })).toBe('action.timingTiming.repeat.count');
    expect(refused({ code: { coding } })).toBe('action.timingTiming.code.text');
    expect(refused({ code: { coding: [{ ...coding[0], code: 'once' }], text: 'x' } })).toBe('action.timingTiming.code');
    expect(refusedElement(() => fromLibraryTiming(timing, undefined, 'action'))?.path).toBe('action.trigger.name');
    const once = { ...timing, code: { coding: [{ ...coding[0], code: 'once-within' }] } };
    expect(fromLibraryTiming(once, undefined, 'action')).toStrictEqual({ type: 'once-within', days: 14 });
  });
});

describe('the condition of a step', () => {
  const onRecord = "%task.status != 'entered-in-error' and ";
  const finished = "%logs.where(status = 'completed' or status = 'amended')";
  const counted =
    "where(extension('https://intersession.dev/fhir/StructureDefinition/log-context').extension('resolution').value.where($this = 'resolved' or $this = 'late').exists())";
  const pain =
    "%measures.where(status != 'entered-in-error' and identifier.where(system = 'https://intersession.dev/id/measure' and value.endsWith('#pain')).exists()).select(value.ofType(integer) | value.ofType(Quantity).value)";

  it.each<[criterion: UnlockCriterion, behaviour: string | undefined, expression: string]>([
    [{ type: 'logs-done', count: 3 }, 'walked', `${onRecord}${finished}.${counted}.count() >= 3`],
    [{ type: 'behaviour-done' }, undefined, `${onRecord}${finished}.${counted}.exists()`],
    [
      { type: 'behaviour-done' },
      'walked',
      `${onRecord}${finished}.descendants().where(linkId = 'walked').answer.where(value = true).exists()`,
    ],
    [
      { type: 'measure-reached', linkId: 'pain', comparator: '<=', value: 4 },
      undefined,
      `${onRecord}${pain}.where($this <= 4).exists()`,
    ],
    [
      { type: 'measure-fell', linkId: 'pain', by: 2 },
      undefined,
      `${onRecord}${pain}.count() > 1 and ${pain}.first() - ${pain}.last() >= 2`,
    ],
  ])('%j', (criterion, behaviour, expression) => {
    expect(unlockExpression({ type: 'after', after: '1', criterion }, () => ({ behaviourLinkId: behaviour }))).toBe(
      expression,
    );
  });

  it('is none where only a clinician decides', () => {
    expect(unlockExpression({ type: 'by-clinician' }, () => ({ behaviourLinkId: 'walked' }))).toBeUndefined();
    expect(
      unlockExpression({ type: 'after', after: '1', criterion: { type: 'clinician-approves' } }, () => ({
        behaviourLinkId: 'walked',
      })),
    ).toBeUndefined();
  });

  it('knows the behaviour of the form before, not of its own', () => {
    const steps = eveningWalks.steps.map((step) =>
      step.key === '1' ? { ...step, questionnaire: 'https://x/Questionnaire/y|1' } : step,
    );
    const { action } = toPlanDefinition({ ...eveningWalks, steps }, behaviourOf);
    expect(action?.[1]?.condition?.[0]?.expression?.expression).toBe(`${onRecord}${finished}.${counted}.exists()`);
  });
});
