import type { UnlockCriterion, UnlockRule } from '../../homework/model.ts';
import { identifierSystem, ourExtensions } from '../systems.ts';

const FINISHED = "where(status = 'completed' or status = 'amended')";
const COUNTED = `where(extension('${ourExtensions.logContext}').extension('resolution').value.where($this = 'resolved' or $this = 'late').exists())`;
const ON_RECORD = "%task.status != 'entered-in-error'";

/**
 * An unlock rule as a FHIRPath condition over `%plan %task %logs %measures` (docs/unlock-rules.md); nothing for a rule
 * that only a clinician's approval fulfils, which no data can.
 *
 * @param behaviourLinkId of the kind of the step before; absent: that kind has no such item, and a done one suffices
 * @see https://hl7.org/fhir/R4/plandefinition-definitions.html#PlanDefinition.action.condition
 */
export function unlockExpression(rule: UnlockRule, behaviourLinkId: string | undefined): string | undefined {
  if (rule.type === 'by-clinician') return undefined;
  if (rule.type === 'at-start') return "%plan.status = 'active'";
  const criterion = criterionExpression(rule.criterion, behaviourLinkId);
  return criterion && `${ON_RECORD} and ${criterion}`;
}

function criterionExpression(criterion: UnlockCriterion, behaviourLinkId: string | undefined): string | undefined {
  switch (criterion.type) {
    case 'logs-done':
      return `%logs.${FINISHED}.${COUNTED}.count() >= ${criterion.count}`;
    case 'behaviour-done':
      return behaviourLinkId === undefined
        ? `%logs.${FINISHED}.${COUNTED}.exists()`
        : `%logs.${FINISHED}.descendants().where(linkId = '${behaviourLinkId}').answer.where(value = true).exists()`;
    case 'measure-reached':
      return `${values(criterion.linkId)}.where($this ${criterion.comparator} ${criterion.value}).exists()`;
    case 'measure-fell': {
      const all = values(criterion.linkId);
      // `select(… | …)` keeps equal readings of different logs apart: a union removes duplicates only within one.
      return `${all}.count() > 1 and ${all}.first() - ${all}.last() >= ${criterion.by}`;
    }
    case 'clinician-approves':
      return undefined;
  }
}

/** The readings of one item, in the order in which they were taken. */
function values(linkId: string): string {
  const isOfItem = `identifier.where(system = '${identifierSystem('measure')}' and value.endsWith('#${linkId}')).exists()`;
  return `%measures.where(status != 'entered-in-error' and ${isOfItem}).select(value.ofType(integer) | value.ofType(Quantity).value)`;
}
