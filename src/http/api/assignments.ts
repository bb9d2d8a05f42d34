import type { z } from 'zod';
import {
  assignmentShape,
  changeAssignmentBody,
  makeSmallerStepBody,
  moveAssignmentBody,
} from '../../contract/assignment.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { defined } from '../../foundation/defined.ts';
import { smallerBefore } from '../../homework/plan/make-smaller-step.ts';
import { assignmentById } from '../../homework/replace-in-state.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import { changeAssignment } from '../../record/use-cases/change-assignment.ts';
import { makeSmaller } from '../../record/use-cases/make-smaller.ts';
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
  defineRoute({
    method: 'patch',
    path: '/assignments/{assignmentId}',
    operationId: 'changeAssignment',
    shows: 'assignment',
    tag: 'Assignments',
    summary: 'Change a step of a running plan',
    description:
      'Its words, how often and by when it is to be done, what opens it, its place; from now on. What was done, missed or begun stays as it was, with the words under which it was; `changes` keeps what it was before. What is so already changes nothing. Its kind and its questionnaire stay; a step that is over stays as it is (`assignment-closed`): put another beside it.',
    needs: ['Task.u'],
    body: changeAssignmentBody,
    example: { basedOn: 1, actor: 'Practitioner/17', reason: 'Once a week is enough', title: 'Say one thing' },
    answers: { 200: { description: 'As it stands now', schema: orOnlyId(assignmentShape) } },
    errors: [
      ...(['unknown-artefact', 'version-conflict', 'assignment-closed', 'plan-closed'] as const),
      ...(['schedule-never-occurs'] as const),
    ],
    async handle({ record, tenant, params, body }) {
      const { assignmentId } = params;
      const { actor: by, ...change } = body;
      const { state } = await changeAssignment(record, tenant.id, { ...change, assignmentId, by });
      return { status: 200, body: assignmentView(assignmentById(state, assignmentId), tenant) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/assignments/{assignmentId}/smaller',
    operationId: 'makeSmallerStep',
    shows: 'assignment',
    tag: 'Assignments',
    summary: 'Put a smaller step before one that is too hard',
    description:
      'In one act: the smaller step opens now, or when the hard one would have; the hard one is locked and opens once the smaller one is done. What was done or missed of the hard one stays. Answers the smaller step; the same again makes no second one.',
    needs: ['CarePlan.u', 'Task.c', 'Task.u'],
    body: makeSmallerStepBody,
    example: {
      ...{ basedOn: 1, actor: 'Practitioner/17', reason: 'Too much at once' },
      smaller: { title: 'Say it to one colleague', schedule: { type: 'once-within', days: 5 } },
    },
    answers: { 201: { description: 'The smaller step', schema: orOnlyId(assignmentShape) } },
    errors: [
      ...(['unknown-artefact', 'version-conflict', 'illegal-move', 'plan-closed'] as const),
      ...(['schedule-never-occurs'] as const),
    ],
    async handle({ record, tenant, params, body }) {
      const { assignmentId } = params;
      const { actor: by, ...command } = body;
      const { state } = await makeSmaller(record, tenant.id, { ...command, assignmentId, by });
      const key = body.smaller.key ?? smallerBefore(assignmentById(state, assignmentId));
      const made = state.assignments.find((assignment) => assignment.key === key);
      if (made === undefined) throw unknownArtefact({ artefact: 'assignment', id: assignmentId });
      return { status: 201, body: assignmentView(made, tenant) };
    },
  }),
];
