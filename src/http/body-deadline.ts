import type { RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';
import { hasBody } from './read-body.ts';

/** 256 kB in this time is 13 kB a second: any line that a service runs on does that. */
export const bodySeconds = 20;

/**
 * Gives up on a body that does not arrive in time, as whoever sends it drop by drop holds a connection for nothing.
 * @throws HttpProblem `body-too-slow`; the connection is closed then
 */
export function bodyDeadline(seconds: number = bodySeconds): RequestHandler {
  return (request, response, next) => {
    if (hasBody(request)) {
      const timer = setTimeout(() => {
        if (request.complete || response.headersSent) return;
        response.once('finish', () => request.destroy());
        next(new HttpProblem('body-too-slow', `A body must arrive within ${seconds} seconds`));
      }, seconds * 1000);
      const stop = (): void => clearTimeout(timer);
      request.once('end', stop);
      response.once('close', stop);
    }
    next();
  };
}
