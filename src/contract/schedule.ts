import { z } from 'zod';
import { mostAWeek, mostDaysApart, partsOfDay, weekdays } from '../homework/schedule/schedule.ts';
import { localDate, shortText } from './values.ts';

const pattern = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('days'), every: z.number().int().min(1).max(mostDaysApart) })
    .describe('Every so many days from the first day on; 1: every day'),
  z.strictObject({
    type: z.literal('weekdays'),
    days: z.array(z.enum(weekdays)).min(1).max(7),
    everyWeeks: z.number().int().min(1).max(52),
  }),
  z
    .strictObject({ type: z.literal('per-week'), count: z.number().int().min(1).max(mostAWeek) })
    .describe('So many times a week, on whichever days'),
]);

/** Ends that name no day. */
export const seriesEnds = [
  z.strictObject({ type: z.literal('after'), count: z.number().int().min(1).max(1000) }),
  z.strictObject({ type: z.literal('next-visit') }),
  z.strictObject({ type: z.literal('open') }),
] as const;

const ends = z.discriminatedUnion('type', [z.strictObject({ type: z.literal('on'), date: localDate }), ...seriesEnds]);

/** What of a series names no day. */
export const seriesShape = {
  type: z.literal('series'),
  pattern,
  times: z.array(z.enum(partsOfDay)).min(1).max(5).exactOptional().describe('Not with `per-week`'),
  enough: z
    .number()
    .int()
    .min(1)
    .max(35)
    .exactOptional()
    .describe('So many of a week’s occurrences are good enough; changes no count'),
} as const;

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
    z
      .strictObject({
        ...seriesShape,
        start: localDate.exactOptional().describe('Absent: the day on which the step opens'),
        ends,
      })
      .describe('Again and again; each occurrence is made when its window opens'),
    z.strictObject({ type: z.literal('at-visit') }).describe('Once, due at the next visit'),
    z
      .strictObject({ type: z.literal('sessions'), count: z.number().int().min(1).max(100) })
      .describe('In sessions that a clinician starts'),
  ])
  .meta({ id: 'Schedule' });

const linkId = z.string().min(1).max(64);
const comparator = z.enum(['<=', '>=']);
const times = z.number().int().min(1).max(100);

const criterion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('logs-done'), count: times }),
  z.strictObject({ type: z.literal('behaviour-done') }).describe('The kind’s own item says that it was done'),
  z.strictObject({
    type: z.literal('measure-reached'),
    linkId,
    comparator,
    value: z.number(),
  }),
  z.strictObject({ type: z.literal('measure-fell'), linkId, by: z.number() }),
  z.strictObject({
    type: z.literal('fell-within-log'),
    peak: linkId,
    after: linkId,
    fall: z.union([z.strictObject({ by: z.number() }), z.strictObject({ toPercent: z.number().min(0).max(100) })]),
  }),
  z.strictObject({ type: z.literal('prediction-not-true'), count: times }),
  z.strictObject({ type: z.literal('in-a-row'), linkId, comparator, value: z.number(), count: times }),
  z.strictObject({
    type: z.literal('mean-of-days'),
    linkId,
    comparator,
    value: z.number(),
    days: times,
    atLeast: times,
  }),
  z.strictObject({
    type: z.literal('quota-kept'),
    planned: linkId,
    actual: linkId,
    from: z.number().min(0),
    to: z.number().min(0),
    days: times,
    of: times,
  }),
  z.strictObject({ type: z.literal('score-reached'), score: linkId, comparator, value: z.number() }),
  z.strictObject({
    type: z.literal('score-changed'),
    score: linkId,
    by: z.number().positive(),
    direction: z.enum(['down', 'up']),
  }),
  z.strictObject({ type: z.literal('clinician-approves') }),
]);

const onDate = z.strictObject({ type: z.literal('on-date'), date: localDate }).describe('From that day on');
const after = z
  .strictObject({
    type: z.literal('after'),
    after: z.string().min(1).max(32).describe('Key of another assignment'),
    criterion,
  })
  .describe('When the criterion holds of another assignment of the plan');
const joined = z
  .array(z.discriminatedUnion('type', [onDate, after]))
  .min(2)
  .max(8);

/** When an assignment unlocks. */
export const unlockRule = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('at-start') }).describe('As soon as the plan is active'),
    z.strictObject({ type: z.literal('by-clinician') }).describe('By a clinician, with a reason, and by nothing else'),
    onDate,
    after,
    z.strictObject({ type: z.literal('all'), of: joined }).describe('When all of them hold'),
    z.strictObject({ type: z.literal('any'), of: joined }).describe('When one of them holds'),
  ])
  .meta({ id: 'UnlockRule' });
