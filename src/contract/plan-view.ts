import { z } from 'zod';
import { assignmentShape } from './assignment.ts';
import { barrierShape } from './barrier.ts';
import { feedbackShape } from './feedback.ts';
import { ledgerRowShape } from './ledger.ts';
import { logShape } from './log.ts';
import { occurrenceShape } from './occurrence.ts';
import { adherenceShape, planShape, proposedClose } from './plan.ts';
import { reportShape } from './report.ts';
import { instant } from './values.ts';

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
    proposedClose: proposedClose
      .exactOptional()
      .describe(
        'Present when no step is open and none will open by itself: as what it would be closed. Nothing closes by itself',
      ),
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
