import type {
  CodeableConcept,
  Coding,
  Observation,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  Reference,
} from 'fhir/r4';
import type { ScoreDeclaration } from '../../homework/log/score.ts';
import { toConcept } from '../concept.ts';
import { findExtension } from '../find-extension.ts';
import { toIdentifier, toOwnReference } from '../identity.ts';
import { ourProfiles } from '../profiles.ts';
import { foreignCodeSystems, ourExtensions } from '../systems.ts';
import { extractedForm } from './extracted-form.ts';
import { hiddenMeasures } from './hidden-measures.ts';
import { identifierOf, type MeasureIdentity, measureIdentity, toMeasureReference } from './measure-identity.ts';
import { measuredAnswers } from './measured-answers.ts';
import { type Measurement, measurements } from './measurements.ts';
import { isRedacted, sameMeasurement, withoutValue } from './same-measurement.ts';
import { scoreMeasures } from './score-measures.ts';

export interface Extraction {
  readonly questionnaire: Questionnaire;
  /** With its `id`, which is the log's. */
  readonly response: QuestionnaireResponse;
  /** When it happened, with the patient's zone offset: `2026-03-02T10:00:00-05:00`. */
  readonly performedAt: string;
  /** Where an answer has a time of its own, by linkId: a prediction that was written down before. */
  readonly ownTimes?: Readonly<Record<string, string>>;
  /** What is calculated from the answers, with the form of the questionnaire. */
  readonly scores?: readonly ScoreDeclaration[];
  /** What was extracted from this log before, found again by identifier. */
  readonly previous?: readonly Observation[];
}

/**
 * The measures of a log: SDC observation-based extraction, by docs/engines/extraction.md, and the scores of the log. Two stated deviations:
 * `effective` is when it happened (SDC: authored), and `performer` is who answered (`source`) before who wrote it down (`author`).
 *
 * A draft (`in-progress`) has none. A changed value is `amended`, an unchanged one stays as it was, one that is no longer
 * there is `entered-in-error`, as are all of a response that is; one that is no longer shared loses its value, too.
 *
 * @see https://hl7.org/fhir/uv/sdc/extraction.html#observation-based-extraction
 */
export function extractObservations(extraction: Extraction): Observation[] {
  const { questionnaire, response, scores = [] } = extraction;
  const previous = new Map((extraction.previous ?? []).map((observation) => [identifierOf(observation), observation]));
  if (response.status === 'in-progress') return [...previous.values()];
  const measured = measuredAnswers(questionnaire, response);
  const retracted = response.status === 'entered-in-error' && previous.size > 0;

  const current = new Map<string, Observation>();
  for (const observation of retracted ? [] : observationsOf(extraction, measured)) {
    const identifier = identifierOf(observation);
    if (!current.has(identifier))
      current.set(identifier, settleStatus(observation, previous.get(identifier), response));
  }
  const gone = [...previous].filter(([identifier]) => !current.has(identifier));
  if (gone.length === 0) return [...current.values()];
  const isHidden = hiddenMeasures({ form: extractedForm(questionnaire), scores, response, measured });
  return [
    ...current.values(),
    ...gone.map(([id, observation]) =>
      enteredInError(isHidden(id) ? withoutValue(observation, extraction.performedAt) : observation),
    ),
  ];
}

function observationsOf(extraction: Extraction, measured: ReturnType<typeof measuredAnswers>): readonly Observation[] {
  const { questionnaire, response, scores = [], performedAt } = extraction;
  const made = measurements(measured, response.id ?? '', performedAt);
  const shell = shellOf(response);
  const items = made.map((measurement) => toObservation(extraction, shell, measurement));
  const standing = scoreMeasures(scores, questionnaire, response);
  if (standing.length === 0) return items;
  const places = placesOf(made, standing, response.id ?? '');
  return [
    ...items,
    ...standing.map(({ linkId, code, value, interpretation, parts }) => {
      const of = new Map(parts.flatMap((part) => places.get(part) ?? []).map((place) => [place.value, place]));
      const { head, tail } = shell(measureIdentity(response.id ?? '', linkId), [], performedAt);
      return {
        ...{ ...head, code, ...tail, ...value },
        ...(interpretation && { interpretation }),
        derivedFrom: fromLog(response, [...of.values()]),
      };
    }),
  ];
}

/** Where each item and score that a score may be made of stands: as what measure. */
function placesOf(
  made: readonly Measurement[],
  scores: readonly { readonly linkId: string }[],
  logId: string,
): ReadonlyMap<string, readonly MeasureIdentity[]> {
  const places = new Map<string, MeasureIdentity[]>();
  for (const { identity, tells } of made) {
    for (const linkId of tells) places.set(linkId, [...(places.get(linkId) ?? []), identity]);
  }
  for (const { linkId } of scores) places.set(linkId, [measureIdentity(logId, linkId)]);
  return places;
}

function toObservation({ ownTimes, response }: Extraction, shell: Shell, measurement: Measurement): Observation {
  const { identity, form, value, components, members, derivedFrom, effective } = measurement;
  const { codes, item, categories } = form;
  const display = measureText(item, codes);
  const { head, tail } = shell(identity, categories, ownTimes?.[item.linkId] ?? effective);
  return {
    ...head,
    code: { coding: codes.map(plainCoding), ...(display !== undefined && { text: display }) },
    ...tail,
    ...value,
    ...(members.length > 0 && { hasMember: members.map(toMeasureReference) }),
    derivedFrom: fromLog(response, derivedFrom),
    ...(components.length > 0 && {
      component: components.map(({ form: { codes, item }, value, extension }) => {
        const text = measureText(item, codes);
        return {
          ...(extension && { extension }),
          code: { coding: codes.map(plainCoding), ...(text !== undefined && { text }) },
          ...value,
        };
      }),
    }),
  };
}

const fromLog = ({ id = '' }: QuestionnaireResponse, others: readonly MeasureIdentity[]): Reference[] => [
  toOwnReference('log', id),
  ...others.map(toMeasureReference),
];

type Shell = ReturnType<typeof shellOf>;

/** What all measures of a response have alike. */
function shellOf(response: QuestionnaireResponse) {
  const performer = response.source ?? response.author;
  // The label of a masked copy speaks of that copy; a measure stands here only because it is shared.
  const security = response.meta?.security?.filter((label) => !isRedacted(label)) ?? [];
  const survey = toConcept(foreignCodeSystems.observationCategory, 'survey');
  const isSurvey = ({ coding }: CodeableConcept) =>
    coding?.some(({ system, code }) => system === foreignCodeSystems.observationCategory && code === 'survey') === true;
  return (identity: MeasureIdentity, categories: readonly CodeableConcept[], effectiveDateTime: string) => ({
    head: {
      resourceType: 'Observation' as const,
      id: identity.id,
      meta: {
        profile: [ourProfiles.measure],
        ...(security.length > 0 && { security }),
        ...(response.meta?.tag && { tag: response.meta.tag }),
      },
      identifier: [toIdentifier('measure', identity.value)],
      ...(response.basedOn && { basedOn: response.basedOn }),
      status: response.status === 'entered-in-error' ? ('entered-in-error' as const) : ('final' as const),
      category: [survey, ...categories.filter((category) => !isSurvey(category))],
    },
    tail: {
      ...(response.subject && { subject: response.subject }),
      ...(response.encounter && { encounter: response.encounter }),
      effectiveDateTime,
      ...(response.authored !== undefined && { issued: response.authored }),
      ...(performer && { performer: [performer] }),
    },
  });
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

/** What is measured, in words: of which of the plan's own names where it asks about one, for they share a code. */
function measureText(item: QuestionnaireItem, codes: readonly Coding[]): string | undefined {
  const [first] = codes;
  const name = findExtension(item, ourExtensions.ownName)?.valueString;
  if (first?.display === undefined) return item.text;
  return name === undefined ? first.display : `${first.display}: ${name}`;
}

function plainCoding({ system, code, display }: Coding): Coding {
  return {
    ...(system !== undefined && { system }),
    ...(code !== undefined && { code }),
    ...(display !== undefined && { display }),
  };
}
