import { z } from 'zod';
import { defined } from '../../homework/defined.ts';
import type { PlanView } from '../../record/use-cases/get-plan.ts';
import { assignmentShape } from './assignments.ts';
import { barrierShape } from './barriers.ts';
import { feedbackShape } from './feedback.ts';
import { ledgerRowShape } from './ledger.ts';
import { ledgerView } from './ledger-view.ts';
import { logShape, logView } from './log-view.ts';
import { occurrenceShape } from './occurrences.ts';
import { reportShape, reportView } from './report-view.ts';
import { reportedByField, type Sources } from './reported-by.ts';
import { assignmentView, barrierView, feedbackView, planRowView } from './told-views.ts';
import { coding, instant, line, lines, localDate, versionedCanonical } from './values.ts';

export const planStatus = z.enum(['draft', 'active', 'on-hold', 'completed', 'revoked', 'entered-in-error']);
export const period = z.strictObject({ start: localDate, end: localDate.exactOptional() });

export const goalShape = {
  description: lines(1_000),
  startDate: localDate.exactOptional(),
  measure: coding.exactOptional().describe('The Observation code that shows it'),
  target: z.strictObject({ value: z.number(), unit: line(32), comparator: z.enum(['<=', '>=']) }).exactOptional(),
  ehrReference: z.string().exactOptional().describe('The same goal in the EHR: `Goal/17`'),
};

const planShape = z
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
    closeReason: z.string().exactOptional(),
    closedAt: instant.exactOptional(),
  })
  .meta({ id: 'Plan' });

export const adherenceShape = z
  .strictObject({
    planId: z.string(),
    assignmentId: z.string().exactOptional().describe('Absent: the whole plan'),
    patientId: z.string(),
    from: instant,
    to: instant.exactOptional().describe('Absent while the plan runs without an end'),
    status: z.enum(['preliminary', 'final', 'amended']),
    counts: z.strictObject({
      expected: z.number().int(),
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

/** A plan with all that belongs to it. */
export const planViewShape = z
  .strictObject({
    plan: planShape,
    version: z.number().int(),
    updatedAt: instant,
    assignments: z.array(assignmentShape).describe('In the order of their steps'),
    occurrences: z.array(occurrenceShape),
    logs: z.array(logShape),
    barriers: z.array(barrierShape),
    feedback: z.array(feedbackShape),
    reports: z.array(reportShape),
    adherence: z.strictObject({
      plan: adherenceShape,
      assignments: z.array(adherenceShape).describe('Of every assignment that was ever unlocked'),
    }),
    landings: z.array(ledgerRowShape).describe('Where each artefact stands in the EHR, of the types that may be read'),
    chartUrl: z.string().exactOptional(),
    proposedClose: z
      .enum(['completed', 'revoked'])
      .exactOptional()
      .describe('Present when everything in it is at its end: as what it would be closed. Nothing closes by itself'),
  })
  .meta({ id: 'PlanView' });

/** The same for a token that may not read all of it. */
export const limitedPlanViewShape = planViewShape
  .partial()
  .extend({
    plan: z.union([
      planShape,
      planShape.omit({ goals: true }).meta({ id: 'PlanWithoutGoals' }),
      z.strictObject({ id: z.string(), patientId: z.string() }),
    ]),
    landings: z.array(ledgerRowShape),
    hidden: z.array(z.string()).describe('Parts that are left out because the token may not read their type'),
  })
  .meta({ id: 'LimitedPlanView' });

/** The plan as the API shows it. */
export function planView(view: PlanView, chartUrl: string | undefined, sources: Sources): object {
  const { plan, version, updatedAt, assignments, occurrences, barriers, feedback, reports } = view;
  return {
    ...{ plan: planRowView(plan, sources), version, updatedAt, occurrences },
    assignments: assignments.map((assignment) => assignmentView(assignment, sources)),
    logs: view.logs.map((log) => logView(log, sources)),
    barriers: barriers.map((barrier) => barrierView(barrier, sources)),
    feedback: feedback.map((feedback) => feedbackView(feedback, sources)),
    reports: reports.map((report) => reportView(report, sources)),
    adherence: {
      plan: view.adherences.find(({ assignmentId }) => assignmentId === undefined),
      assignments: view.adherences.filter(({ assignmentId }) => assignmentId !== undefined),
    },
    landings: view.ledger.map(ledgerView),
    ...defined({ chartUrl, proposedClose: view.proposedClose }),
  };
}
