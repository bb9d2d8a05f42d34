import type { Extension, QuestionnaireResponse } from 'fhir/r4';
import type { Log, Plan } from '../homework/model.ts';
import { toResponseItems } from './answers/write-items.ts';
import { toDateTime } from './date-time.ts';
import { toIdentifier, toOwnReference, toPatientReference } from './identity.ts';
import type { MappingContext } from './mapping-context.ts';
import { ourProfiles } from './profiles.ts';
import { ourExtensions } from './systems.ts';
import { toMeta } from './to-meta.ts';
import { toToldPerson } from './told-person.ts';

/** `full` for the patient's own eyes; `shared`, with withheld answers masked, for everyone else. */
export type LogView = 'full' | 'shared';

/**
 * A log as a QuestionnaireResponse to the version that it answers. In the `shared` view withheld answers are masked and the copy is labelled
 * `REDACTED`; the `full` one is labelled `R` when it holds such answers.
 *
 * > [!WARNING]
 * > Only the patient may be shown the `full` view.
 *
 * @see https://hl7.org/fhir/R4/questionnaireresponse.html
 */
export function toQuestionnaireResponse(
  log: Log,
  { plan, view }: { readonly plan: Plan; readonly view: LogView },
  context: MappingContext,
): QuestionnaireResponse {
  const { timeZone } = plan;
  const patient = toPatientReference(log.patientId);
  const withholds = log.withheld.length > 0;
  const item = toResponseItems(
    context.questionnaireOf(log.questionnaire),
    log.items,
    view === 'full' ? 'none' : log.withheld,
  );
  const supplier = log.source.type === 'patient' ? patient : toToldPerson(log.source.reference, log, context);
  return {
    resourceType: 'QuestionnaireResponse',
    id: log.id,
    meta: toMeta({
      profile: ourProfiles.log,
      sensitivity: context.sensitivity,
      restricted: withholds && view === 'full',
      redacted: withholds && view === 'shared',
      patientSupplied: log.source.type !== 'practitioner',
    }),
    extension: [toLogContext(log, timeZone)],
    identifier: toIdentifier('log', log.id),
    basedOn: [toOwnReference('plan', log.planId)],
    questionnaire: log.questionnaire,
    status: log.status,
    subject: patient,
    authored: toDateTime(log.authored, timeZone),
    author: supplier,
    // What a clinician wrote down for the patient, the patient still said.
    source: log.source.type === 'practitioner' ? patient : supplier,
    ...(item.length > 0 && { item }),
  };
}

function toLogContext(log: Log, timeZone: string): Extension {
  return {
    url: ourExtensions.logContext,
    extension: [
      { url: 'assignment', valueReference: toOwnReference('assignment', log.assignmentId) },
      ...(log.occurrenceId === undefined
        ? []
        : [{ url: 'task', valueReference: toOwnReference('occurrence', log.occurrenceId) }]),
      { url: 'resolution', valueCode: log.resolution },
      { url: 'performedAt', valueDateTime: toDateTime(log.performedAt, timeZone) },
      ...(log.predicted === undefined
        ? []
        : [{ url: 'predictedAt', valueDateTime: toDateTime(log.predicted.at, timeZone) }]),
      ...(log.predicted?.linkIds ?? []).map((linkId) => ({ url: 'predicted', valueString: linkId })),
      ...log.withheld.map((linkId) => ({ url: 'withheld', valueString: linkId })),
    ],
  };
}
