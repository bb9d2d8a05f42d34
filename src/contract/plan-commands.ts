import { z } from 'zod';
import { goalShape, period } from './plan.ts';
import { schedule, unlockRule } from './schedule.ts';
import {
  ehrReference,
  encounterReference,
  id,
  longText,
  personReference,
  reason,
  shortText,
  sourceId,
  timeZone,
} from './values.ts';

const key = z.string().regex(/^[A-Za-z0-9-]{1,32}$/, 'must be letters, digits and hyphens, 32 at most');

const newAssignment = z
  .strictObject({
    key: key.describe('Its name inside the plan: `4a`'),
    step: z.number().int().min(1).exactOptional().describe('Its place in the plan; default: its place in this list'),
    kind: z.string().min(1).max(64).describe('One of `GET /kinds`'),
    title: shortText,
    instructions: longText.exactOptional().describe('Default: the kind’s own'),
    rationale: longText.exactOptional().describe('Default: the kind’s own'),
    schedule,
    unlock: unlockRule,
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
        key,
        z.strictObject({
          title: shortText.exactOptional(),
          instructions: longText.exactOptional(),
          rationale: longText.exactOptional(),
          schedule: schedule.exactOptional(),
          omit: z.boolean().exactOptional(),
        }),
      )
      .exactOptional()
      .describe('What is different for this patient, by the key of the library plan’s step'),
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
