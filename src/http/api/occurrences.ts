import { excuseOccurrenceBody, occurrenceShape } from '../../contract/occurrence.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { excuseOccurrence } from '../../record/use-cases/excuse-occurrence.ts';
import { defineRoute } from './route.ts';

export const occurrenceRoutes = [
  defineRoute({
    method: 'post',
    path: '/occurrences/{occurrenceId}/excuse',
    operationId: 'excuseOccurrence',
    shows: 'occurrence',
    tag: 'Assignments',
    summary: 'Excuse an occurrence: it leaves the count',
    needs: ['Task.u'],
    body: excuseOccurrenceBody,
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
