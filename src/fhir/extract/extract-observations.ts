import type { Coding, Observation, Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import { toConcept } from '../concept.ts';
import { toIdentifier, toOwnReference } from '../identity.ts';
import { ourProfiles } from '../profiles.ts';
import { foreignCodeSystems, identifierSystem } from '../systems.ts';
import { toCoding } from '../terminology.ts';
import { measureResourceId } from './measure-resource-id.ts';
import { type MeasuredAnswer, measuredAnswers } from './measured-answers.ts';
import { type MeasuredValue, maskedValue, measuredValue, sameMeasurement } from './measured-value.ts';

export interface Extraction {
  readonly questionnaire: Questionnaire;
  /** With its `id`, which is the log's. */
  readonly response: QuestionnaireResponse;
  /** When it happened, with the patient's zone offset: `2026-03-02T10:00:00-05:00`. */
  readonly performedAt: string;
  /** Where an answer has a time of its own, by linkId: a prediction that was written down before. */
  readonly ownTimes?: Readonly<Record<string, string>>;
  /** What was extracted from this log before, found again by identifier. */
  readonly previous?: readonly Observation[];
}

/**
 * The measures of a log: SDC observation-based extraction, with two stated deviations: `effective` is when it happened
 * (SDC: authored), and `performer` is who answered (`source`) before who wrote it down (`author`).
 *
 * A draft (`in-progress`) has none. A changed value is `amended`, an unchanged one stays as it was, one that is no longer
 * there is `entered-in-error`, as are all of a response that is; one that is no longer shared loses its value, too.
 *
 * @see https://hl7.org/fhir/uv/sdc/extraction.html#observation-based-extraction
 */
export function extractObservations(extraction: Extraction): Observation[] {
  const { questionnaire, response } = extraction;
  const previous = new Map((extraction.previous ?? []).map((observation) => [identifierOf(observation), observation]));
  if (response.status === 'in-progress') return [...previous.values()];
  if (response.status === 'entered-in-error' && previous.size > 0) return [...previous.values()].map(enteredInError);

  const current = new Map<string, Observation>();
  const masked = new Set<string>();
  for (const measured of measuredAnswers(questionnaire, response)) {
    if (measured.isMasked) masked.add(measureId(response.id, measured.item.linkId, measured.instance));
    const value = measured.isMasked ? undefined : measuredValue(measured.item, measured.answer);
    if (!value) continue;
    const observation = toObservation(extraction, measured, value);
    const identifier = identifierOf(observation);
    if (!current.has(identifier))
      current.set(identifier, settleStatus(observation, previous.get(identifier), response));
  }
  const gone = [...previous].filter(([identifier]) => !current.has(identifier));
  return [
    ...current.values(),
    ...gone.map(([id, observation]) => enteredInError(masked.has(id) ? withoutValue(observation) : observation)),
  ];
}

function toObservation(extraction: Extraction, measured: MeasuredAnswer, value: MeasuredValue): Observation {
  const { response } = extraction;
  const { item, instance } = measured;
  const logId = response.id ?? '';
  const performer = response.source ?? response.author;
  // The label of a masked copy speaks of that copy; a measure stands here only because it is shared.
  const security = response.meta?.security?.filter((label) => !isRedacted(label)) ?? [];
  const display = measured.codes[0]?.display ?? item.text;
  return {
    resourceType: 'Observation',
    id: measureResourceId(logId, item.linkId, instance),
    meta: {
      profile: [ourProfiles.measure],
      ...(security.length > 0 && { security }),
      ...(response.meta?.tag && { tag: response.meta.tag }),
    },
    identifier: [toIdentifier('measure', measureId(logId, item.linkId, instance))],
    ...(response.basedOn && { basedOn: response.basedOn }),
    status: response.status === 'entered-in-error' ? 'entered-in-error' : 'final',
    category: [toConcept(foreignCodeSystems.observationCategory, 'survey')],
    code: { coding: measured.codes.map(plainCoding), ...(display !== undefined && { text: display }) },
    ...(response.subject && { subject: response.subject }),
    effectiveDateTime: extraction.ownTimes?.[item.linkId] ?? extraction.performedAt,
    ...(response.authored !== undefined && { issued: response.authored }),
    ...(performer && { performer: [performer] }),
    ...value,
    derivedFrom: [toOwnReference('log', logId)],
  };
}

function measureId(logId: string | undefined, linkId: string, instance: string | undefined): string {
  return `${logId ?? ''}#${linkId}${instance === undefined ? '' : `:${instance}`}`;
}

/** An unchanged measurement keeps its status and its time of issue, so that an amendment elsewhere does not touch it. */
function settleStatus(
  observation: Observation,
  before: Observation | undefined,
  response: QuestionnaireResponse,
): Observation {
  if (!before) return observation;
  if (before.status !== 'entered-in-error' && sameMeasurement(observation, before)) {
    return { ...observation, status: before.status, ...(before.issued !== undefined && { issued: before.issued }) };
  }
  const wasShownAsFact = response.status === 'amended' || before.status === 'entered-in-error';
  return { ...observation, status: wasShownAsFact ? 'amended' : 'final' };
}

function enteredInError(observation: Observation): Observation {
  return observation.status === 'entered-in-error' ? observation : { ...observation, status: 'entered-in-error' };
}

/** What stood here before the patient chose not to share it must not stay readable. */
function withoutValue(observation: Observation): Observation {
  const security = observation.meta?.security ?? [];
  if (security.some(isRedacted)) return observation;
  const {
    valueInteger,
    valueQuantity,
    valueString,
    valueBoolean,
    valueDateTime,
    valueTime,
    valueCodeableConcept,
    ...rest
  } = observation;
  const value = {
    valueInteger,
    valueQuantity,
    valueString,
    valueBoolean,
    valueDateTime,
    valueTime,
    valueCodeableConcept,
  };
  return {
    ...rest,
    meta: { ...rest.meta, security: [...security, toCoding(foreignCodeSystems.observationValue, 'REDACTED')] },
    ...maskedValue(value),
  };
}

function isRedacted(label: Coding): boolean {
  return label.system === foreignCodeSystems.observationValue && label.code === 'REDACTED';
}

function plainCoding({ system, code, display }: Coding): Coding {
  return {
    ...(system !== undefined && { system }),
    ...(code !== undefined && { code }),
    ...(display !== undefined && { display }),
  };
}

function identifierOf(observation: Observation): string {
  const ours = observation.identifier?.find((identifier) => identifier.system === identifierSystem('measure'));
  return ours?.value ?? `${observation.id}`;
}
