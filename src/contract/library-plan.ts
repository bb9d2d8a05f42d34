import { z } from 'zod';
import { seriesEnds, seriesShape, unlockRule } from './schedule.ts';
import { coding, versionedCanonical } from './values.ts';

/** What a library plan works towards. */
const libraryGoalShape = z.strictObject({
  key: z.string(),
  description: z.string(),
  measure: coding.exactOptional(),
  target: z.strictObject({ value: z.number(), unit: z.string(), comparator: z.enum(['<=', '>=']) }).exactOptional(),
});

/** How often and how soon, without a date. */
const libraryScheduleShape = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('event'),
    event: z.string(),
    count: z.number().int(),
    text: z.string(),
    days: z.number().int(),
  }),
  z.strictObject({ type: z.literal('once-within'), days: z.number().int() }),
  z.strictObject({
    ...seriesShape,
    ends: z.discriminatedUnion('type', seriesEnds),
  }),
  z.strictObject({ type: z.literal('at-visit') }),
  z.strictObject({ type: z.literal('sessions'), count: z.number().int() }),
]);

const countedWordsShape = z.strictObject({ title: z.string(), instructions: z.string(), text: z.string() });

export const libraryPlanShape = z
  .strictObject({
    libraryPlan: z.string().describe('`slug|version`, as `POST /plans` takes it'),
    slug: z.string(),
    version: z.string(),
    title: z.string(),
    description: z.string(),
    goals: z.array(libraryGoalShape),
    steps: z.array(
      z.strictObject({
        key: z.string(),
        step: z.number().int(),
        kind: z.string(),
        title: z.string(),
        instructions: z.string(),
        rationale: z.string(),
        questionnaire: versionedCanonical,
        schedule: libraryScheduleShape,
        standing: z
          .literal(true)
          .exactOptional()
          .describe('It stands beside the ladder, and neither locks nor is locked'),
        unlock: unlockRule,
        counted: z
          .strictObject({ one: countedWordsShape, other: countedWordsShape })
          .exactOptional()
          .describe('How its words go when another number of times is asked for; `#` is the number as a word'),
      }),
    ),
    approvedBy: z.strictObject({ name: z.string(), on: z.string() }).exactOptional(),
  })
  .meta({ id: 'LibraryPlan' });
