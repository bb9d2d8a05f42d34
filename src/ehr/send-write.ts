import { readBoundedJson } from '../foundation/bounded-json.ts';
import type { Clock } from '../foundation/clock.ts';
import { defined } from '../foundation/defined.ts';
import { ask, type Connection } from './ask.ts';
import { judgeSilence } from './failure.ts';
import { type FhirJson, isFhirJson } from './fhir-json.ts';
import { judgeAnswer } from './judge-answer.ts';
import { doubtful, proveWrite } from './prove-write.ts';
import { type Answered, isBare, speaksFhir } from './speaks-fhir.ts';
import { strangerFailure } from './stranger.ts';
import type { WriteAnswer } from './write-answer.ts';

/** One write, as the gateway puts it on the wire. */
export interface WriteRequest {
  readonly method: 'POST' | 'PUT';
  /** Relative to the FHIR base: `Task`, `Task/17`; empty for a batch or transaction. */
  readonly path: string;
  /** A resource, or its JSON text as it goes on the wire. */
  readonly body: FhirJson | string;
  /** Becomes `X-Request-Id`, so that the EHR's log and our ledger can be laid side by side. */
  readonly attemptId: string;
  /** Version that must still be the current one. */
  readonly ifMatch?: string | undefined;
  /** Search criteria: nothing is made when something matches. */
  readonly ifNoneExist?: string | undefined;
  readonly prefer?: 'minimal' | 'representation' | undefined;
  /** Called once all bytes were handed to the network, before any answer is used. */
  readonly onSent?: (() => void) | undefined;
  /** Asked when its turn has come: false, and nothing is sent. */
  readonly mayBegin?: (() => boolean) | undefined;
}

/**
 * Sends one write; never throws for what the EHR or the network does. All of it has to be over within `timeoutMs`: waiting
 * for a connection, sending, and an answer however slowly it drips.
 */
export async function sendWrite(
  request: WriteRequest,
  to: {
    /** Of the FHIR server, without a trailing slash. */
    readonly base: string;
    readonly origin: string;
    readonly connection: Connection;
    readonly authorization?: string | undefined;
    readonly timeoutMs: number;
    readonly clock: Clock;
  },
): Promise<WriteAnswer> {
  let sent = false;
  try {
    const answer = await ask(
      {
        url: new URL(request.path === '' ? to.base : `${to.base}/${request.path}`),
        origin: to.origin,
        method: request.method,
        headers: headersOf(request, to.authorization),
        body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body),
        onSent() {
          sent = true;
          request.onSent?.();
        },
      },
      { timeoutMs: to.timeoutMs, connection: to.connection },
    );
    return readAnswer({ ...answer, json: readBoundedJson(answer.text) }, request, to);
  } catch (error) {
    return { ok: false, failure: judgeSilence(error, 'write', sent) };
  }
}

function headersOf(
  { attemptId, prefer, ifMatch, ifNoneExist }: WriteRequest,
  authorization: string | undefined,
): Record<string, string> {
  return {
    'content-type': 'application/fhir+json',
    accept: 'application/fhir+json',
    'x-request-id': attemptId,
    ...defined({
      prefer: prefer === undefined ? undefined : `return=${prefer}`,
      authorization,
      'if-match': ifMatch === undefined ? undefined : `W/"${ifMatch}"`,
      'if-none-exist': ifNoneExist,
    }),
  };
}

function readAnswer(
  answered: Answered,
  request: WriteRequest,
  { base, clock }: { readonly base: string; readonly clock: Clock },
): WriteAnswer {
  const { status, header, json } = answered;
  if (status < 200 || status > 299) {
    return { ok: false, failure: judgeAnswer(answered, { nature: 'write', base, now: clock.now() }) };
  }
  const theirs = speaksFhir(answered);
  if (request.path === '') {
    // a batch or transaction is taken apart by whoever knows its entries
    if (isFhirJson(json) && json.resourceType === 'Bundle') return { ok: true, status, body: json };
    if (theirs || isBare(answered)) return doubtful(status, 'the answer to a Bundle is none');
    return { ok: false, failure: strangerFailure(answered, 'write') };
  }
  const location = header('location') ?? header('content-location');
  const unreadable = !theirs && !isBare(answered);
  const written = proveWrite(
    { status, location, etag: header('etag'), body: json, unreadable, speaksFhir: theirs },
    { path: request.path, sent: request.body, ifMatch: request.ifMatch, base },
  );
  // a page, or what was cut short: only where it says at the same time where it stands is it worth a look right now
  if (unreadable && !written.ok && written.doubt?.mayStandAt === undefined) {
    return { ok: false, failure: strangerFailure(answered, 'write') };
  }
  return written;
}
