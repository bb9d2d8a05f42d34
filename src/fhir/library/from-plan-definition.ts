import type {
  ActivityDefinition,
  Coding as FhirCoding,
  PlanDefinition,
  PlanDefinitionAction,
  PlanDefinitionGoal,
} from 'fhir/r4';
import type { Coding } from '../../homework/model.ts';
import type { LibraryGoal, LibraryPlan, LibraryStep } from '../../homework/plan/library-plan.ts';
import { codeIn } from '../concept.ts';
import { expectCode, expectElement } from '../expect-element.ts';
import { findExtension } from '../find-extension.ts';
import { fromUnlockRule } from '../from-unlock-rule.ts';
import { canonicalBase, ourCodeSystems, ourExtensions } from '../systems.ts';
import { fromLibraryTiming } from './library-timing.ts';

/**
 * A library plan from its PlanDefinition and the ActivityDefinitions that its actions name; the inverse of
 * `toPlanDefinition` and `toActivityDefinition`.
 *
 * @throws IntersessionError `invalid-request` naming the element that is missing
 */
export function fromPlanDefinition(definition: PlanDefinition, activities: readonly ActivityDefinition[]): LibraryPlan {
  const byCanonical = new Map(activities.map((activity) => [`${activity.url}|${activity.version}`, activity]));
  const reviewer = definition.reviewer?.[0]?.name;
  return {
    slug: fromUrl(definition.url),
    version: expectElement(definition.version, 'PlanDefinition.version'),
    title: expectElement(definition.title, 'PlanDefinition.title'),
    description: expectElement(definition.description, 'PlanDefinition.description'),
    goals: (definition.goal ?? []).map(fromGoal),
    steps: (definition.action ?? [])
      .map((action) => fromAction(action, byCanonical))
      .toSorted((libraryStep, other) => libraryStep.step - other.step),
    ...(definition.approvalDate !== undefined &&
      reviewer !== undefined && { approvedBy: { name: reviewer, on: definition.approvalDate } }),
  };
}

function fromUrl(url: string | undefined): string {
  const base = `${canonicalBase}/PlanDefinition/`;
  return expectElement(url?.startsWith(base) ? url.slice(base.length) : undefined, 'PlanDefinition.url');
}

function fromGoal(goal: PlanDefinitionGoal): LibraryGoal {
  const key = expectElement(goal.id, 'PlanDefinition.goal.id');
  const path = `PlanDefinition.goal(${key})`;
  const target = goal.target?.[0];
  const measure = target?.measure?.coding?.[0];
  const detail = target?.detailQuantity;
  return {
    key,
    description: expectElement(goal.description.text, `${path}.description.text`),
    ...(measure && { measure: fromCoding(measure, `${path}.target.measure`) }),
    ...(detail && {
      target: {
        value: expectElement(detail.value, `${path}.target.detailQuantity.value`),
        unit: expectElement(detail.unit, `${path}.target.detailQuantity.unit`),
        comparator: expectCode(detail.comparator, ['<=', '>='], `${path}.target.detailQuantity.comparator`),
      },
    }),
  };
}

function fromCoding({ system, code, display }: FhirCoding, path: string): Coding {
  return {
    system: expectElement(system, `${path}.system`),
    code: expectElement(code, `${path}.code`),
    ...(display !== undefined && { display }),
  };
}

function fromAction(action: PlanDefinitionAction, activities: ReadonlyMap<string, ActivityDefinition>): LibraryStep {
  const key = expectElement(action.id, 'PlanDefinition.action.id');
  const path = `PlanDefinition.action(${key})`;
  const activity = expectElement(activities.get(action.definitionCanonical ?? ''), `${path}.definitionCanonical`);
  const questionnaire = activity.relatedArtifact?.find(
    ({ type, resource }) => type === 'depends-on' && resource?.includes('/Questionnaire/'),
  )?.resource;
  const event = action.trigger?.find((trigger) => trigger.type === 'named-event')?.name;
  const step = Number(action.prefix);
  return {
    key,
    step: expectElement(Number.isInteger(step) && step > 0 ? step : undefined, `${path}.prefix`),
    kind: expectElement(codeIn(activity.code, ourCodeSystems.kind), 'ActivityDefinition.code'),
    title: expectElement(activity.title, 'ActivityDefinition.title'),
    instructions: expectElement(activity.description, 'ActivityDefinition.description'),
    rationale: expectElement(activity.purpose, 'ActivityDefinition.purpose'),
    questionnaire: expectElement(questionnaire, 'ActivityDefinition.relatedArtifact'),
    schedule: fromLibraryTiming(action.timingTiming, event, path),
    ...(findExtension(action, ourExtensions.standing)?.valueBoolean === true && { standing: true }),
    unlock: fromUnlockRule(
      expectElement(findExtension(action, ourExtensions.unlockRule), `${path}.extension(unlock-rule)`),
    ),
  };
}
