import { readBoundedJson } from '../../foundation/bounded-json.ts';
import { TooLarge } from '../../foundation/bounded-text.ts';
import { defined } from '../../homework/defined.ts';
import { IntersessionError } from '../../homework/errors.ts';
import { askBounded } from '../ask-bounded.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** A page of fifty Patients with photos fits; what is larger is not what was asked for. */
const mostBytes = 8 * 1024 * 1024;

export interface AskedServer {
  readonly tenantId: string;
  readonly timeoutMs: number;
}

export interface ServerAnswer {
  readonly status: number;
  /** undefined: it was no JSON, or deeper than we walk. */
  readonly json: unknown;
}

/**
 * Sends one request to an EHR's server. No redirect is followed: what is sent is for this address and nobody else.
 * @throws `ehr-unreachable` when there is no whole answer within `timeoutMs`, `ehr-answer-unusable` for one that is too large
 */
export async function askServer(
  { tenantId, timeoutMs }: AskedServer,
  url: URL,
  request: {
    readonly method?: 'GET' | 'POST';
    readonly headers?: Record<string, string>;
    readonly body?: URLSearchParams;
  },
): Promise<ServerAnswer> {
  const { method = 'GET', headers, body } = request;
  const init = { method, headers: { accept: 'application/json', ...headers }, ...defined({ body }) };
  try {
    const { status, text } = await askBounded(url, init, { timeoutMs, mostBytes });
    return { status, json: readBoundedJson(text) };
  } catch (cause) {
    if (cause instanceof TooLarge) throw unusable(tenantId, 'its answer is too large');
    // without the cause: a library's message may quote what was sent
    throw unreachable(tenantId, 'it does not answer');
  }
}

/** An address that a secret may be sent to, and a browser may be sent to. @throws `ehr-unfit` */
export function safeEndpoint(tenantId: string, address: string | undefined, name: string): URL {
  const url = address === undefined ? null : URL.parse(address);
  if (url === null) throw unfit(tenantId, `its SMART configuration names no ${name}`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
    throw unfit(tenantId, `its ${name} is not https`);
  }
  return url;
}

export function unreachable(tenantId: string, problem: string): IntersessionError<'ehr-unreachable'> {
  return new IntersessionError('ehr-unreachable', { tenant: tenantId, problem }, `EHR of ${tenantId}: ${problem}`);
}

/** It answers, and is not set up for what is needed. */
export function unfit(tenantId: string, problem: string): IntersessionError<'ehr-unfit'> {
  return new IntersessionError('ehr-unfit', { tenant: tenantId, problem }, `EHR of ${tenantId}: ${problem}`);
}

/** It answered with what cannot be used; `problem` names the field and repeats nothing of it. */
export function unusable(tenantId: string, problem: string): IntersessionError<'ehr-answer-unusable'> {
  return new IntersessionError('ehr-answer-unusable', { tenant: tenantId, problem }, `EHR of ${tenantId}: ${problem}`);
}

/** Statuses that say "later" or nothing, and nothing of what was sent. */
export function saysLater(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}
