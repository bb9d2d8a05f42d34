import { Client } from 'fhir-kit-client';
import { type Dispatcher, Pool } from 'undici';
import type { Clock } from '../homework/clock.ts';
import { IntersessionError } from '../homework/errors.ts';
import { type EhrFailure, judgeSilence } from './failure.ts';
import { type FhirJson, isObject } from './fhir-json.ts';
import { judgeRead } from './judge-read.ts';
import type { RateLimit } from './limit-rate.ts';
import { sendWrite, type WriteAnswer, type WriteRequest } from './send-write.ts';
import type { Answered } from './speaks-fhir.ts';

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

/** Reads and writes are judged apart: a proxy may let one of them through. */
export type Door = 'read' | 'write';

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
  /** Told of every answer, by the door that was asked; `undefined`: it was the EHR's, and a success. */
  readonly heard?: (door: Door, failure: EhrFailure | undefined) => void;
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
      const { response } = Client.httpFor(answer);
      return judge({ status: response?.status ?? 200, headers: response?.headers, data: answer }, path, type);
    } catch (error) {
      const answer = answerIn(error);
      if (answer === undefined) return { ok: false, failure: judgeSilence(error, 'read', true) };
      return judge(answer, path, type);
    }
  };
  const judge = (answer: LibraryAnswer, path: string, type: string): ReadAnswer => {
    const asked = path.startsWith(`${type}/`) && !/[?#]/.test(path) ? decodeURIComponent(path) : undefined;
    return judgeRead(asAnswered(answer), type, { base: options.base, now: clock.now(), asked });
  };
  const hear = async <A extends { ok: true } | { ok: false; failure: EhrFailure }>(
    door: Door,
    answering: Promise<A>,
  ): Promise<A> => {
    const answer = await answering;
    options.heard?.(door, answer.ok ? undefined : answer.failure);
    return answer;
  };

  const openAs = (authorizer: Authorizer): Gateway => ({
    base: options.base,
    get: (path, type) => {
      refuseForeign(path, url);
      return hear(
        'read',
        limit(() => authorized(authorizer, (authorization) => getOnce(path, type, authorization))),
      );
    },
    // outside the limit: it may be asked on behalf of a request that already has its place
    getOpen: (path, type) => getOnce(path, type, undefined),
    write: (request) =>
      hear(
        'write',
        limit(() =>
          authorized(authorizer, (authorization) =>
            sendWrite(dispatcher, url, request, { authorization, timeoutMs, clock }),
          ),
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

/** What the library makes of an answer: JSON parsed, text that is none as it came, `{}` for an empty one. */
interface LibraryAnswer {
  readonly status: number;
  readonly headers: Headers | undefined;
  readonly data: unknown;
}

function answerIn(error: unknown): LibraryAnswer | undefined {
  if (!(error instanceof Error && 'response' in error && isObject(error.response))) return undefined;
  const config = 'config' in error && isObject(error.config) ? error.config : {};
  const headers = config.headers instanceof Headers ? config.headers : undefined;
  return { status: Number(error.response.status), headers, data: error.response.data };
}

function asAnswered({ status, headers, data }: LibraryAnswer): Answered {
  const header = (name: string) => headers?.get(name) ?? undefined;
  if (typeof data === 'string') return { status, header, text: data, json: undefined };
  const empty = isObject(data) && Object.keys(data).length === 0;
  return { status, header, text: empty ? '' : '{…}', json: empty ? undefined : data };
}
