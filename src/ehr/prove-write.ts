import { parseLiteral, relativeOf } from '../fhir/parse-reference.ts';
import { isEhrId } from '../foundation/ehr-id.ts';
import { isObject } from '../foundation/is-object.ts';
import type { EhrFailure } from './ehr-failure.ts';
import { readOutcome, saysError } from './failure.ts';
import { type FhirJson, isFhirJson, readETag } from './fhir-json.ts';
import { placeOf } from './judge-answer.ts';
import type { WriteAnswer } from './write-answer.ts';

/** What was asked for, and what must be said of it for it to have landed. */
export interface AskedWrite {
  /** `POST Task` → `Task`; `PUT Task/17` → `Task/17`. */
  readonly path: string;
  /** The resource that was sent. */
  readonly sent: FhirJson | string;
  /** The version that it was to replace. */
  readonly ifMatch?: string | undefined;
  readonly base: string;
}

/** The success that an EHR, or one entry of its Bundle, claims. */
export interface ClaimedSuccess {
  readonly status: number;
  readonly location: string | undefined;
  readonly etag: string | undefined;
  /** The resource or OperationOutcome that came with it. */
  readonly body: unknown;
  /** There was a body, and it could not be read. */
  readonly unreadable: boolean;
  /** It is in FHIR: a media type, a body, or the entry of a Bundle. */
  readonly speaksFhir: boolean;
}

/**
 * What a claimed success proves. Landed: the answer names the resource that was written, in its body, or by an address
 * below the EHR's base, or (of an update) by its new version. Made: a 201 that says so in FHIR and not where. Else there
 * is a doubt, which a look in the EHR decides.
 * @see https://hl7.org/fhir/R4/http.html#create
 */
export function proveWrite(claimed: ClaimedSuccess, asked: AskedWrite): WriteAnswer {
  const { status, location } = claimed;
  const named = placeOf(location, asked.base);
  const fits = named !== undefined && isPlaceFor(named.reference, asked.path);
  const { body } = claimed;
  const resource = isFhirJson(body) && body.resourceType !== 'OperationOutcome' ? body : undefined;
  const problem = problemOf(claimed, resource, asked);
  if (problem !== undefined) {
    return doubtful(status, problem, fits ? named.reference : elsewhere(location, asked.path));
  }
  const inBody = resource?.id === undefined ? undefined : `${resource.resourceType}/${resource.id}`;
  if (inBody !== undefined && named !== undefined && named.reference !== inBody) {
    return doubtful(status, `it names two places: ${inBody} and ${named.reference}`);
  }
  const version = versionOf(claimed.etag) ?? named?.version ?? versionIn(resource);
  const proof = { ok: true, status, body: isFhirJson(body) ? body : undefined, version, location } as const;
  const reference = inBody ?? (fits ? named.reference : undefined);
  if (status === 202) return inReview(claimed, proof, reference);
  if (reference !== undefined) return { ...proof, reference };
  if (named !== undefined) return doubtful(status, `it names ${named.reference}, and ${asked.path} was written`);
  if (isAddress(location)) {
    const what = 'it names an address that is no resource below the base of this EHR';
    return doubtful(status, what, elsewhere(location, asked.path));
  }
  // of an update it is known where it stands: its version says that it was taken, in FHIR also when it changed nothing
  const tellsVersion = version !== undefined && (claimed.speaksFhir || version !== asked.ifMatch);
  if (asked.path.includes('/') && tellsVersion) return { ...proof, reference: asked.path };
  if (status === 201 && (claimed.speaksFhir || location !== undefined)) return { ...proof, reference: undefined };
  return doubtful(status, 'it does not say what was written');
}

/** Taken, and not done yet: whoever says so says it in FHIR, or says where the outcome will be. */
function inReview(
  { status, speaksFhir, location }: ClaimedSuccess,
  proof: Extract<WriteAnswer, { ok: true }>,
  reference: string | undefined,
): WriteAnswer {
  if (!speaksFhir && location === undefined) return doubtful(status, 'it does not say what was taken');
  return { ...proof, reference };
}

/** A success that is none, or of something else. */
function problemOf(claimed: ClaimedSuccess, resource: FhirJson | undefined, asked: AskedWrite): string | undefined {
  if (claimed.unreadable) return 'its body ends early or cannot be read';
  if (saysError(claimed.body)) return readOutcome(claimed.body) ?? 'an OperationOutcome that says error';
  if (resource === undefined) return undefined;
  const [type, id] = asked.path.split('/');
  if (resource.resourceType !== type) return `it holds a ${resource.resourceType}, and a ${type} was written`;
  if (id !== undefined && resource.id !== id) return `it holds another ${type} than ${asked.path}`;
  return isWhatWasSent(resource, asked) ? undefined : `it holds a ${type} of another name or patient`;
}

/** By identifier and patient, as far as both say them. */
function isWhatWasSent(resource: FhirJson, { sent, base }: AskedWrite): boolean {
  if (resource.identifier === undefined && (resource.subject ?? resource.for) === undefined) return true;
  const ours: unknown = typeof sent === 'string' ? JSON.parse(sent) : sent;
  if (!isFhirJson(ours)) return false;
  const [mine, theirs] = [identifiersOf(ours), identifiersOf(resource)];
  if (mine.length > 0 && theirs.length > 0 && !mine.some((text) => theirs.includes(text))) return false;
  const [whose, about] = [patientOf(ours, base), patientOf(resource, base)];
  return whose === undefined || about === undefined || whose === about;
}

function identifiersOf({ identifier }: FhirJson): string[] {
  const list: unknown[] = Array.isArray(identifier) ? identifier : [identifier];
  return list.filter(isObject).map(({ system, value }) => `${String(system ?? '')}|${String(value)}`);
}

function patientOf(resource: FhirJson, base: string): string | undefined {
  const about = resource.subject ?? resource.for;
  if (!isObject(about) || typeof about.reference !== 'string') return undefined;
  const named = parseLiteral(about.reference, { ehr: base });
  return named.form === 'local' ? relativeOf(named) : about.reference;
}

function isPlaceFor(reference: string, path: string): boolean {
  return path.includes('/') ? reference === path : reference.startsWith(`${path}/`);
}

/** `http://inside:8080/fhir/Task/17` → `Task/17`, as a place to look, of the type that was written; never believed. */
function elsewhere(location: string | undefined, path: string): string | undefined {
  const [type, id] = path.split('/');
  if (id !== undefined || !isAddress(location)) return undefined;
  const parts = URL.parse(location)?.pathname.split('/') ?? [];
  const found = parts[parts.lastIndexOf(type ?? '') + 1];
  return parts.includes(type ?? '') && found !== undefined && isEhrId(found) ? `${type}/${found}` : undefined;
}

function isAddress(location: string | undefined): location is string {
  return location !== undefined && /^(?:https?:|\/)/i.test(location);
}

/** A version as FHIR writes it in an ETag; what web servers make of a page's bytes is none. */
function versionOf(etag: string | undefined): string | undefined {
  const version = readETag(etag);
  return version !== undefined && isEhrId(version) ? version : undefined;
}

function versionIn(resource: FhirJson | undefined): string | undefined {
  const meta = resource?.meta;
  return isObject(meta) && typeof meta.versionId === 'string' ? meta.versionId : undefined;
}

/** @param mayStandAt where a look may find it */
export function doubtful(status: number, what: string, mayStandAt?: string): Extract<WriteAnswer, { ok: false }> {
  const outcome = `answered ${status}, which proves nothing: ${what}`;
  // without the status: a success that was not proved is not remembered as one
  const failure: EhrFailure = { outcome, disposition: 'unknown' };
  return { ok: false, failure, doubt: mayStandAt === undefined ? {} : { mayStandAt } };
}
