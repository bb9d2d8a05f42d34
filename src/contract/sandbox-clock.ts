import { z } from 'zod';
import { dateTime } from './values.ts';

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
    sweep: z
      .record(z.string(), z.unknown())
      .describe(
        'What the new time moved; `more`: after 20 s there is more to move, which the service does within a minute, or the call with `advance` 0 at once',
      ),
  })
  .meta({ id: 'SandboxClock' });
