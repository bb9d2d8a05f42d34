import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { describeError, type ErrorDescription } from './describe-error.ts';
import { sendFhir } from './fhir/fhir-answer.ts';
import { operationOutcome } from './fhir/operation-outcome.ts';
import { OAuthError, oauthError } from './oauth/oauth-error.ts';
import { requestIdOf } from './observe-requests.ts';

/** The one place where an error becomes an answer: OperationOutcome on /fhir, OAuth's JSON on /oauth, problem+json elsewhere. */
export function answerError(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const described = describeError(error);
    const unexpected = described.unexpected && !(error instanceof OAuthError);
    if (unexpected) logger.error({ requestId: requestIdOf(response), ...traceOf(error) }, 'request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(described.status).set('Cache-Control', 'no-store');
    // RFC 9110 wants it with every 405, also when it names nothing
    if (described.status === 405) response.set('Allow', described.allow.join(', '));
    if (described.retryAfterSeconds !== undefined) response.set('Retry-After', String(described.retryAfterSeconds));
    // the rest of a body that is too large or too slow is not read: the connection can't be used again
    if (described.status === 413 || described.status === 408) response.set('Connection', 'close');
    if (request.path.startsWith('/oauth/')) {
      const { status, body } = oauthError(error, described);
      response.status(status);
      send(response, 'application/json', body);
      return;
    }
    if (described.status === 401) {
      const reason = request.headers.authorization === undefined ? '' : ', error="invalid_token"';
      response.set('WWW-Authenticate', `Bearer realm="intersession"${reason}`);
    }
    if (request.path.startsWith('/fhir/')) sendFhir(response, operationOutcome(described));
    else send(response, 'application/problem+json', problem(described, requestIdOf(response)));
  };
}

/** RFC 9457. @see https://www.rfc-editor.org/rfc/rfc9457 */
function problem({ status, code, title, detail, issues }: ErrorDescription, requestId: string): object {
  return {
    type: `https://intersession.dev/problems/${code}`,
    title,
    status,
    detail,
    code,
    ...(issues.length === 0 ? {} : { issues }),
    requestId,
  };
}

function send(response: Response, type: string, body: object): void {
  response.type(type).send(JSON.stringify(body));
}

/** Where it happened, without the message: a driver's or parser's message may quote what a patient wrote. */
function traceOf(error: unknown): { name: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, ...code, at: frames.slice(0, 8).map((line) => line.trim()) };
}
