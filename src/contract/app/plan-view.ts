import { z } from 'zod';
import type { AnswerItem } from '../../homework/log/answer.ts';
import type { AnswerOf } from '../answer-type.ts';
import { assignmentShape } from '../assignment.ts';
import { barrierShape } from '../barrier.ts';
import { feedbackShape } from '../feedback.ts';
import { ledgerRowShape } from '../ledger.ts';
import { logShape } from '../log.ts';
import { occurrenceShape } from '../occurrence.ts';
import { adherenceShape, planShape, proposedClose } from '../plan.ts';
import { reportShape } from '../report.ts';
import type { ReportedBy } from '../told.ts';
import { instant } from '../values.ts';

/** What a source system told: whom it names is whom that system named, and never somebody who was signed in. */
export interface Told {
  readonly reportedBy?: AnswerOf<z.ZodType<ReportedBy>>;
}

/** Also answers that repeat, and with their groups; without what is withheld from this reader. */
export const appLogShape = logShape.extend({
  items: z.array(z.custom<AnswerItem>((value) => typeof value === 'object' && value !== null)),
  timeOpen: z.literal(true).exactOptional().describe('Nobody has said yet when it was; for its writer'),
  others: z
    .strictObject({ answers: z.record(z.string(), z.array(z.unknown())), performedAt: z.array(instant) })
    .exactOptional()
    .describe('What was written of it in another place and waits for its writer’s choice; for its writer'),
  riskTold: z
    .array(z.string())
    .exactOptional()
    .describe('linkIds of risk answers on which an open safety signal rests: the care team is told; for the patient'),
  riskWaits: z
    .array(z.string())
    .exactOptional()
    .describe('The same, of signals that do not come to the care team by themselves just now; for the patient'),
});
const ledgerInBrief = ledgerRowShape.pick({
  ...{ artefact: true, id: true, state: true, landing: true, reason: true },
  ...{ waitingFor: true, because: true, ehrReference: true, waitingSince: true, landedAt: true },
});
/** What has landed alike is told as one. */
const ledgerTold = ledgerInBrief.extend({
  count: z.number().int().exactOptional().describe('So many stand alike in the chart; the id is one of theirs'),
});
const adherenceInBrief = adherenceShape.pick({ assignmentId: true, counts: true, percent: true, onTimePercent: true });

/** A plan as the app shows it to a role. */
export const appPlanViewShape = z.strictObject({
  plan: planShape,
  version: z.number().int(),
  updatedAt: instant,
  assignments: z.array(assignmentShape),
  occurrences: z.array(occurrenceShape),
  logs: z.array(appLogShape),
  earlier: z
    .array(z.strictObject({ assignmentId: z.string(), notes: z.number().int().describe('Finished logs') }))
    .exactOptional()
    .describe(
      'For the patient, present where something is left out: steps of which times that were over two weeks ago, and logs of them, are not here; `GET /patient?all=true` has them',
    ),
  barriers: z.array(barrierShape),
  feedback: z.array(feedbackShape),
  reports: z.array(reportShape).exactOptional().describe('Absent for the patient'),
  adherence: z.array(adherenceInBrief),
  ledger: z.array(ledgerTold).describe('For the patient: what is on its way'),
  undoable: z
    .array(
      z.union([
        z.strictObject({ assignmentId: z.string(), until: instant }),
        z.strictObject({ barrierId: z.string(), until: instant }),
        z.strictObject({ feedbackId: z.string(), until: instant }),
      ]),
    )
    .exactOptional()
    .describe(
      'For who made them: withdrawals of steps, barriers noted as talked over and messages marked as read, that can still be undone',
    ),
  proposedClose: proposedClose.exactOptional().describe('For clinicians: no step is open and none will open by itself'),
});
export type PlanView = AnswerOf<typeof appPlanViewShape>;
export type StepView = PlanView['assignments'][number];
export type LogView = PlanView['logs'][number];
export type BarrierView = PlanView['barriers'][number];
export type FeedbackView = PlanView['feedback'][number];
export type AdherenceView = PlanView['adherence'][number];
export type LedgerView = PlanView['ledger'][number];

/** The answer to a change: the plan as it stands now. */
export const changedPlanShape = z.strictObject({ plan: appPlanViewShape });
export type ChangedPlan = AnswerOf<typeof changedPlanShape>;

/** `PUT /drafts/{logId}`: the log as it is kept now, joined with what was written of it in other places; its id is the one to go on with. */
export const savedDraftShape = z.strictObject({
  log: appLogShape,
  version: z.number().int().describe('Of its plan: what was loaded with a lower one is older than this'),
});
