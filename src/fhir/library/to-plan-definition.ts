import type { PlanDefinition, PlanDefinitionAction, PlanDefinitionGoal } from 'fhir/r4';
import type { VersionedCanonical } from '../../homework/model.ts';
import type { LibraryGoal, LibraryPlan, LibraryStep } from '../../homework/plan/library-plan.ts';
import { stepsNamed } from '../../homework/plan/rule-parts.ts';
import { ourProfiles } from '../profiles.ts';
import { foreignCodeSystems, ourExtensions } from '../systems.ts';
import { toCoding } from '../terminology.ts';
import { toDays } from '../timing/to-timing.ts';
import { toQuantity } from '../to-quantity.ts';
import { toUnlockRule, unlockText } from '../to-unlock-rule.ts';
import { activityDefinitionCanonical, computableName, planDefinitionUrl } from './library-canonicals.ts';
import { toLibraryTiming } from './library-timing.ts';
import { type ReadStep, type ReadStepOf, unlockExpression } from './unlock-expression.ts';

/** What the mapping of a library plan must know of a version of a questionnaire. */
export type ReadQuestionnaire = (questionnaire: VersionedCanonical) => ReadStep;

/**
 * A library plan as a PlanDefinition: one action per step, tied by `relatedAction` and a `start` condition. What the
 * condition cannot say (a clinician's approval) stands in the unlock-rule extension, as the whole rule does.
 *
 * @see https://hl7.org/fhir/R4/plandefinition.html
 */
export function toPlanDefinition(plan: LibraryPlan, readQuestionnaire: ReadQuestionnaire): PlanDefinition {
  const questionnaires = new Map(plan.steps.map((step) => [step.key, step.questionnaire]));
  const stepOf = (key: string): ReadStep => {
    const questionnaire = questionnaires.get(key);
    return questionnaire === undefined ? {} : readQuestionnaire(questionnaire);
  };
  return {
    resourceType: 'PlanDefinition',
    id: plan.slug,
    meta: { profile: [ourProfiles.libraryPlan] },
    url: planDefinitionUrl(plan),
    version: plan.version,
    name: computableName(plan.slug),
    title: plan.title,
    type: {
      coding: [toCoding(foreignCodeSystems.planDefinitionType, 'clinical-protocol')],
    },
    status: 'active',
    experimental: false,
    publisher: 'Intersession',
    description: plan.description,
    ...(plan.approvedBy && { approvalDate: plan.approvedBy.on, reviewer: [{ name: plan.approvedBy.name }] }),
    ...(plan.goals.length > 0 && { goal: plan.goals.map(toGoal) }),
    action: plan.steps.map((step) => toAction(plan, step, stepOf)),
  };
}

function toGoal({ key, description, measure, target }: LibraryGoal): PlanDefinitionGoal {
  const detail = target && { ...toQuantity(target.value, target.unit), comparator: target.comparator };
  return {
    id: key,
    description: { text: description },
    ...((measure || detail) && {
      target: [
        { ...(measure && { measure: { coding: [{ ...measure }] } }), ...(detail && { detailQuantity: detail }) },
      ],
    }),
  };
}

function toAction(plan: LibraryPlan, step: LibraryStep, stepOf: ReadStepOf): PlanDefinitionAction {
  const { unlock, schedule, standing } = step;
  const expression = unlockExpression(unlock, stepOf);
  const within = schedule.type === 'once-within' && { offsetRange: { low: toDays(0), high: toDays(schedule.days) } };
  return {
    id: step.key,
    extension: [toUnlockRule(unlock), ...(standing ? [{ url: ourExtensions.standing, valueBoolean: true }] : [])],
    prefix: String(step.step),
    title: step.title,
    textEquivalent: unlockText(unlock),
    ...(schedule.type === 'event' && { trigger: [{ type: 'named-event', name: schedule.event }] }),
    ...(expression !== undefined && {
      condition: [
        { kind: 'start', expression: { description: unlockText(unlock), language: 'text/fhirpath', expression } },
      ],
    }),
    // several related actions must all have ended: of an `any` that would be another rule
    ...(unlock.type !== 'any' &&
      stepsNamed(unlock).length > 0 && {
        relatedAction: stepsNamed(unlock).map((actionId) => ({ actionId, relationship: 'after-end', ...within })),
      }),
    timingTiming: toLibraryTiming(schedule),
    participant: [{ type: 'patient' }],
    type: {
      coding: [toCoding(foreignCodeSystems.actionType, 'create')],
    },
    definitionCanonical: activityDefinitionCanonical(plan, step.key),
  };
}
