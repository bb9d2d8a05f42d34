import type { Goal as FhirGoal, GoalTarget } from 'fhir/r4';
import type { Goal, Plan, PlanStatus } from '../homework/model.ts';
import { toIdentifier, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toQuantity } from './to-quantity.ts';

const lifecycle: Readonly<Record<PlanStatus, FhirGoal['lifecycleStatus']>> = {
  draft: 'proposed',
  active: 'active',
  'on-hold': 'on-hold',
  completed: 'completed',
  revoked: 'cancelled',
  'entered-in-error': 'entered-in-error',
};

/**
 * A goal of a plan; its lifecycle follows the plan's.
 * @see https://hl7.org/fhir/R4/goal.html
 */
export function toGoal(goal: Goal, plan: Plan, context: MappingContext): FhirGoal {
  const target = toTarget(goal);
  return {
    resourceType: 'Goal',
    id: goal.id,
    meta: toMeta({ profile: ourProfiles.goal, sensitivity: context.sensitivity }),
    ...(goal.ehrReference !== undefined && {
      // A uri, not a Reference: a relative Reference to a Goal would be read as one of ours.
      extension: [{ url: ourExtensions.ehrGoal, valueUri: goal.ehrReference }],
    }),
    identifier: [toIdentifier('goal', goal.id)],
    lifecycleStatus: lifecycle[plan.status],
    description: { text: goal.description },
    subject: toPatientReference(plan.patientId),
    ...(goal.startDate !== undefined && { startDate: goal.startDate }),
    ...(target && { target: [target] }),
  };
}

function toTarget({ measure, target, description }: Goal): GoalTarget | undefined {
  if (measure === undefined && target === undefined) return undefined;
  return {
    // gol-1: a detail needs a measure, if only in words
    // userSelected: the code the clinician chose, should others be translated to stand beside it
    measure: measure === undefined ? { text: description } : { coding: [{ ...measure, userSelected: true }] },
    ...(target && { detailQuantity: { ...toQuantity(target.value, target.unit), comparator: target.comparator } }),
  };
}
