import { defined } from '../foundation/defined.ts';
import { isObject } from '../foundation/is-object.ts';
import { cleanText } from '../foundation/plain-text.ts';
import { LATE } from './ask.ts';
import type { Disposition, EhrFailure, RequestNature } from './ehr-failure.ts';

/** Judges an HTTP status other than 2xx that is the EHR's own. @see https://hl7.org/fhir/R4/http.html#Status-Codes */
export function judgeStatus(
  status: number,
  nature: RequestNature,
  details: { readonly body?: unknown; readonly retryAfterMs?: number | undefined } = {},
): EhrFailure {
  const disposition = dispositionOf(status, nature);
  return {
    status,
    outcome: readOutcome(details.body) ?? `HTTP ${status} without an OperationOutcome`,
    disposition,
    ...defined({ retryAfterMs: details.retryAfterMs }),
  };
}

/** There was no connection, so nothing can have been processed, whatever was handed to the socket. */
const neverConnected = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

/**
 * Judges a request that ended without an answer.
 * @param sent whether all of its bytes had been handed to the network
 */
export function judgeSilence(error: unknown, nature: RequestNature, sent: boolean): EhrFailure {
  const code = errorCode(error);
  const late = code === LATE ? ({ late: true } as const) : {};
  const unreached = neverConnected.has(code);
  if (nature === 'read' || !sent || unreached)
    return { outcome: `no answer: ${code}`, disposition: 'retry', ...late, ...(unreached ? { unreached } : {}) };
  return { outcome: `sent, but no answer: ${code}`, disposition: 'unknown', ...late };
}

/** Milliseconds until a `Retry-After`, given in seconds or as a date. */
export function readRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  if (header === null || header === undefined || header === '') return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/** The issues of an OperationOutcome in words; undefined when it is none. */
export function readOutcome(body: unknown): string | undefined {
  if (!isObject(body) || body.resourceType !== 'OperationOutcome' || !Array.isArray(body.issue)) return undefined;
  const words = body.issue.filter(isObject).map((issue) => {
    const details = isObject(issue.details) ? issue.details.text : undefined;
    const place = Array.isArray(issue.expression) ? ` (${issue.expression.join(', ')})` : '';
    return `${String(issue.code ?? 'error')}: ${String(details ?? issue.diagnostics ?? 'no text')}${place}`;
  });
  return words.length === 0 ? undefined : mostOf(cleanText(words.join('; ')));
}

/** True for an OperationOutcome of which an issue is an error: with it, a success is none. */
export function saysError(body: unknown): boolean {
  if (!isObject(body) || body.resourceType !== 'OperationOutcome' || !Array.isArray(body.issue)) return false;
  return body.issue.some((issue) => isObject(issue) && (issue.severity === 'error' || issue.severity === 'fatal'));
}

/** As much as the ledger keeps; never with half of a character at its end. */
function mostOf(words: string): string {
  return cleanText(words.slice(0, 600));
}

function dispositionOf(status: number, nature: RequestNature): Disposition {
  if (status === 401) return 'refresh-token';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 408 || status === 425 || status === 429 || status === 503) return 'retry';
  if (status === 501 || status < 500) return 'reject';
  return nature === 'write' ? 'unknown' : 'retry';
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const cause = error.cause;
  const deeper = isObject(cause) && typeof cause.code === 'string' ? cause.code : undefined;
  const inner = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return own ?? deeper ?? inner ?? error.name;
}
