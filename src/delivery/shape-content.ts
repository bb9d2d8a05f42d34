import type { DocumentReference, Observation } from 'fhir/r4';
import type { FhirJson } from '../ehr/fhir-json.ts';
import { ownCode, toObservationRow } from '../fhir/to-observation-row.ts';
import { toReportCommunication } from '../fhir/to-report-communication.ts';
import { isObject } from '../foundation/is-object.ts';
import type { Landing, NoteFormat } from '../landing/vendor-traits.ts';
import type { ClaimedRow } from './claimed-group.ts';
import type { SendingContext } from './sending-context.ts';
import { parseContent } from './wire-text.ts';

/** The resource that a row becomes in this EHR. */
export interface Shaped {
  readonly resourceType: string;
  readonly content: string;
  /** False: it is the projected text, untouched. */
  readonly changed: boolean;
}

/**
 * What a row's resource becomes for its landing here: a note in the formats that this EHR takes, or a message instead; an
 * Observation as the customer's own row; with the encounter that the EHR wants named.
 * @param encounter `Encounter/17`, where one has to be named and was found
 * @returns undefined when this EHR has no place for it: the customer built no row for its code
 */
export function shapeContent(
  row: ClaimedRow,
  content: string,
  landing: Landing,
  context: SendingContext,
  encounter: string | undefined,
): Shaped | undefined {
  const { resourceType } = row;
  const { traits, observationRows } = context;
  if (resourceType === 'DocumentReference') {
    const note = withEncounter(inFormats(documentOf(content, row), traits.noteFormats), encounter);
    const shaped = landing === 'communication' ? toReportCommunication(note) : note;
    return { resourceType: shaped.resourceType, content: JSON.stringify(shaped), changed: true };
  }
  if (resourceType === 'Observation' && (traits.observationRowsOnly || encounter !== undefined)) {
    const observation = observationOf(content, row);
    const code = ownCode(observation);
    const built = code === undefined ? undefined : observationRows[code];
    if (traits.observationRowsOnly && built === undefined) return undefined;
    const filed = built === undefined ? observation : toObservationRow(observation, built);
    const placed = encounter === undefined ? filed : { ...filed, encounter: { reference: encounter } };
    return { resourceType, content: JSON.stringify(placed), changed: true };
  }
  return { resourceType, content, changed: false };
}

function inFormats(note: DocumentReference, formats: readonly NoteFormat[]): DocumentReference {
  const kept = note.content.filter(({ attachment }) =>
    formats.some((format) => attachment.contentType?.startsWith(format) === true),
  );
  return { ...note, content: kept };
}

function withEncounter(note: DocumentReference, encounter: string | undefined): DocumentReference {
  if (encounter === undefined) return note;
  return { ...note, context: { ...note.context, encounter: [{ reference: encounter }] } };
}

/** The note that the row's content is. */
export function documentOf(content: string, row: ClaimedRow): DocumentReference {
  const parsed = parseContent(content, row);
  if (!isNote(parsed)) throw new TypeError(`the ${row.artefact} is no DocumentReference`);
  return parsed;
}

function isNote(resource: FhirJson): resource is FhirJson & DocumentReference {
  return resource.resourceType === 'DocumentReference' && Array.isArray(resource.content);
}

function observationOf(content: string, row: ClaimedRow): Observation {
  const parsed = parseContent(content, row);
  if (!isObservation(parsed)) throw new TypeError(`the ${row.artefact} is no Observation`);
  return parsed;
}

function isObservation(resource: FhirJson): resource is FhirJson & Observation {
  return resource.resourceType === 'Observation' && isObject(resource.code);
}
