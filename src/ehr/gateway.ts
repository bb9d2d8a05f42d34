import { readBoundedJson } from '../foundation/bounded-json.ts';
import { TooLarge } from '../foundation/bounded-text.ts';
import type { Clock } from '../foundation/clock.ts';
import { defined } from '../foundation/defined.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';
import { ask, refuseForeign } from './ask.ts';
import type { EhrFailure } from './ehr-failure.ts';
import { judgeSilence } from './failure.ts';
import { judgeRead } from './judge-read.ts';
import type { Lane, RateLimit } from './limit-rate.ts';
import { openPool } from './pool-connection.ts';
import type { ReadAnswer } from './read-answer.ts';
import { sendWrite, type WriteRequest } from './send-write.ts';
import { requestKindOfRead, requestKindOfWrite, throughCircuits } from './through-circuits.ts';
import type { CircuitWatch } from './watch-circuits.ts';
import type { WriteAnswer } from './write-answer.ts';

/** Gives the `Authorization` header; `undefined`: the server takes no tokens. */
export interface Authorizer {
  authorization(): Promise<string | undefined>;
  /** The EHR refused this header with 401: the next call must get another. */
  refused(authorization: string): void;
}

/** Reads and writes of one FHIR server, each with what its answer means. */
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
 * Opens the way to one FHIR server. Writes go by a pool of their own (`pool-connection.ts`). Each request is over
 * within `timeoutMs`; a kind of request (`search Task`) that was not answered in that time has its circuit
 * open: one of it is tried at a time until one is answered, and the others fail at once, as not sent.
 */
export function openGateway(options: {
  readonly base: string;
  readonly authorizer: Authorizer;
  readonly limit: RateLimit;
  readonly circuits: CircuitWatch;
  readonly clock: Clock;
  readonly connections: number;
  readonly timeoutMs: number;
  /** Told of each success, by the kind of request. */
  readonly succeeded?: (requestKind: string) => void;
  /** Told of every answer, by what was asked; `undefined`: it was the EHR's, and a success. */
  readonly heard?: (lane: Lane, failure: EhrFailure | undefined) => void;
}): Gateway {
  const { limit, circuits, clock, timeoutMs } = options;
  const { origin } = new URL(options.base);
  const pool = openPool(origin, options.connections);

  const getOnce = async (path: string, type: string, authorization: string | undefined): Promise<ReadAnswer> => {
    // some servers answer a search from what they found a minute ago; a look-up before a write must not
    const headers = { accept: 'application/fhir+json', 'cache-control': 'no-cache' };
    try {
      const answer = await ask(
        { url: addressOf(path), origin, method: 'GET', headers: { ...headers, ...defined({ authorization }) } },
        { timeoutMs },
      );
      const answered = { ...answer, json: readBoundedJson(answer.text) };
      const asked = path.startsWith(`${type}/`) && !/[?#]/.test(path) ? decodeURIComponent(path) : undefined;
      return judgeRead(answered, type, { base: options.base, now: clock.now(), asked });
    } catch (error) {
      if (!(error instanceof TooLarge)) return { ok: false, failure: judgeSilence(error, 'read', true) };
      return { ok: false, failure: { status: 200, outcome: `the answer is ${error.message}`, disposition: 'reject' } };
    }
  };
  const addressOf = (path: string): URL =>
    new URL(/^[a-z][a-z0-9+.-]*:|^\/\//i.test(path) ? path : `${options.base}/${path}`, origin);
  const through = throughCircuits(circuits, options.succeeded);
  const to = { base: options.base, origin, connection: pool.connection, timeoutMs, clock };

  const hear = async <A extends { ok: true } | { ok: false; failure: EhrFailure }>(
    lane: Lane,
    answering: Promise<A>,
  ): Promise<A> => {
    const answer = await answering;
    options.heard?.(lane, answer.ok ? undefined : answer.failure);
    return answer;
  };

  const openAs = (authorizer: Authorizer): Gateway => ({
    base: options.base,
    get: (path, type) => {
      // before it waits for a place
      refuseForeign(addressOf(path), origin);
      const requestKind = requestKindOfRead(path, options.base);
      const read = (authorization: string | undefined) =>
        through.ask(requestKind, () => getOnce(path, type, authorization));
      return hear(
        'read',
        through.place(requestKind, () => limit(() => authorized(authorizer, read), 'read')),
      );
    },
    // outside the limit: it may be asked on behalf of a request that already has its place
    getOpen: (path, type) => through.watch(path, () => getOnce(path, type, undefined)),
    write: (request) => {
      const requestKind = requestKindOfWrite(request);
      const write = (authorization: string | undefined): Promise<WriteAnswer> => {
        // it may have waited for its place until somebody else has the work
        if (request.mayBegin?.() === false) return notBegun;
        return through.ask(requestKind, () => sendWrite(request, { ...to, authorization }));
      };
      return hear(
        'write',
        through.place(requestKind, () => limit(() => authorized(authorizer, write), 'write')),
      );
    },
    as: openAs,
    close: () => pool.close(),
  });
  return openAs(options.authorizer);
}

const notBegun: Promise<WriteAnswer> = Promise.resolve({
  ok: false,
  failure: { outcome: 'not sent: its time to begin was over', disposition: 'retry' },
});

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
