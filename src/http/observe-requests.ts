import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';

/**
 * What systems make as ids: groups of hexadecimal digits (a UUID, nginx's, a trace), a ULID, or a word with a short number.
 * Anything else could be a name, an address or a token, and would stand in our log and our answers.
 */
const usable =
  /^(?=.{1,64}$)((?=.*\d)[0-9a-f]+(-[0-9a-f]+)*|(?=.*\d)[0-9A-F]+(-[0-9A-F]+)*|[0-7][0-9A-HJKMNP-TV-Z]{25}|[a-z]{1,10}-\d{1,5})$/;

/** The id under which this request stands in our log and in its answer. */
export function requestIdOf(response: Response): string {
  const id: unknown = response.locals.requestId;
  return typeof id === 'string' ? id : '';
}

/**
 * Gives each request an id (the caller's own if it is one), one line of log and one measurement. Both name the
 * route's pattern, never the address: an address holds ids of patients, and a search even more.
 */
export function observeRequests(logger: Logger, metrics: Registry): RequestHandler {
  const duration = new Histogram({
    name: 'intersession_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
  return (request, response, next) => {
    const given = request.get('X-Request-Id');
    const requestId = given !== undefined && usable.test(given) ? given : randomUUID();
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    const started = performance.now();
    response.on('close', () => {
      const route = routeOf(request.route);
      const ms = Math.round(performance.now() - started);
      const status = response.writableFinished ? response.statusCode : 499;
      duration.observe({ method: request.method, route, status }, ms / 1000);
      const level = status >= 500 ? 'error' : 'info';
      logger[level]({ requestId, method: request.method, route, status, ms }, 'request');
    });
    next();
  };
}

function routeOf(route: unknown): string {
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : 'none';
}
