import type { Coding as FhirCoding, Goal as FhirGoal } from 'fhir/r4';
import type { Coding, Goal } from '../homework/model.ts';
import { expectCode, expectElement } from './expect-element.ts';
import { findExtension } from './find-extension.ts';
import { fromIdentifiers } from './identity.ts';
import { ourExtensions } from './systems.ts';

/**
 * The goal that a Goal of ours carries.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/goal.html
 */
export function fromGoal(goal: FhirGoal): Goal {
  const ehrReference = findExtension(goal, ourExtensions.ehrGoal)?.valueUri;
  const target = goal.target?.[0];
  const measure = fromCoding(target?.measure?.coding?.find(({ userSelected }) => userSelected));
  const quantity = target?.detailQuantity;
  return {
    id: fromIdentifiers(goal.identifier, 'goal'),
    description: expectElement(goal.description.text, 'Goal.description.text'),
    ...(goal.startDate !== undefined && { startDate: goal.startDate }),
    ...(measure && { measure }),
    ...(quantity && {
      target: {
        value: expectElement(quantity.value, 'Goal.target.detailQuantity.value'),
        unit: expectElement(quantity.unit, 'Goal.target.detailQuantity.unit'),
        comparator: expectCode(quantity.comparator, ['<=', '>='], 'Goal.target.detailQuantity.comparator'),
      },
    }),
    ...(ehrReference !== undefined && { ehrReference }),
  };
}

function fromCoding(coding: FhirCoding | undefined): Coding | undefined {
  if (coding?.system === undefined || coding.code === undefined) return undefined;
  const { system, code, display } = coding;
  return { system, code, ...(display !== undefined && { display }) };
}
