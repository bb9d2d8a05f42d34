import type { z } from 'zod';
import { assignmentShape, moveAssignmentBody } from '../../contract/assignment.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { defined } from '../../foundation/defined.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { type AskedMove, moveAssignment } from '../../record/use-cases/move-assignment.ts';
import { defineRoute } from './route.ts';
import { assignmentView } from './told-views.ts';

type Move = z.output<typeof moveAssignmentBody>;

/** The move as the record knows it. */
function askedMove(given: Move): AskedMove {
  if (given.event === 'unlock') {
    const { actor: by, reason: why, schedule: when } = given;
    return { type: 'unlock', by: { actor: by, reason: why }, ...defined({ schedule: when }) };
  }
  if (given.event === 'decline' || given.event === 'stop') {
    const { code, text, saidBy = 'patient' } = given.barrier;
    return { type: given.event, barrier: { code, saidBy, ...defined({ text }) } };
  }
  const { event, ...rest } = given;
  return { type: event, ...rest } as AskedMove;
}

export const assignmentRoutes = [
  defineRoute({
    method: 'post',
    path: '/assignments/{assignmentId}/moves',
    operationId: 'moveAssignment',
    shows: 'assignment',
    tag: 'Assignments',
    summary: 'Move an assignment',
    description:
      'Unlock, re-lock, regrade, decline, stop, pause, resume, accept as done, withdraw. `unlock` and `accept-as-done` are a person’s decision: only somebody who is signed in in the app makes them, and a source system is refused (`person-needed`). A move that is not possible from where the assignment stands is refused by name (409). With a barrier that has a `sourceId`, the same move sent again changes nothing.',
    needs: ['Task.u'],
    body: moveAssignmentBody,
    example: { event: 'withdraw', actor: 'Practitioner/17', reason: 'Another step fits better' },
    answers: { 200: { description: 'Moved', schema: orOnlyId(assignmentShape) } },
    errors: [
      ...(['person-needed', 'unknown-artefact', 'illegal-move', 'plan-closed'] as const),
      ...(['schedule-never-occurs', 'source-id-conflict'] as const),
    ],
    async handle({ record, tenant, clientId, params, body }) {
      const { assignmentId } = params;
      const sourceId = 'barrier' in body ? body.barrier.sourceId : undefined;
      const barrierSource = sourceId === undefined ? {} : { sourceId, clientId };
      const { state } = await moveAssignment(record, tenant.id, {
        assignmentId,
        event: askedMove(body),
        barrierSource,
      });
      const assignment = state.assignments.find((assignment) => assignment.id === assignmentId);
      if (assignment === undefined) throw unknownArtefact({ artefact: 'assignment', id: assignmentId });
      return { status: 200, body: assignmentView(assignment, tenant) };
    },
  }),
];
