import type { RequestHandler } from 'express';
import { clockBody } from '../../contract/sandbox-clock.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { setSandboxClock } from '../../record/use-cases/set-sandbox-clock.ts';
import type { AppOptions } from '../app-options.ts';
import { parseWith } from './parse-with.ts';

/**
 * `POST /sandbox/clock`: sets the time of sandbox tenants, for demos and tests. It is mounted only where there are
 * sandbox tenants, and knows no other; it needs no token, as it gives access to nothing.
 */
export function sandboxClock({ record, tenants }: AppOptions): RequestHandler {
  const sandboxes = tenants.filter(({ sandbox }) => sandbox).map(({ id }) => id);
  return async (request, response) => {
    const { tenant: named, ...command } = parseWith(clockBody, request.body, 'body');
    if (named !== undefined && !sandboxes.includes(named)) {
      throw new IntersessionError('unknown-tenant', { tenant: named }, 'There is no such sandbox tenant');
    }
    response.json(await setSandboxClock(record, { ...command, tenants: named === undefined ? sandboxes : [named] }));
  };
}
