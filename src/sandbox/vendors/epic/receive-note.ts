import type { IncomingWrite } from '../../faces.ts';
import { type FhirResource, isObject, listOf } from '../../resource.ts';
import { follow, idOf } from '../parts.ts';
import { refuseAsEpic } from './refuse.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * A clinical note: draft or signed, in an encounter that exists, its first attachment as plain text. What else is
 * attached is left out without a word; nothing looks whether the same note is there already.
 */
export function receiveNote({ resource, records }: IncomingWrite): FhirResource {
  if (resource.docStatus !== 'preliminary' && resource.docStatus !== 'final') {
    const words = 'docStatus must be preliminary (a draft) or final (signed)';
    throw refuseAsEpic(422, 'business-rule', words, 'DocumentReference.docStatus');
  }
  const context = isObject(resource.context) ? resource.context : {};
  const visit = follow(records, listOf(context.encounter)[0], 'Encounter');
  const patient = idOf(resource.subject, 'Patient');
  if (visit === undefined || idOf(visit.subject, 'Patient') !== patient) {
    const words = 'a note needs an existing encounter of the patient';
    throw refuseAsEpic(422, 'business-rule', words, 'DocumentReference.context.encounter');
  }
  const [first] = listOf(resource.content);
  const attachment = isObject(first) && isObject(first.attachment) ? first.attachment : {};
  const path = 'DocumentReference.content[0].attachment';
  if (!/^text\/plain\s*(;|$)/.test(String(attachment.contentType ?? ''))) {
    throw refuseAsEpic(422, 'not-supported', 'a note is text/plain', `${path}.contentType`);
  }
  const { data } = attachment;
  if (typeof data !== 'string' || data === '' || !BASE64.test(data)) {
    throw refuseAsEpic(422, 'required', 'the text of a note is inline as base64', `${path}.data`);
  }
  return { ...resource, content: [first] };
}
