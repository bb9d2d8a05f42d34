import type { Observation } from 'fhir/r4';
import { codeIn } from '../../../src/fhir/concept.ts';
import { toInstant } from '../../../src/fhir/date-time.ts';
import { expectCode, expectElement } from '../../../src/fhir/expect-element.ts';
import { fromOwnReferences, fromPatientReference } from '../../../src/fhir/identity.ts';
import { ourCodeSystems } from '../../../src/fhir/systems.ts';
import { adherenceCounts } from '../../../src/fhir/to-adherence-observation.ts';
import { type Adherence, adherenceStatuses } from '../../../src/homework/plan/adherence.ts';
import { noCounts } from './no-counts.ts';

/**
 * The adherence that an Observation of ours carries; components are found by their codes.
 * @throws IntersessionError `invalid-request` naming the element that is missing
 * @see https://hl7.org/fhir/R4/observation.html
 */
export function fromAdherenceObservation(observation: Observation): Adherence {
  const component = (code: string) =>
    observation.component?.find(
      (observationComponent) => codeIn(observationComponent.code, ourCodeSystems.adherence) === code,
    );
  const count = (code: string) => expectElement(component(code)?.valueInteger, `Observation.component(${code})`);
  const counts = Object.fromEntries(adherenceCounts.map(([code, name]) => [name, count(code)]));
  const assignmentId = fromOwnReferences(observation.focus, 'assignment');
  const percent = observation.valueQuantity?.value;
  const onTimePercent = component('on-time-share')?.valueQuantity?.value;
  const { effectivePeriod } = observation;
  return {
    planId: expectElement(fromOwnReferences(observation.basedOn, 'plan'), 'Observation.basedOn'),
    ...(assignmentId !== undefined && { assignmentId }),
    patientId: fromPatientReference(observation.subject, 'Observation.subject'),
    from: toInstant(expectElement(effectivePeriod?.start, 'Observation.effectivePeriod.start')),
    ...(effectivePeriod?.end === undefined ? {} : { to: toInstant(effectivePeriod.end) }),
    status: expectCode(observation.status, adherenceStatuses, 'Observation.status'),
    counts: { ...noCounts, ...counts, done: count('on-time') + count('late') },
    ...(percent !== undefined && { percent }),
    ...(onTimePercent !== undefined && { onTimePercent }),
  };
}
