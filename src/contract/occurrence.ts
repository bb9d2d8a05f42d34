import { z } from 'zod';
import { occurrenceStatuses } from '../homework/schedule/occurrence.ts';
import { partsOfDay } from '../homework/schedule/schedule.ts';
import { instant, localDate, reason } from './values.ts';

export const occurrenceShape = z
  .strictObject({
    id: z.string(),
    assignmentId: z.string(),
    planId: z.string(),
    patientId: z.string(),
    ordinal: z.number().int().describe('From 1'),
    status: z.enum(occurrenceStatuses),
    day: localDate
      .exactOptional()
      .describe('Of a series: the homework day, or the first day of the week, that it belongs to'),
    part: z.enum(partsOfDay).exactOptional().describe('Of a series with several times a day'),
    openedAt: instant,
    dueUntil: instant.describe('End of the due day, 04:00 in the patient’s zone on the day after'),
    lateUntil: instant.describe('Until when a log still counts, as late'),
    logId: z.string().exactOptional(),
    endedAt: instant.exactOptional(),
    reason: z.string().exactOptional(),
    words: z
      .number()
      .int()
      .exactOptional()
      .describe('It has the words that its step had after so many of its `changes`; absent: those that stand now'),
    superseded: z
      .literal(true)
      .exactOptional()
      .describe('The step was given other times since: this one counts as what it was, and is asked for no longer'),
    lastModified: instant,
  })
  .meta({ id: 'Occurrence' });

/** `POST /occurrences/{occurrenceId}/excuse`. */
export const excuseOccurrenceBody = z.strictObject({ reason }).meta({ id: 'ExcuseOccurrence' });
