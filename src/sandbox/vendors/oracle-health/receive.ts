import type { IncomingWrite } from '../../faces.ts';
import { type FhirResource, isObject, listOf } from '../../resource.ts';
import { follow } from '../parts.ts';
import { isMeasurement, receiveObservation } from './receive-observation.ts';
import { refuseAsOracleHealth } from './refuse.ts';
import { SOCIAL_HISTORY } from './seed.ts';

const receivers: Readonly<Record<string, (write: IncomingWrite) => FhirResource>> = {
  Observation: receiveObservation,
  QuestionnaireResponse: receiveResponse,
  DocumentReference: receiveDocument,
  Provenance: receiveProvenance,
};
const FORMATS = [
  'application/pdf',
  'text/plain',
  'application/rtf',
  'text/rtf',
  'text/html',
  'application/xml',
  'text/xml',
];

/** What Oracle Health makes of a write: modifier extensions never pass; then by resource type. */
export function receiveAtOracleHealth(write: IncomingWrite): FhirResource {
  const { resource } = write;
  if (carriesModifier(resource)) {
    throw refuseAsOracleHealth(422, 'extension', 'modifier extensions are not taken', 'modifierExtension');
  }
  return receivers[resource.resourceType]?.(write) ?? resource;
}

function carriesModifier(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(carriesModifier);
  if (!isObject(value)) return false;
  return listOf(value.modifierExtension).length > 0 || Object.values(value).some(carriesModifier);
}

function receiveResponse({ resource, before }: IncomingWrite): FhirResource {
  const isSocialHistory = (entry: FhirResource | undefined) =>
    String(entry?.questionnaire ?? '').split('|')[0] === SOCIAL_HISTORY;
  if (isSocialHistory(before) && isSocialHistory(resource)) return resource;
  const words = 'only the response of the social history can be updated';
  throw refuseAsOracleHealth(422, 'business-rule', words, 'QuestionnaireResponse.questionnaire');
}

function receiveDocument({ resource }: IncomingWrite): FhirResource {
  for (const [index, content] of listOf(resource.content).entries()) {
    const attachment = isObject(content) && isObject(content.attachment) ? content.attachment : {};
    const [format = ''] = String(attachment.contentType ?? '').split(';');
    if (FORMATS.includes(format.trim())) continue;
    const path = `DocumentReference.content[${index}].attachment.contentType`;
    throw refuseAsOracleHealth(422, 'not-supported', 'a document is pdf, txt, rtf, html or xml', path);
  }
  return resource;
}

function receiveProvenance({ resource, records }: IncomingWrite): FhirResource {
  const targets = listOf(resource.target).map((target) => follow(records, target, 'Observation'));
  if (targets.length > 0 && targets.every((target) => target !== undefined && isMeasurement(target))) return resource;
  const words = 'a provenance targets measurement observations only';
  throw refuseAsOracleHealth(422, 'business-rule', words, 'Provenance.target');
}
