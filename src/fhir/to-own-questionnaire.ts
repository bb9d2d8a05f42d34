import type { Questionnaire } from 'fhir/r4';
import type { Assignment } from '../homework/model.ts';
import { type OwnForm, ownFormCanonical } from '../homework/plan/own-form.ts';
import { toIdentifier, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';

/**
 * A form of a step's own as our endpoint holds it: a whole Questionnaire, with the label of what stands in a patient's plan, for the names
 * in it are the patient's. R4 gives it no subject: whose it is stands in our extension.
 * @throws IntersessionError `unknown-artefact` when this service does not have the version that it is made of
 * @see https://hl7.org/fhir/R4/questionnaire.html
 */
export function toOwnQuestionnaire(
  step: Pick<Assignment, 'id' | 'kind' | 'patientId'>,
  { version }: Pick<OwnForm, 'version'>,
  { questionnaireOf, sensitivity }: Pick<MappingContext, 'questionnaireOf' | 'sensitivity'>,
): Questionnaire & { readonly id: string } {
  const { id = '', meta, ...questionnaire } = questionnaireOf(ownFormCanonical(step, version));
  const { extension = [], ...own } = questionnaire;
  const patient = { url: ourExtensions.formPatient, valueReference: toPatientReference(step.patientId) };
  return {
    ...own,
    id,
    meta: { ...meta, ...toMeta({ profile: ourProfiles.ownForm, sensitivity }) },
    // first, where the record looks for it
    extension: [patient, ...extension],
    identifier: [toIdentifier('form', id)],
  };
}
