import { readBoundedJson } from '../../foundation/bounded-json.ts';
import { TooLarge } from '../../foundation/bounded-text.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { isConfidential } from '../../foundation/this-machine.ts';
import { ask, isForeign } from '../ask.ts';

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
 * Sends one request to an EHR's server: a GET, or a POST of a form.
 * @throws `ehr-unreachable` when there is no whole answer within `timeoutMs`, `ehr-answer-unusable` for one that is too
 * large, `ehr-unfit` for an address that nothing may be sent to
 */
export async function askServer(
  { tenantId, timeoutMs }: AskedServer,
  url: URL,
  { headers, form }: { readonly headers?: Readonly<Record<string, string>>; readonly form?: URLSearchParams } = {},
): Promise<ServerAnswer> {
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
  const request = {
    ...{ url, origin: url.origin, method: form === undefined ? ('GET' as const) : ('POST' as const) },
    headers: { accept: 'application/json', ...type, ...headers },
    ...defined({ body: form?.toString() }),
  };
  try {
    const { status, text } = await ask(request, { timeoutMs, mostBytes });
    return { status, json: readBoundedJson(text) };
  } catch (cause) {
    if (cause instanceof TooLarge) throw unusable(tenantId, 'its answer is too large');
    if (isForeign(cause)) throw unfit(tenantId, 'an address that it names is not https');
    // without the cause: a library's message may quote what was sent
    throw unreachable(tenantId, 'it does not answer');
  }
}

/** An address that a secret may be sent to, and a browser may be sent to. @throws `ehr-unfit` */
export function safeEndpoint(tenantId: string, address: string | undefined, name: string): URL {
  const url = address === undefined ? null : URL.parse(address);
  if (url === null) throw unfit(tenantId, `its SMART configuration names no ${name}`);
  if (!isConfidential(url)) throw unfit(tenantId, `its ${name} is not https`);
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
