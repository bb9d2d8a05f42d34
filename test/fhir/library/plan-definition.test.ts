import type { ActivityDefinition, PlanDefinition } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromPlanDefinition } from '../../../src/fhir/library/from-plan-definition.ts';
import { toActivityDefinition } from '../../../src/fhir/library/to-activity-definition.ts';
import { toPlanDefinition } from '../../../src/fhir/library/to-plan-definition.ts';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import type { UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import type { LibraryPlan } from '../../../src/homework/plan/library-plan.ts';
import { canonicalOf } from '../../../src/kinds/canonical-of.ts';
import { currentVersion } from '../../../src/kinds/kind.ts';
import { libraryPlans } from '../../../src/kinds/library/registry.ts';
import { socialAnxietySpeakingUp as sarah } from '../../../src/kinds/library/social-anxiety-speaking-up.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import fc from '../../fast-check.ts';

function write(plan: LibraryPlan): { definition: PlanDefinition; activities: ActivityDefinition[] } {
  return {
    definition: toPlanDefinition(plan, registeredKinds.version),
    activities: plan.steps.map((step) => toActivityDefinition(plan, step, registeredKinds.kind(step.kind).title)),
  };
}

function roundTrip(plan: LibraryPlan): LibraryPlan {
  const { definition, activities } = write(plan);
  return fromPlanDefinition(
    JSON.parse(JSON.stringify(definition)),
    JSON.parse(JSON.stringify(activities.toReversed())),
  );
}

const text = fc.constantFrom('Notice what happens', 'Say “one” sentence', 'a & b < c', 'Zoë – 心');
const criterion: fc.Arbitrary<UnlockCriterion> = fc.oneof(
  fc.record({ type: fc.constant('logs-done' as const), count: fc.integer({ min: 1, max: 9 }) }),
  fc.constant({ type: 'behaviour-done' as const }),
  fc.constant({ type: 'clinician-approves' as const }),
  fc.record({
    type: fc.constant('measure-reached' as const),
    linkId: fc.constantFrom('suds-peak', 'belief-after'),
    comparator: fc.constantFrom('<=' as const, '>=' as const),
    value: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({
    type: fc.constant('measure-fell' as const),
    linkId: fc.constant('suds-peak'),
    by: fc.integer({ min: 1, max: 50 }),
  }),
);
const schedule = fc.oneof(
  fc.record({ type: fc.constant('once-within' as const), days: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    type: fc.constant('event' as const),
    event: text,
    count: fc.integer({ min: 1, max: 9 }),
    text,
    days: fc.integer({ min: 1, max: 60 }),
  }),
);

const step = (at: number) =>
  fc
    .record({
      kind: fc.constantFrom(...registeredKinds.kinds),
      title: text,
      instructions: text,
      rationale: text,
      schedule,
      criterion,
      rule: fc.constantFrom('at-start' as const, 'by-clinician' as const, 'after' as const),
    })
    .map(({ kind, criterion: held, rule, ...rest }) => {
      const unlock: UnlockRule =
        rule === 'after' && at > 1
          ? { type: rule, after: `s${at - 1}`, criterion: held }
          : { type: at === 1 ? 'at-start' : 'by-clinician' };
      return {
        ...rest,
        key: `s${at}`,
        step: at,
        kind: kind.slug,
        questionnaire: canonicalOf(currentVersion(kind).questionnaire),
        unlock,
      };
    });

const libraryPlan: fc.Arbitrary<LibraryPlan> = fc.integer({ min: 1, max: 4 }).chain((length) =>
  fc.record(
    {
      slug: fc.constantFrom('any-plan', 'other'),
      version: fc.constantFrom('1.0.0', '2.1.3'),
      title: text,
      description: text,
      goals: fc.constantFrom([], sarah.goals),
      steps: fc.tuple(...Array.from({ length }, (_, at) => step(at + 1))),
      approvedBy: fc.record({ name: text, on: fc.constant('2026-02-20') }),
    },
    { requiredKeys: ['slug', 'version', 'title', 'description', 'goals', 'steps'] },
  ),
);

describe('a library plan as PlanDefinition and ActivityDefinitions', () => {
  it.each(libraryPlans.map((plan) => ({ slug: plan.slug, plan })))('comes back as it was: $slug', ({ plan }) => {
    // words for other numbers of times are for tailoring in this service, and no part of the definition
    const steps = plan.steps.map(({ counted: _counted, ...step }) => step);
    expect(roundTrip(plan)).toEqual({ ...plan, steps });
  });

  it('comes back as it was, whatever the plan', () => {
    fc.assert(
      fc.property(libraryPlan, (plan) => {
        expect(roundTrip(plan)).toEqual(plan);
      }),
      { numRuns: 100 },
    );
  });

  it('ties each step to the one that unlocks it, with a condition and an offset', () => {
    const { definition } = write(sarah);
    expect(definition.action?.map((action) => [action.id, action.relatedAction?.[0]?.actionId])).toEqual([
      ['1', undefined],
      ['2', '1'],
      ['3', '2'],
      ['4a', '3'],
      ['4b', '4a'],
      ['4c', '4b'],
    ]);
    for (const action of definition.action ?? []) {
      expect(action.condition).toEqual([
        { kind: 'start', expression: expect.objectContaining({ language: 'text/fhirpath' }) },
      ]);
    }
    expect(definition.action?.[2]?.relatedAction).toEqual([
      {
        actionId: '2',
        relationship: 'after-end',
        offsetRange: {
          low: expect.objectContaining({ value: 0 }),
          high: expect.objectContaining({ value: 5, code: 'd' }),
        },
      },
    ]);
    expect(definition.action?.[0]?.trigger).toEqual([{ type: 'named-event', name: 'team meeting' }]);
    expect(definition.action?.[0]?.timingTiming?.repeat?.count).toBe(3);
  });

  it('leaves what only a clinician decides to the extension', () => {
    const [first, second] = sarah.steps;
    if (!first || !second) throw new Error('a plan without steps');
    const unlock: UnlockRule = { type: 'after', after: '1', criterion: { type: 'clinician-approves' } };
    const { definition } = write({ ...sarah, steps: [first, { ...second, unlock }] });
    const action = definition.action?.[1];
    expect(action?.condition).toBeUndefined();
    expect(action?.relatedAction?.[0]?.actionId).toBe('1');
    expect(action?.extension?.[0]?.extension).toContainEqual({ url: 'criterion', valueCode: 'clinician-approves' });
  });

  it('names form and definition by their versions', () => {
    const { definition, activities } = write(sarah);
    expect(definition.action?.[3]?.definitionCanonical).toBe(
      'https://intersession.dev/fhir/ActivityDefinition/social-anxiety-speaking-up-4a|1.0.0',
    );
    expect(activities[3]).toMatchObject({
      id: 'social-anxiety-speaking-up-4a',
      url: 'https://intersession.dev/fhir/ActivityDefinition/social-anxiety-speaking-up-4a',
      version: '1.0.0',
      name: 'SocialAnxietySpeakingUpStep4a',
      kind: 'Task',
      profile: 'https://intersession.dev/fhir/StructureDefinition/homework-assignment',
      relatedArtifact: [
        { type: 'depends-on', resource: 'https://intersession.dev/fhir/Questionnaire/communication-practice|1.0.0' },
      ],
    });
    expect(activities[3]).not.toHaveProperty('dynamicValue');
  });

  it.each<[string, (definition: PlanDefinition) => PlanDefinition]>([
    ['PlanDefinition.url', ({ url: _url, ...rest }) => rest],
    ['PlanDefinition.version', ({ version: _version, ...rest }) => rest],
    [
      'PlanDefinition.action(1).definitionCanonical',
      (definition) => ({
        ...definition,
        action: (definition.action ?? []).map((action) => ({
          ...action,
          definitionCanonical: 'https://example.org/x',
        })),
      }),
    ],
    [
      'PlanDefinition.action(1).extension(unlock-rule)',
      (definition) => ({
        ...definition,
        action: (definition.action ?? []).map(({ extension: _rule, ...action }) => action),
      }),
    ],
  ])('is refused without %s, by name', (path, breakIt) => {
    const { definition, activities } = write(sarah);
    try {
      fromPlanDefinition(breakIt(definition), activities);
      expect.unreachable();
    } catch (error) {
      expect(hasCode(error, 'invalid-request') && error.fields.issues[0]?.path).toBe(path);
    }
  });
});
