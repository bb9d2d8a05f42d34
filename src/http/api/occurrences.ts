import { z } from 'zod';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { excuseOccurrence } from '../../record/use-cases/excuse-occurrence.ts';
import { orOnlyId } from '../access/limit-answer.ts';
import { defineRoute } from './route.ts';
import { instant, reason } from './values.ts';

export const occurrenceShape = z
  .strictObject({
    id: z.string(),
    assignmentId: z.string(),
    planId: z.string(),
    patientId: z.string(),
    ordinal: z.number().int().describe('From 1'),
    status: z.enum(['due', 'overdue', 'done', 'late', 'missed', 'excused', 'paused']),
    openedAt: instant,
    dueUntil: instant.describe('End of the due day, 04:00 in the patient’s zone on the day after'),
    lateUntil: instant.describe('Until when a log still counts, as late'),
    logId: z.string().exactOptional(),
    endedAt: instant.exactOptional(),
    reason: z.string().exactOptional(),
    lastModified: instant,
  })
  .meta({ id: 'Occurrence' });

export const occurrenceRoutes = [
  defineRoute({
    method: 'post',
    path: '/occurrences/{occurrenceId}/excuse',
    operationId: 'excuseOccurrence',
    shows: 'occurrence',
    tag: 'Assignments',
    summary: 'Excuse an occurrence: it leaves the count',
    needs: ['Task.u'],
    body: z.strictObject({ reason }).meta({ id: 'ExcuseOccurrence' }),
    example: { reason: 'The meeting was cancelled' },
    answers: { 200: { description: 'Excused', schema: orOnlyId(occurrenceShape) } },
    errors: ['unknown-artefact', 'illegal-move', 'plan-closed'],
    async handle({ record, tenant, params, body }) {
      const { occurrenceId } = params;
      const { state } = await excuseOccurrence(record, tenant.id, { ...body, occurrenceId });
      const occurrence = state.occurrences.find((occurrence) => occurrence.id === occurrenceId);
      if (occurrence === undefined) throw unknownArtefact({ artefact: 'occurrence', id: occurrenceId });
      return { status: 200, body: occurrence };
    },
  }),
];
