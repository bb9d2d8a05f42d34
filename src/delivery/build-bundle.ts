import type { EhrFailure } from '../ehr/failure.ts';
import { judgeStatus } from '../ehr/failure.ts';
import { isFhirJson, isObject, readETag, readLocation } from '../ehr/fhir-json.ts';
import type { WriteAnswer, Written } from '../ehr/send-write.ts';

/** One entry of a batch or transaction. */
export interface BundleWrite {
  readonly urn: string;
  readonly resourceType: string;
  /** The resource as JSON text. */
  readonly resource: string;
  /** Absent: create. */
  readonly update?: { readonly reference: string; readonly ifMatch?: string | undefined } | undefined;
  readonly ifNoneExist?: string | undefined;
}

/** The Bundle that carries these writes in this order, as JSON text. @see https://hl7.org/fhir/R4/http.html#transaction */
export function buildBundle(type: 'batch' | 'transaction', base: string, writes: readonly BundleWrite[]): string {
  const entries = writes.map(({ urn, resourceType, resource, update, ifNoneExist }) => {
    const fullUrl = update === undefined ? urn : `${base}/${update.reference}`;
    const request =
      update === undefined
        ? { method: 'POST', url: resourceType, ifNoneExist }
        : {
            method: 'PUT',
            url: update.reference,
            ifMatch: update.ifMatch === undefined ? undefined : `W/"${update.ifMatch}"`,
          };
    return `{"fullUrl":${JSON.stringify(fullUrl)},"resource":${resource},"request":${JSON.stringify(request)}}`;
  });
  return `{"resourceType":"Bundle","type":"${type}","entry":[${entries.join(',')}]}`;
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
  const written: Written = {
    ok: true,
    status,
    ...(resource === undefined ? {} : { body: resource }),
    ...(reference === undefined ? {} : { reference }),
    ...(version === undefined ? {} : { version }),
    ...(location === undefined ? {} : { location }),
  };
  return written;
}
