import { z } from 'zod';
import { occurrenceStatuses } from '../homework/schedule/occurrence.ts';
import { instant, reason } from './values.ts';
export const occurrenceShape = z
  .strictObject({
    id: z.string(),
    assignmentId: z.string(),
    planId: z.string(),
    patientId: z.string(),
    ordinal: z.number().int().describe('From 1'),
    status: z.enum(occurrenceStatuses),
    openedAt: instant,
    dueUntil: instant.describe('End of the due day, 04:00 in the patient’s zone on the day after'),
    lateUntil: instant.describe('Until when a log still counts, as late'),
    logId: z.string().exactOptional(),
    endedAt: instant.exactOptional(),
    reason: z.string().exactOptional(),
    lastModified: instant,
  })
  .meta({ id: 'Occurrence' });

/** `POST /occurrences/{occurrenceId}/excuse`. */
export const excuseOccurrenceBody = z.strictObject({ reason }).meta({ id: 'ExcuseOccurrence' });
