import { z } from 'zod';
import { formChoice } from './form.ts';
import { daysOff, goalShape, period } from './plan.ts';
import { schedule, unlockRule } from './schedule.ts';
import {
  ehrReference,
  encounterReference,
  id,
  lines,
  localDate,
  longText,
  personReference,
  reason,
  shortText,
  sourceId,
  stepKey,
  timeZone,
} from './values.ts';

/** A step of a new plan, or one that is put into a plan: `POST /plans/{planId}/assignments`. */
export const newAssignment = z
  .strictObject({
    key: stepKey.describe('Its name inside the plan: `4a`'),
    step: z.number().int().min(1).exactOptional().describe('Its place in the plan; default: its place in this list'),
    kind: z.string().min(1).max(64).describe('One of `GET /kinds`'),
    title: shortText,
    instructions: longText.exactOptional().describe('Default: the kind’s own'),
    rationale: longText.exactOptional().describe('Default: the kind’s own'),
    schedule,
    standing: z
      .boolean()
      .exactOptional()
      .describe(
        'It stands beside the ladder, as a diary does: open with the plan, it neither locks nor is locked; default: as its kind is',
      ),
    unlock: unlockRule
      .exactOptional()
      .describe('Default: by the clinician where its kind says so, else after the step before it, when that was done'),
    form: formChoice
      .exactOptional()
      .describe('What is the plan’s own in the form of this step; default: the kind’s own'),
    lateGraceHours: z.number().int().min(0).max(336).exactOptional(),
    requester: personReference.exactOptional().describe('Default: the plan’s author'),
    reasons: z.array(ehrReference).max(20).exactOptional(),
  })
  .meta({ id: 'NewAssignment' });

/** `POST /plans`, by the API. */
export const createPlanBody = z
  .strictObject({
    sourceId: sourceId.exactOptional(),
    patientId: id.describe('Id of the Patient in the EHR'),
    title: shortText.exactOptional().describe('Needed unless the library plan has one'),
    description: longText.exactOptional(),
    encounter: encounterReference.exactOptional(),
    timeZone: timeZone.exactOptional(),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag like en-US')
      .exactOptional(),
    period: period.exactOptional(),
    author: personReference.exactOptional(),
    addresses: z.array(ehrReference).max(50).exactOptional(),
    goals: z.array(z.strictObject(goalShape)).max(20).exactOptional(),
    assignments: z.array(newAssignment).min(1).max(100).exactOptional(),
    libraryPlan: z
      .string()
      .max(200)
      .exactOptional()
      .describe('In place of assignments: `slug|version` of `GET /library-plans`'),
    tailor: z
      .record(
        stepKey,
        z.strictObject({
          title: shortText.exactOptional(),
          instructions: longText.exactOptional(),
          rationale: longText.exactOptional(),
          schedule: schedule.exactOptional(),
          form: formChoice.exactOptional(),
          omit: z.boolean().exactOptional(),
        }),
      )
      .exactOptional()
      .describe('What is different for this patient, by the key of the library plan’s step'),
    daysOff: daysOff.max(50).exactOptional().describe('Days on which nothing of a series is asked: a holiday'),
    activate: z.boolean().exactOptional().describe('Default: true'),
  })
  .meta({ id: 'CreatePlan' });

/** `POST /plans/{planId}/close`. */
export const closePlanBody = z
  .strictObject({
    status: z.enum(['completed', 'revoked']),
    reason: reason.exactOptional().describe('Needed when revoked'),
  })
  .meta({ id: 'ClosePlan' });

/** `PATCH /plans/{planId}`. */
export const changePlanBody = z
  .strictObject({
    basedOn: z
      .number()
      .int()
      .min(1)
      .describe('`plan.revision` as you have read it; another stands there now: `version-conflict`'),
    actor: personReference.describe('Who decided it, as you tell it: `Practitioner/17`'),
    reason: reason.exactOptional(),
    title: shortText.exactOptional(),
    description: longText.exactOptional(),
    end: localDate.nullable().exactOptional().describe('Its last day; null: it runs without an end'),
    goals: z
      .array(z.strictObject({ id, description: lines(1_000) }))
      .max(20)
      .exactOptional()
      .describe('Words of its goals, by their ids'),
    daysOff: daysOff
      .max(50)
      .exactOptional()
      .describe(
        'All days on which nothing of a series is asked, in place of those there were; days off that are past stay, named or not',
      ),
  })
  .meta({ id: 'ChangePlan' });
