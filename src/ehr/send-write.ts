import type { Dispatcher } from 'undici';
import { readBoundedJson } from '../foundation/bounded-json.ts';
import { TooLarge } from '../foundation/bounded-text.ts';
import type { Clock } from '../homework/clock.ts';
import { lateAfter, MOST_BYTES } from './ask-bounded.ts';
import { type EhrFailure, judgeSilence } from './failure.ts';
import { type FhirJson, isFhirJson } from './fhir-json.ts';
import { judgeAnswer } from './judge-answer.ts';
import { doubtful, proveWrite } from './prove-write.ts';
import { type Answered, isBare, speaksFhir } from './speaks-fhir.ts';
import { strangerFailure } from './stranger.ts';

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

/** A write that the EHR answered with success, and with what proves it (`prove-write.ts`). */
export interface Written {
  readonly ok: true;
  readonly status: number;
  /** What the EHR sent back, if it sent anything. */
  readonly body?: FhirJson | undefined;
  /** `Task/17`; absent: the EHR says that it made it, or took it for review, and not where it stands. */
  readonly reference?: string | undefined;
  readonly version?: string | undefined;
  /** As the EHR wrote it; for 202 this is where the outcome will be. */
  readonly location?: string | undefined;
}

export type WriteAnswer =
  | Written
  | {
      readonly ok: false;
      readonly failure: EhrFailure;
      /** The EHR claims a success and does not prove it: a look there may, at this place where one is named. */
      readonly doubt?: { readonly mayStandAt?: string };
    };

/**
 * Sends one write by an undici dispatcher; never throws for what the EHR or the network does. All of it has to be over
 * within `timeoutMs`: waiting for a connection, sending, and an answer however slowly it drips.
 */
export function sendWrite(
  dispatcher: Dispatcher,
  base: URL,
  request: WriteRequest,
  options: { readonly authorization?: string | undefined; readonly timeoutMs: number; readonly clock: Clock },
): Promise<WriteAnswer> {
  const path = request.path === '' ? base.pathname.replace(/\/$/, '') || '/' : join(base.pathname, request.path);
  const headers: Record<string, string> = {
    'content-type': 'application/fhir+json',
    accept: 'application/fhir+json',
    'x-request-id': request.attemptId,
  };
  if (request.prefer !== undefined) headers.prefer = `return=${request.prefer}`;
  if (options.authorization !== undefined) headers.authorization = options.authorization;
  if (request.ifMatch !== undefined) headers['if-match'] = `W/"${request.ifMatch}"`;
  if (request.ifNoneExist !== undefined) headers['if-none-exist'] = request.ifNoneExist;
  let sent = false;
  let status = 0;
  let answered: Record<string, string | string[] | undefined> = {};
  const chunks: Buffer[] = [];
  let size = 0;
  let late: Error | undefined;
  let abort: ((reason: Error) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  return new Promise<WriteAnswer>((resolve) => {
    const fail = (error: unknown) => resolve({ ok: false, failure: judgeSilence(error, 'write', sent) });
    timer = setTimeout(() => {
      late = lateAfter(options.timeoutMs);
      fail(late);
      abort?.(late);
    }, options.timeoutMs);
    try {
      dispatcher.dispatch(
        {
          origin: base.origin,
          path,
          method: request.method,
          headers,
          body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body),
          headersTimeout: options.timeoutMs,
          bodyTimeout: options.timeoutMs,
        },
        {
          onRequestStart(controller) {
            abort = (reason) => controller.abort(reason);
            if (late !== undefined) abort(late);
          },
          onRequestSent() {
            sent = true;
            request.onSent?.();
          },
          onResponseStart(_controller, code, responseHeaders) {
            status = code;
            answered = responseHeaders;
          },
          onResponseData(_controller, chunk) {
            size += chunk.length;
            if (size > MOST_BYTES) abort?.(new TooLarge(MOST_BYTES));
            else chunks.push(chunk);
          },
          onResponseEnd() {
            resolve(readAnswer(answeredBy(status, answered, chunks), request, base, options.clock));
          },
          onResponseError(_controller, error) {
            fail(error);
          },
        },
      );
    } catch (error) {
      fail(error);
    }
  }).finally(() => clearTimeout(timer));
}

function answeredBy(
  status: number,
  headers: Record<string, string | string[] | undefined>,
  chunks: readonly Buffer[],
): Answered {
  const [only] = chunks;
  const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  const text = bytes.toString('utf8');
  return { status, header: (name) => single(headers[name]), text, json: readBoundedJson(text) };
}

function readAnswer(answered: Answered, request: WriteRequest, base: URL, clock: Clock): WriteAnswer {
  const { status, header, json } = answered;
  const at = base.href.replace(/\/$/, '');
  if (status < 200 || status > 299) {
    return { ok: false, failure: judgeAnswer(answered, { nature: 'write', base: at, now: clock.now() }) };
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
    { path: request.path, sent: request.body, ifMatch: request.ifMatch, base: at },
  );
  // a page, or what was cut short: only where it says at the same time where it stands is it worth a look right now
  if (unreadable && !written.ok && written.doubt?.mayStandAt === undefined) {
    return { ok: false, failure: strangerFailure(answered, 'write') };
  }
  return written;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function join(basePath: string, path: string): string {
  return `${basePath.replace(/\/$/, '')}/${path}`;
}
