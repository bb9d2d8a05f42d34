import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';

/** An address may have 8 kB; a longer search goes by POST to `_search`. */
export const longestTarget = 8 * 1024;

/**
 * Takes scheme and authority from a request's target where they stand (`GET http://x/y HTTP/1.1`): which host was meant
 * is no question here, and an authority that is no address must not reach code that reads one. What is then still no
 * path becomes one that leads nowhere.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function toOriginForm(request: IncomingMessage): void {
  const target = request.url ?? '/';
  if (target.startsWith('/')) return;
  const rest = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*(.*)$/is.exec(target)?.[1];
  if (rest === undefined) request.url = `/${encodeURIComponent(target)}`;
  else request.url = rest.startsWith('/') ? rest : `/${rest}`;
}

/** The query of the address, in the order it stands there, a repeated name as often as it is given. */
export function queryOf(request: Request): URLSearchParams {
  const { originalUrl } = request;
  const mark = originalUrl.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : (originalUrl.slice(mark).split('#', 1)[0] ?? ''));
}

/** @throws HttpProblem `uri-too-long` */
export const refuseLongTarget: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length > longestTarget) {
    const way = 'a search may be sent in a body, by POST to its _search';
    throw new HttpProblem('uri-too-long', `An address may have ${longestTarget} characters at most; ${way}`);
  }
  next();
};
