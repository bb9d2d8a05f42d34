import type { EhrFailure } from '../ehr/failure.ts';
import { judgeStatus } from '../ehr/failure.ts';
import { isFhirJson, isObject, readETag, readLocation } from '../ehr/fhir-json.ts';
import type { WriteAnswer } from '../ehr/send-write.ts';

/** One entry of a batch or transaction. */
export interface BundleWrite {
  readonly urn: string;
  readonly resourceType: string;
  /** The resource as JSON text. */
  readonly resource: string;
  /** Absent: create. */
  readonly update?: { readonly reference: string; readonly ifMatch?: string | undefined } | undefined;
  /** Search criteria, encoded as in an address. */
  readonly ifNoneExist?: string | undefined;
}

/** The Bundle that carries these writes in this order, as JSON text. @see https://hl7.org/fhir/R4/http.html#transaction */
export function buildBundle(type: 'batch' | 'transaction', base: string, writes: readonly BundleWrite[]): string {
  let entries = '';
  for (const { urn, resourceType, resource, update, ifNoneExist } of writes) {
    if (entries !== '') entries += ',';
    if (update !== undefined) {
      const { reference: url, ifMatch: version } = update;
      const request = { method: 'PUT', url, ifMatch: version === undefined ? undefined : `W/"${version}"` };
      const fullUrl = JSON.stringify(`${base}/${url}`);
      entries += `{"fullUrl":${fullUrl},"resource":${resource},"request":${JSON.stringify(request)}}`;
    } else {
      // nothing that JSON would escape: a urn, a type of ours, criteria encoded for an address
      const condition = ifNoneExist === undefined ? '' : `,"ifNoneExist":"${ifNoneExist}"`;
      entries += `{"fullUrl":"${urn}","resource":${resource},"request":{"method":"POST","url":"${resourceType}"${condition}}}`;
    }
  }
  return `{"resourceType":"Bundle","type":"${type}","entry":[${entries}]}`;
}

/**
 * Takes the answer to a Bundle apart, entry by entry.
 * @returns as many answers as there were writes; when the answer does not account for them, each is `unknown`
 */
export function readBundleAnswer(answer: WriteAnswer, writes: number): WriteAnswer[] | EhrFailure {
  if (!answer.ok) return answer.failure;
  const entries = Array.isArray(answer.body?.entry) ? answer.body.entry : undefined;
  if (answer.body?.resourceType !== 'Bundle' || entries?.length !== writes) {
    const outcome = 'the answer to a Bundle does not account for its entries';
    return { status: answer.status, outcome, disposition: 'unknown' };
  }
  return entries.map(readEntry);
}

function readEntry(entry: unknown): WriteAnswer {
  const response = isObject(entry) && isObject(entry.response) ? entry.response : {};
  const status = Number.parseInt(String(response.status), 10);
  if (!(status >= 200 && status <= 299)) {
    return {
      ok: false,
      failure: judgeStatus(Number.isNaN(status) ? 500 : status, 'write', { body: response.outcome }),
    };
  }
  const location = typeof response.location === 'string' ? response.location : undefined;
  const resource = isObject(entry) && isFhirJson(entry.resource) ? entry.resource : undefined;
  const stands = readLocation(location);
  const reference =
    stands?.reference ?? (resource?.id === undefined ? undefined : `${resource.resourceType}/${resource.id}`);
  const version = (typeof response.etag === 'string' ? readETag(response.etag) : undefined) ?? stands?.version;
  return { ok: true, status, body: resource, reference, version, location };
}
