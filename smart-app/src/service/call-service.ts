import type { ProblemIssue } from '../../../src/contract/problem.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { askingOptions, headersOf, takeEarlyAnswer } from '../early/early-answer.ts';
import { unexpectedAnswer } from './answer-shape.ts';
import { ServiceProblem } from './service-problem.ts';

export interface ServiceCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The app session that the call is made in; absent while signing in. */
  readonly session?: { readonly session: string; readonly launchId: string };
  readonly signal?: AbortSignal;
  /** Nobody has done anything: it keeps no session alive. */
  readonly byItself?: boolean;
  /** Goes on when the page is left; its body must be small. */
  readonly keepalive?: boolean;
}

/**
 * Asks our own service, naming the launch on every call; no cookies are sent.
 *
 * @throws ServiceProblem with the service's code; `offline` when no answer came; `unexpected-answer` when it is no JSON,
 * as the sign-in page of a café's network
 * @returns the answer's JSON, or undefined when it has none (204)
 */
export async function callService(call: ServiceCall): Promise<unknown> {
  const answer = await send(call);
  if (answer.status === 204) return undefined;
  const body = await readJson(answer);
  if (!answer.ok) throw problemFrom(answer.status, body);
  if (body === undefined) throw unexpectedAnswer();
  return body;
}

async function send({
  method,
  path,
  body,
  session,
  signal,
  keepalive = false,
  byItself,
}: ServiceCall): Promise<Response> {
  try {
    const early = method === 'GET' ? takeEarlyAnswer(path, session) : undefined;
    if (early !== undefined) return await early;
    return await fetch(path, {
      ...askingOptions,
      method,
      keepalive,
      headers: {
        ...headersOf(session),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(byItself ? { 'X-By-Itself': 'yes' } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...defined({ signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ServiceProblem('offline', 0, 'There is no connection at the moment.');
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}

function problemFrom(status: number, body: unknown): ServiceProblem {
  const record: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const code = typeof record.code === 'string' ? record.code : status === 401 ? 'session-expired' : 'internal';
  const detail = typeof record.detail === 'string' ? record.detail : 'The service could not do this.';
  return new ServiceProblem(code, status, detail, issuesOf(record.issues));
}

function issuesOf(given: unknown): readonly ProblemIssue[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((value: unknown): ProblemIssue[] => {
    if (typeof value !== 'object' || value === null || !('problem' in value) || typeof value.problem !== 'string')
      return [];
    return [
      {
        problem: value.problem,
        ...('path' in value && typeof value.path === 'string' ? { path: value.path } : {}),
        ...('linkId' in value && typeof value.linkId === 'string' ? { linkId: value.linkId } : {}),
      },
    ];
  });
}
