import { z } from 'zod';
import { localDate, shortText } from './values.ts';

/** How often, and by when. */
export const schedule = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('event'),
        event: shortText.describe('What it waits for: `team meeting`'),
        count: z.number().int().max(100),
        text: shortText.describe('As people say it: `next three team meetings`'),
        window: z.strictObject({ start: localDate, end: localDate }),
      })
      .describe('The next `count` times something happens inside the window'),
    z.strictObject({ type: z.literal('once'), by: localDate }).describe('Once, by the end of a day'),
    z
      .strictObject({ type: z.literal('once-within'), days: z.number().int().max(366) })
      .describe('Once, within so many days of its unlocking'),
  ])
  .meta({ id: 'Schedule' });

const criterion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('logs-done'), count: z.number().int().min(1).max(100) }),
  z.strictObject({ type: z.literal('behaviour-done') }).describe('The kind’s own item says that it was done'),
  z.strictObject({
    type: z.literal('measure-reached'),
    linkId: z.string().min(1).max(64),
    comparator: z.enum(['<=', '>=']),
    value: z.number(),
  }),
  z.strictObject({ type: z.literal('measure-fell'), linkId: z.string().min(1).max(64), by: z.number() }),
  z.strictObject({ type: z.literal('clinician-approves') }),
]);

/** When an assignment unlocks. */
export const unlockRule = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('at-start') }).describe('As soon as the plan is active'),
    z.strictObject({ type: z.literal('by-clinician') }).describe('By a clinician, with a reason, and by nothing else'),
    z
      .strictObject({
        type: z.literal('after'),
        after: z.string().min(1).max(32).describe('Key of another assignment'),
        criterion,
      })
      .describe('When the criterion holds of another assignment of the plan'),
  ])
  .meta({ id: 'UnlockRule' });
