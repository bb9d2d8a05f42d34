import { Client } from 'fhir-kit-client';
import { type Dispatcher, Pool } from 'undici';
import type { Clock } from '../homework/clock.ts';
import { IntersessionError } from '../homework/errors.ts';
import { type EhrFailure, judgeSilence, judgeStatus, readRetryAfter } from './failure.ts';
import { type FhirJson, fromWire, isObject, readETag } from './fhir-json.ts';
import type { RateLimit } from './limit-rate.ts';
import { sendWrite, type WriteAnswer, type WriteRequest } from './send-write.ts';

/** A resource that was read, with the version it has in the EHR. */
export interface ReadResource {
  readonly ok: true;
  readonly resource: FhirJson;
  readonly version?: string;
}

export type ReadAnswer = ReadResource | { readonly ok: false; readonly failure: EhrFailure };

/** Gives the `Authorization` header; `undefined`: the server takes no tokens. */
export interface Authorizer {
  authorization(): Promise<string | undefined>;
  /** The EHR refused this header with 401: the next call must get another. */
  refused(authorization: string): void;
}

/** The only place that sees the HTTP libraries and their errors. */
export interface Gateway {
  readonly base: string;
  /** Reads `path` relative to the base (`Task/17`, `Task?identifier=…`) or an absolute URL *of this EHR's origin*. */
  get(path: string, type: string): Promise<ReadAnswer>;
  /** The same without a token, for what is open. */
  getOpen(path: string, type: string): Promise<ReadAnswer>;
  write(request: WriteRequest): Promise<WriteAnswer>;
  /** The same server, within the same limits, with somebody else's token. */
  as(authorizer: Authorizer): Gateway;
  close(): Promise<void>;
}

/**
 * Opens the way to one FHIR server. Reads ride fhir-kit-client; writes ride undici, several times as fast, which also
 * tells when the bytes have left, so that "never sent" and "sent, but no answer" are not mixed up.
 */
export function openGateway(options: {
  readonly base: string;
  readonly authorizer: Authorizer;
  readonly limit: RateLimit;
  readonly clock: Clock;
  readonly connections: number;
  readonly timeoutMs: number;
}): Gateway {
  const { limit, clock, timeoutMs } = options;
  const url = new URL(options.base);
  const client = new Client({ baseUrl: options.base });
  const dispatcher: Dispatcher = new Pool(url.origin, { connections: options.connections, connectTimeout: 10_000 });

  const getOnce = async (path: string, type: string, authorization: string | undefined): Promise<ReadAnswer> => {
    try {
      const answer = await client.request(path, {
        options: {
          // a redirect could carry the token or the question to another host
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          // some servers answer a search from what they found a minute ago; a look-up before a write must not
          headers: { 'cache-control': 'no-cache', ...(authorization === undefined ? {} : { authorization }) },
        },
      });
      const resource = fromWire(answer, type);
      if (resource === undefined) {
        return { ok: false, failure: { status: 200, outcome: `the answer is no ${type}`, disposition: 'reject' } };
      }
      const etag = Client.httpFor(answer).response?.headers.get('etag') ?? undefined;
      const meta = isObject(resource.meta) ? resource.meta.versionId : undefined;
      const version = readETag(etag) ?? (typeof meta === 'string' ? meta : undefined);
      return version === undefined ? { ok: true, resource } : { ok: true, resource, version };
    } catch (error) {
      return { ok: false, failure: judgeReadError(error, clock) };
    }
  };

  const openAs = (authorizer: Authorizer): Gateway => ({
    base: options.base,
    get: (path, type) => {
      refuseForeign(path, url);
      return limit(() => authorized(authorizer, (authorization) => getOnce(path, type, authorization)));
    },
    // outside the limit: it may be asked on behalf of a request that already has its place
    getOpen: (path, type) => getOnce(path, type, undefined),
    write: (request) =>
      limit(() =>
        authorized(authorizer, (authorization) =>
          sendWrite(dispatcher, url, request, { authorization, timeoutMs, clock }),
        ),
      ),
    as: openAs,
    close: () => dispatcher.destroy(),
  });
  return openAs(options.authorizer);
}

/** Runs once more with a fresh token when the first was refused: a 401 was not processed. */
async function authorized<A extends { ok: true } | { ok: false; failure: EhrFailure }>(
  authorizer: Authorizer,
  run: (authorization: string | undefined) => Promise<A>,
): Promise<A | { ok: false; failure: EhrFailure }> {
  try {
    const first = await authorizer.authorization();
    const answer = await run(first);
    if (answer.ok || answer.failure.disposition !== 'refresh-token' || first === undefined) return answer;
    authorizer.refused(first);
    return await run(await authorizer.authorization());
  } catch (error) {
    if (error instanceof IntersessionError) {
      // a person's sign-in that is over says nothing of the EHR
      const disposition = error.code === 'session-expired' ? 'refresh-token' : 'retry';
      return { ok: false, failure: { outcome: error.message, disposition } };
    }
    throw error;
  }
}

/** [!WARNING] A token must never travel to a host that a server merely named. */
function refuseForeign(path: string, base: URL): void {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(path) && new URL(path, base).origin !== base.origin) {
    throw new Error('the gateway was asked for an address outside its EHR');
  }
}

function judgeReadError(error: unknown, clock: Clock): EhrFailure {
  if (error instanceof Error && 'response' in error && isObject(error.response)) {
    const status = Number(error.response.status);
    const config = 'config' in error && isObject(error.config) ? error.config : {};
    const header = config.headers instanceof Headers ? config.headers.get('retry-after') : undefined;
    const retryAfterMs = readRetryAfter(header, clock.now());
    // an answer of 2xx that is not JSON gets here, too
    if (status >= 200 && status < 300) return { status, outcome: 'the answer is not JSON', disposition: 'reject' };
    return judgeStatus(status, 'read', { body: error.response.data, retryAfterMs });
  }
  return judgeSilence(error, 'read', true);
}
