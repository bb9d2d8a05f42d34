import type { PlanDefinition, PlanDefinitionAction, PlanDefinitionGoal } from 'fhir/r4';
import type { VersionedCanonical } from '../../homework/model.ts';
import type { LibraryGoal, LibraryPlan, LibraryStep } from '../../homework/plan/library-plan.ts';
import { ourProfiles } from '../profiles.ts';
import { foreignCodeSystems } from '../systems.ts';
import { toCoding } from '../terminology.ts';
import { toQuantity } from '../to-quantity.ts';
import { toUnlockRule, unlockText } from '../to-unlock-rule.ts';
import { activityDefinitionCanonical, computableName, planDefinitionUrl } from './library-canonicals.ts';
import { toDays, toLibraryTiming } from './library-timing.ts';
import { unlockExpression } from './unlock-expression.ts';

/** What the mapping of a library plan must know of a version of a questionnaire. */
export type BehaviourLinkIdOf = (questionnaire: VersionedCanonical) => string | undefined;

/**
 * A library plan as a PlanDefinition: one action per step, tied by `relatedAction` and a `start` condition. What the
 * condition cannot say (a clinician's approval) stands in the unlock-rule extension, as the whole rule does.
 *
 * @see https://hl7.org/fhir/R4/plandefinition.html
 */
export function toPlanDefinition(plan: LibraryPlan, behaviourLinkIdOf: BehaviourLinkIdOf): PlanDefinition {
  const questionnaires = new Map(plan.steps.map((step) => [step.key, step.questionnaire]));
  const behaviourBefore = ({ unlock }: LibraryStep): string | undefined => {
    const before = unlock.type === 'after' ? questionnaires.get(unlock.after) : undefined;
    return before === undefined ? undefined : behaviourLinkIdOf(before);
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
    action: plan.steps.map((step) => toAction(plan, step, behaviourBefore(step))),
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

function toAction(plan: LibraryPlan, step: LibraryStep, behaviourLinkId: string | undefined): PlanDefinitionAction {
  const { unlock, schedule } = step;
  const expression = unlockExpression(unlock, behaviourLinkId);
  const within = schedule.type === 'once-within' && { offsetRange: { low: toDays(0), high: toDays(schedule.days) } };
  return {
    id: step.key,
    extension: [toUnlockRule(unlock)],
    prefix: String(step.step),
    title: step.title,
    textEquivalent: unlockText(unlock),
    ...(schedule.type === 'event' && { trigger: [{ type: 'named-event', name: schedule.event }] }),
    ...(expression !== undefined && {
      condition: [
        { kind: 'start', expression: { description: unlockText(unlock), language: 'text/fhirpath', expression } },
      ],
    }),
    ...(unlock.type === 'after' && {
      relatedAction: [{ actionId: unlock.after, relationship: 'after-end', ...within }],
    }),
    timingTiming: toLibraryTiming(schedule),
    participant: [{ type: 'patient' }],
    type: {
      coding: [toCoding(foreignCodeSystems.actionType, 'create')],
    },
    definitionCanonical: activityDefinitionCanonical(plan, step.key),
  };
}
