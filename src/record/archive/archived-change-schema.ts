import { z } from 'zod';
import type { DaysOff, PlanChange } from '../../homework/plan/plan.ts';
import type { StepChange } from '../../homework/plan/step-change.ts';
import type { SimpleRule, UnlockCriterion, UnlockRule } from '../../homework/plan/unlock-rule.ts';
import {
  partsOfDay,
  type Schedule,
  type SeriesEnd,
  type SeriesPattern,
  weekdays,
} from '../../homework/schedule/schedule.ts';
import {
  byType,
  canonical,
  day,
  ehrReference,
  id,
  instant,
  ordinal,
  type Shape,
  text,
  type Variants,
  words,
} from './archived-values.ts';

/** Shapes of how often a step is to be done, when nothing is, what opens it, and what of these was changed while the plan ran. */

export const schedule = byType<Schedule>({
  event: { event: words, count: ordinal, text: words, window: z.strictObject({ start: day, end: day }) },
  once: { by: day },
  'once-within': { days: ordinal },
  series: {
    pattern: byType<SeriesPattern>({
      days: { every: ordinal },
      weekdays: { days: z.array(z.enum(weekdays)).min(1), everyWeeks: ordinal },
      'per-week': { count: ordinal },
    }),
    times: z.array(z.enum(partsOfDay)).min(1).exactOptional(),
    start: day.exactOptional(),
    ends: byType<SeriesEnd>({ on: { date: day }, after: { count: ordinal }, 'next-visit': {}, open: {} }),
    enough: ordinal.exactOptional(),
  },
  'at-visit': {},
  sessions: { count: ordinal },
});

export const daysOff = z.array(
  z.strictObject({ from: day, to: day, reason: words.exactOptional() } satisfies Shape<DaysOff>),
);

const bound = { comparator: z.enum(['<=', '>=']), value: z.number() };

const criterion = byType<UnlockCriterion>({
  'logs-done': { count: ordinal },
  'behaviour-done': {},
  'measure-reached': { linkId: text, ...bound },
  'measure-fell': { linkId: text, by: z.number() },
  'fell-within-log': {
    peak: text,
    after: text,
    fall: z.union([z.strictObject({ by: z.number() }), z.strictObject({ toPercent: z.number() })]),
  },
  'prediction-not-true': { count: ordinal },
  'in-a-row': { linkId: text, ...bound, count: ordinal },
  'mean-of-days': { linkId: text, ...bound, days: ordinal, atLeast: ordinal },
  'quota-kept': { planned: text, actual: text, from: z.number(), to: z.number(), days: ordinal, of: ordinal },
  'score-reached': { score: text, ...bound },
  'score-changed': { score: text, by: z.number(), direction: z.enum(['down', 'up']) },
  'clinician-approves': {},
});

const simple: Variants<SimpleRule> = { 'on-date': { date: day }, after: { after: text, criterion } };
const joined = { of: z.array(byType<SimpleRule>(simple)).min(1) };

export const unlock = byType<UnlockRule>({ 'at-start': {}, 'by-clinician': {}, ...simple, all: joined, any: joined });

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
  daysOff: changed(daysOff),
} satisfies Shape<PlanChange>);

export const stepChange = z.strictObject({
  ...decided,
  title: changed(words),
  instructions: changed(words),
  rationale: changed(words),
  schedule: changed(schedule),
  unlock: changed(unlock),
  step: changed(ordinal),
  questionnaire: changed(canonical),
  smaller: words.exactOptional(),
  goesWith: words.exactOptional(),
} satisfies Shape<StepChange>);
