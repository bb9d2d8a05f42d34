import type { RequestHandler } from 'express';
import { z } from 'zod';
import { dateTime } from '../../contract/values.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { setSandboxClock } from '../../record/use-cases/set-sandbox-clock.ts';
import type { AppOptions } from '../app-options.ts';
import { parseWith } from './parse-with.ts';

const tenant = z.string().max(63).exactOptional().describe('One sandbox tenant; default: all of them');

/** One of `set`, `advance`, `resume`. */
export const clockBody = z
  .union([
    z.strictObject({ tenant, set: dateTime }).describe('Stand still at this time'),
    z
      .strictObject({ tenant, advance: z.union([z.string().max(64), z.number().int()]) })
      .describe('Go on by an ISO 8601 duration or by milliseconds, and stand still there'),
    z.strictObject({ tenant, resume: z.literal(true) }).describe('The machine’s time again'),
  ])
  .meta({ id: 'SetSandboxClock' });

export const clockAnswer = z
  .strictObject({
    clocks: z.array(z.strictObject({ tenant: z.string(), now: z.string(), pinned: z.boolean() })),
    sweep: z.record(z.string(), z.unknown()).describe('What the new time moved'),
  })
  .meta({ id: 'SandboxClock' });

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
