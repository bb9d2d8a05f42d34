import { z } from 'zod';
import { assignmentStatuses, businessStatuses } from '../homework/plan/assignment.ts';
import { schedule, unlockRule } from './schedule.ts';
import { reportedByField, reportedByShape } from './told.ts';
import { barrierCode, instant, versionedCanonical } from './values.ts';
export const assignmentShape = z
  .strictObject({
    id: z.string(),
    planId: z.string(),
    patientId: z.string(),
    key: z.string().describe('Its name inside the plan: `4a`'),
    step: z.number().int().describe('Its place in the plan, from 1'),
    kind: z.string(),
    title: z.string(),
    instructions: z.string().exactOptional(),
    rationale: z.string().exactOptional(),
    questionnaire: versionedCanonical,
    definition: versionedCanonical.exactOptional(),
    status: z.enum(assignmentStatuses),
    businessStatus: z.enum(businessStatuses),
    statusReason: z.strictObject({ code: barrierCode.exactOptional(), text: z.string() }).exactOptional(),
    schedules: z.array(z.strictObject({ schedule, from: instant, until: instant.exactOptional() })),
    pauses: z.array(
      z.strictObject({ from: instant, until: instant.exactOptional(), reason: z.string().exactOptional() }),
    ),
    pausedFrom: z.enum(businessStatuses).exactOptional(),
    unlock: unlockRule,
    lateGraceHours: z.number(),
    authoredOn: instant,
    lastModified: instant,
    requester: z.string().exactOptional(),
    ...reportedByField,
    reportedMove: z
      .strictObject({ event: z.string(), at: instant, reportedBy: reportedByShape })
      .exactOptional()
      .describe('The last move that a source system told, and whom it named'),
    reasons: z.array(z.string()),
    unlockedAt: instant.exactOptional(),
    endedAt: instant.exactOptional(),
  })
  .meta({ id: 'Assignment' });
