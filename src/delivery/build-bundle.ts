import { judgeStatus } from '../ehr/failure.ts';
import { isFhirJson } from '../ehr/fhir-json.ts';
import { placeOf } from '../ehr/judge-answer.ts';
import { doubtful, proveWrite } from '../ehr/prove-write.ts';
import type { WriteAnswer } from '../ehr/write-answer.ts';
import { isObject } from '../foundation/is-object.ts';

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
 * @returns as many answers as there were writes; or, where the answer does not account for them, the one for them all
 * @see https://hl7.org/fhir/R4/http.html#transaction-response
 */
export function readBundleAnswer(
  answer: WriteAnswer,
  writes: readonly BundleWrite[],
  base: string,
): readonly WriteAnswer[] | Extract<WriteAnswer, { ok: false }> {
  if (!answer.ok) return answer;
  const { body, status } = answer;
  const entries = Array.isArray(body?.entry) ? body.entry : undefined;
  const isResponse = body?.type === 'transaction-response' || body?.type === 'batch-response';
  if (entries?.length !== writes.length || !isResponse) {
    return doubtful(status, 'the answer to a Bundle does not account for its entries');
  }
  const answers = entries.map((entry, at) => readEntry(entry, writes[at] as BundleWrite, base));
  // also where one of the two is of another type: such an answer is believed in nothing
  const places = entries.flatMap((entry) => placeOf(text(responseOf(entry).location), base)?.reference ?? []);
  if (new Set(places).size === places.length) return answers;
  return doubtful(status, 'the answer to a Bundle names one place for two of its entries');
}

function readEntry(entry: unknown, { resourceType, resource, update }: BundleWrite, base: string): WriteAnswer {
  const response = responseOf(entry);
  const status = Number.parseInt(String(response.status), 10);
  if (!(status >= 200 && status <= 299)) {
    return {
      ok: false,
      failure: judgeStatus(Number.isNaN(status) ? 500 : status, 'write', { body: response.outcome }),
    };
  }
  const held = isObject(entry) && isFhirJson(entry.resource) ? entry.resource : response.outcome;
  return proveWrite(
    {
      status,
      location: text(response.location),
      etag: text(response.etag),
      body: held,
      unreadable: false,
      speaksFhir: true,
    },
    { path: update?.reference ?? resourceType, sent: resource, ifMatch: update?.ifMatch, base },
  );
}

function responseOf(entry: unknown): Record<string, unknown> {
  return isObject(entry) && isObject(entry.response) ? entry.response : {};
}

/** An element that some servers write although there is nothing to say. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
