import { readBoundedJson } from '../../homework/bounded-json.ts';
import { IntersessionError } from '../../homework/errors.ts';

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
 * @throws `ehr-unreachable` when there is no answer, `ehr-answer-unusable` for one that is too large
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
  try {
    const answer = await fetch(url, {
      method: request.method ?? 'GET',
      headers: { accept: 'application/json', ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: answer.status, json: readBoundedJson(await readText(answer)) };
  } catch (cause) {
    if (cause instanceof IntersessionError) throw cause;
    // without the cause: a library's message may quote what was sent
    throw unreachable(tenantId, 'it does not answer');
  }

  async function readText(answer: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > mostBytes) throw unusable(tenantId, 'its answer is too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
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
