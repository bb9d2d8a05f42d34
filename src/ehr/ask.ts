import { TooLarge } from '../foundation/bounded-text.ts';
import { defined } from '../foundation/defined.ts';
import { isConfidential } from '../foundation/this-machine.ts';

/**
 * The largest answer that is read, in bytes, unpacked: a page of notes with their texts fits, and so does any
 * CapabilityStatement; eight of them at once are held by any machine that runs this service.
 */
export const MOST_BYTES = 16 * 1024 * 1024;

/** `code` of the error of a request that was not answered whole within its time. */
export const LATE = 'EHR_LATE';
const FOREIGN = 'EHR_FOREIGN_ADDRESS';

/** One request, as it goes on the wire. */
export interface WireRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request to an EHR. */
export interface EhrRequest extends WireRequest {
  /** The origin that everything in it is meant for, its token above all: it goes nowhere else. */
  readonly origin: string;
  /** Called once all bytes were handed to the network; only a connection that can tell does. */
  readonly onSent?: (() => void) | undefined;
}

/** Status and headers of an answer. */
export interface AnswerHead {
  readonly status: number;
  /** By its name in lower case. */
  header(name: string): string | undefined;
}

/** An answer that came whole, in time and within bounds. */
export interface WireAnswer extends AnswerHead {
  readonly text: string;
}

/** What a connection tells of a request while it is under way. */
export interface UnderWay {
  /** How everything of it is closed: called when nobody waits any longer, at once if that is so already. */
  closedBy(close: (reason: Error) => void): void;
  sent(): void;
  /** A piece of the body, unpacked. @throws TooLarge when it is more than is read: the connection is to close it */
  received(piece: Uint8Array): void;
}

/** Puts a request on the wire and hears the answer to its end; follows no redirect and judges nothing. */
export type Connection = (request: WireRequest, underWay: UnderWay) => Promise<AnswerHead>;

/**
 * The one way out to an EHR and its servers, whatever is asked: https or this machine, no origin but the one that the
 * request is meant for, no redirect followed, and the whole answer within `timeoutMs` (connecting, headers, and a body
 * however slowly it drips) and within `mostBytes` (unpacked, so that little on the wire cannot become much in memory).
 * @throws what `isForeign` knows before anything was sent; Error with `code` LATE after that time; TooLarge; or whatever
 * the connection throws
 */
export async function ask(
  request: EhrRequest,
  {
    timeoutMs,
    mostBytes = MOST_BYTES,
    connection = byFetch,
  }: { readonly timeoutMs: number; readonly mostBytes?: number | undefined; readonly connection?: Connection },
): Promise<WireAnswer> {
  refuseForeign(request.url, request.origin);
  const pieces: Uint8Array[] = [];
  let size = 0;
  const received = (piece: Uint8Array): void => {
    size += piece.length;
    if (size > mostBytes) throw new TooLarge(mostBytes);
    pieces.push(piece);
  };
  const sent = (): void => request.onSent?.();
  let close: ((reason: Error) => void) | undefined;
  let over: Error | undefined;
  const closedBy = (how: (reason: Error) => void): void => {
    close = how;
    if (over !== undefined) how(over);
  };
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(lateAfter(timeoutMs)), timeoutMs);
  try {
    const answering = connection(request, { closedBy, sent, received });
    // the time is ours to keep, however long closing takes to get through
    const { status, header } = await Promise.race([answering, deadline.promise]);
    return { status, header, text: textOf(pieces) };
  } catch (error) {
    over = error instanceof Error ? error : new Error('given up');
    close?.(over);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * [!WARNING] A token must never travel to a host that a server merely named, nor where others can read it.
 * @throws what `isForeign` knows, for an address of another origin, and for http that leaves this machine
 */
export function refuseForeign(url: URL, origin: string): void {
  if (!isConfidential(url)) throw foreign('the address is not https');
  if (url.origin !== origin) throw foreign('the address is of another origin');
}

/** Whether a request was not sent, because its address is not one that it may go to. */
export function isForeign(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === FOREIGN;
}

/** The error of a request that took too long. */
export function lateAfter(timeoutMs: number): Error & { readonly code: string } {
  return Object.assign(new Error(`no whole answer within ${timeoutMs / 1000} s`), { code: LATE });
}

function foreign(problem: string): Error & { readonly code: string } {
  return Object.assign(new Error(`not sent: ${problem}`), { code: FOREIGN });
}

const byFetch: Connection = async ({ url, method, headers, body }, { closedBy, received }) => {
  const controller = new AbortController();
  closedBy((reason) => controller.abort(reason));
  const { signal } = controller;
  const answer = await fetch(url, { method, headers, ...defined({ body }), redirect: 'manual', signal });
  for await (const piece of answer.body ?? []) received(piece);
  return { status: answer.status, header: (name) => answer.headers.get(name) ?? undefined };
};

function textOf(pieces: readonly Uint8Array[]): string {
  const [only] = pieces;
  const whole = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
  return Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString('utf8');
}
