import { z } from 'zod';
import { adherenceStatuses } from '../homework/plan/adherence.ts';
import { planStatuses } from '../homework/plan/plan.ts';
import { decidedShape, revision } from './decided.ts';
import { reportedByField } from './told.ts';
import { coding, instant, line, lines, localDate, reason, versionedCanonical } from './values.ts';
export const planStatus = z.enum(planStatuses);

export const period = z.strictObject({ start: localDate, end: localDate.exactOptional() });

export const goalShape = {
  description: lines(1_000),
  startDate: localDate.exactOptional(),
  measure: coding.exactOptional().describe('The Observation code that shows it'),
  target: z.strictObject({ value: z.number(), unit: line(32), comparator: z.enum(['<=', '>=']) }).exactOptional(),
  ehrReference: z.string().exactOptional().describe('The same goal in the EHR: `Goal/17`'),
};

/** Days on which nothing of a series is asked. */
export const daysOff = z.array(
  z.strictObject({
    from: localDate,
    to: localDate.describe('The last day off; not before `from`'),
    reason: reason.exactOptional(),
  }),
);

const changedText = { from: z.string().exactOptional(), to: z.string().exactOptional() };
const changed = z.strictObject(changedText).exactOptional();
const planChangeShape = z
  .strictObject({
    ...decidedShape,
    title: changed,
    description: changed,
    end: changed,
    goals: z.array(z.strictObject({ id: z.string(), ...changedText })).exactOptional(),
    daysOff: z.strictObject({ from: daysOff.exactOptional(), to: daysOff.exactOptional() }).exactOptional(),
  })
  .meta({ id: 'PlanChange' });

export const planShape = z
  .strictObject({
    id: z.string(),
    patientId: z.string(),
    encounter: z.string().exactOptional(),
    title: z.string(),
    description: z.string().exactOptional(),
    status: planStatus,
    timeZone: z.string(),
    language: z.string(),
    period,
    author: z.string().exactOptional(),
    ...reportedByField,
    createdAt: instant,
    addresses: z.array(z.string()),
    goals: z.array(z.strictObject({ id: z.string(), ...goalShape })),
    libraryPlan: versionedCanonical.exactOptional(),
    daysOff: daysOff
      .exactOptional()
      .describe('A holiday, a stay in hospital: nothing of a series is asked then. The earliest first'),
    closeReason: z.string().exactOptional(),
    closedAt: instant.exactOptional(),
    changes: z
      .array(planChangeShape)
      .exactOptional()
      .describe('What was changed of its words and its end while it ran'),
    revision: revision.exactOptional(),
  })
  .meta({ id: 'Plan' });

/** As what a plan would be closed in which nothing is left to do. */
export const proposedClose = z.enum(['completed', 'revoked']);

export const adherenceShape = z
  .strictObject({
    planId: z.string(),
    assignmentId: z.string().exactOptional().describe('Absent: the whole plan'),
    patientId: z.string(),
    from: instant,
    to: instant.exactOptional().describe('Absent while the plan runs without an end'),
    status: z.enum(adherenceStatuses),
    counts: z.strictObject({
      expected: z.number().int().describe('On time, late, missed and open'),
      due: z.number().int().describe('Of these, what came to be due so far'),
      done: z.number().int().describe('On time or late'),
      onTime: z.number().int(),
      late: z.number().int(),
      missed: z.number().int(),
      open: z.number().int(),
      excused: z.number().int(),
      adHoc: z.number().int(),
      extra: z.number().int(),
    }),
    percent: z
      .number()
      .exactOptional()
      .describe('Done (on time or late), of what was due so far; absent when nothing was'),
    onTimePercent: z.number().exactOptional(),
  })
  .meta({ id: 'Adherence' });
