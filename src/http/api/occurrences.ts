import { excuseOccurrenceBody, occurrenceShape } from '../../contract/occurrence.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { occurrenceById } from '../../homework/replace-in-state.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { excuseOccurrence } from '../../record/use-cases/excuse-occurrence.ts';
import { startSession } from '../../record/use-cases/start-session.ts';
import { defineRoute } from './route.ts';

const started = { schema: orOnlyId(occurrenceShape) };

export const occurrenceRoutes = [
  defineRoute({
    method: 'post',
    path: '/assignments/{assignmentId}/sessions',
    operationId: 'startSession',
    shows: 'occurrence',
    tag: 'Assignments',
    summary: 'Start a session of a step that is done in sessions',
    description:
      'In the room or by telehealth: one time of the step opens and is what is logged next. While one goes on the answer is that one. Refused (409) of a step with another schedule, and of one that is not open.',
    needs: ['Task.c', 'Task.u'],
    answers: {
      201: { description: 'Started', ...started },
      200: { description: 'One goes on already', ...started },
    },
    errors: ['unknown-artefact', 'illegal-move', 'assignment-locked', 'plan-closed'],
    async handle({ record, tenant, params }) {
      const { state, occurrenceId, made } = await startSession(record, tenant.id, params);
      return { status: made ? 201 : 200, body: occurrenceById(state, occurrenceId) };
    },
  }),
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
