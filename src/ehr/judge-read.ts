import { isObject } from '../foundation/is-object.ts';
import type { EhrFailure } from './ehr-failure.ts';
import { readOutcome } from './failure.ts';
import { type FhirJson, fromWire, isFhirJson, readETag } from './fhir-json.ts';
import { type JudgedRequest, judgeAnswer } from './judge-answer.ts';
import type { ReadAnswer } from './read-answer.ts';
import { type Answered, speaksFhir } from './speaks-fhir.ts';
import { strangerFailure } from './stranger.ts';

/**
 * What the answer to a read or search says: the resource that was asked for, or why it is none. A page with 200 is not
 * "nothing found", and one with 404 is not "it is not there".
 */
export function judgeRead(answered: Answered, type: string, request: Omit<JudgedRequest, 'nature'>): ReadAnswer {
  const { status, json } = answered;
  if (status < 200 || status > 299) {
    return { ok: false, failure: judgeAnswer(answered, { ...request, nature: 'read' }) };
  }
  const resource = fromWire(json, type) ?? (type === 'Binary' ? rawBinary(answered) : undefined);
  if (resource === undefined) return { ok: false, failure: notAsked(answered, type) };
  const { asked } = request;
  const id = asked?.slice(asked.indexOf('/') + 1);
  // a Patient may be answered with the record that took their place; that is read from what it says
  if (id !== undefined && type !== 'Patient' && type !== 'Binary' && resource.id !== id) {
    return { ok: false, failure: strangerFailure(answered, 'read', { what: `another ${type} than was asked for` }) };
  }
  const meta = isObject(resource.meta) ? resource.meta.versionId : undefined;
  const version = readETag(answered.header('etag')) ?? (typeof meta === 'string' ? meta : undefined);
  return version === undefined ? { ok: true, resource } : { ok: true, resource, version };
}

/** The EHR may say in FHIR that it does not say; anything else was not said by it. */
function notAsked(answered: Answered, type: string): EhrFailure {
  const { status, json } = answered;
  const what = `the answer is no ${type}`;
  if (isFhirJson(json) && json.resourceType === 'OperationOutcome') {
    return { status, outcome: readOutcome(json) ?? what, disposition: 'reject' };
  }
  // an older version of FHIR states itself otherwise
  if (speaksFhir(answered) && type === 'CapabilityStatement') return { status, outcome: what, disposition: 'reject' };
  return strangerFailure(answered, 'read', { what });
}

/** Some EHRs answer with a document's own bytes, whatever is asked for. Not pages: a login is one, too. */
function rawBinary({ header, text }: Answered): FhirJson | undefined {
  const contentType = header('content-type') ?? '';
  if (!/^text\/(?!html)/i.test(contentType) || /^\s*</.test(text)) return undefined;
  return { resourceType: 'Binary', contentType, data: Buffer.from(text, 'utf8').toString('base64') };
}
