import { z } from 'zod';
import type { PlanChange } from '../../homework/plan/plan.ts';
import type { StepChange } from '../../homework/plan/step-change.ts';
import { day, ehrReference, id, instant, ordinal, type Shape, text, words } from './archived-values.ts';

/** Shapes of how often a step is to be done, what opens it, and what of both was changed while the plan ran. */

export const schedule = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('event'),
    event: words,
    count: ordinal,
    text: words,
    window: z.strictObject({ start: day, end: day }),
  }),
  z.strictObject({ type: z.literal('once'), by: day }),
  z.strictObject({ type: z.literal('once-within'), days: ordinal }),
]);

const criterion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('logs-done'), count: ordinal }),
  z.strictObject({ type: z.literal('behaviour-done') }),
  z.strictObject({
    type: z.literal('measure-reached'),
    linkId: text,
    comparator: z.enum(['<=', '>=']),
    value: z.number(),
  }),
  z.strictObject({ type: z.literal('measure-fell'), linkId: text, by: z.number() }),
  z.strictObject({ type: z.literal('clinician-approves') }),
]);

export const unlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('at-start') }),
  z.strictObject({ type: z.literal('by-clinician') }),
  z.strictObject({ type: z.literal('after'), after: text, criterion }),
]);

/** Who decided a change, when and why. */
const decided = {
  at: instant,
  by: ehrReference.exactOptional(),
  reason: words.exactOptional(),
  via: text.exactOptional(),
};
/** What it was and what it became. */
const changed = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ from: value.exactOptional(), to: value.exactOptional() }).exactOptional();

export const planChange = z.strictObject({
  ...decided,
  title: changed(words),
  description: changed(words),
  end: changed(day),
  goals: z.array(z.strictObject({ id, from: words.exactOptional(), to: words.exactOptional() })).exactOptional(),
} satisfies Shape<PlanChange>);

export const stepChange = z.strictObject({
  ...decided,
  title: changed(words),
  instructions: changed(words),
  rationale: changed(words),
  schedule: changed(schedule),
  unlock: changed(unlock),
  step: changed(ordinal),
  smaller: words.exactOptional(),
  goesWith: words.exactOptional(),
} satisfies Shape<StepChange>);
