import { amendLogBody, completeLogBody, logHomeworkBody, logShape } from '../../contract/log.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { amendLog } from '../../record/use-cases/amend-log.ts';
import { completeLog } from '../../record/use-cases/complete-log.ts';
import { logHomework } from '../../record/use-cases/log-homework.ts';
import { retractLog } from '../../record/use-cases/retract-log.ts';
import { logView } from './log-view.ts';
import { defineRoute } from './route.ts';

const log = { schema: orOnlyId(logShape) };

export const logRoutes = [
  defineRoute({
    method: 'post',
    path: '/assignments/{assignmentId}/logs',
    operationId: 'logHomework',
    shows: 'log',
    tag: 'Logs',
    summary: 'Log homework',
    description:
      'Records what the patient did and ties it to its occurrence: the one that is named, else the open one that contains `performedAt`. Sending the same `sourceId` again answers 200 with the log that was made.',
    needs: ['QuestionnaireResponse.c'],
    body: logHomeworkBody,
    example: {
      sourceId: 'log-17',
      patientId: 'sarah',
      performedAt: '2026-03-02T10:00:00-05:00',
      answers: {
        situation: 'Monday team meeting',
        'belief-before': 90,
        'suds-before': 60,
        'suds-peak': 75,
        'suds-after': 50,
      },
    },
    answers: {
      201: { description: 'Logged', ...log },
      200: { description: 'This was logged before', ...log },
    },
    errors: [
      'unknown-artefact',
      'foreign-assignment',
      'assignment-locked',
      'assignment-closed',
      'plan-closed',
      'invalid-answer',
      'source-id-conflict',
    ],
    async handle(call) {
      const { record, tenant, clientId, params, body } = call;
      const command = { ...body, clientId, assignmentId: params.assignmentId };
      const logged = await logHomework(record, tenant.id, command);
      return { status: logged.created ? 201 : 200, body: logView(logged.log, tenant) };
    },
  }),
  defineRoute({
    method: 'patch',
    path: '/logs/{logId}',
    operationId: 'amendLog',
    shows: 'log',
    tag: 'Logs',
    summary: 'Amend a log',
    description:
      'Changes what a log says. The whole of its answers is given anew: one that is left out is cleared. Only who sent a log changes it, and only until somebody else has: what the patient has changed in the app is the patient’s, also what of it is withheld.',
    needs: ['QuestionnaireResponse.u'],
    body: amendLogBody,
    example: { answers: { situation: 'Monday team meeting', 'belief-before': 85 } },
    answers: { 200: { description: 'Amended', ...log } },
    errors: ['unknown-artefact', 'forbidden', 'invalid-answer', 'illegal-move', 'plan-closed', 'prediction-locked'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      const amended = await amendLog(record, tenant.id, { ...body, logId: params.logId });
      return { status: 200, body: logView(amended.log, tenant) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/logs/{logId}/complete',
    operationId: 'completeLog',
    shows: 'log',
    tag: 'Logs',
    summary: 'Complete a log that was begun',
    description: 'A draft is its writer’s alone: whoever did not begin it is told that there is none.',
    needs: ['QuestionnaireResponse.u'],
    body: completeLogBody,
    bodyOptional: true,
    example: { answers: { situation: 'Monday team meeting', 'belief-before': 85, 'belief-after': 80 } },
    answers: { 200: { description: 'Completed', ...log } },
    errors: ['unknown-artefact', 'forbidden', 'invalid-answer', 'illegal-move', 'plan-closed', 'prediction-locked'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      const completed = await completeLog(record, tenant.id, { ...body, logId: params.logId });
      return { status: 200, body: logView(completed.log, tenant) };
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/logs/{logId}',
    operationId: 'retractLog',
    shows: 'log',
    tag: 'Logs',
    summary: 'Take a log back',
    description:
      'For who sent it. The log stays, as entered in error; its occurrence is due again, or missed. One that was never completed loses its words.',
    needs: ['QuestionnaireResponse.d'],
    answers: { 200: { description: 'Taken back', ...log } },
    errors: ['unknown-artefact', 'illegal-move', 'plan-closed'],
    async handle(call) {
      const { record, tenant, params } = call;
      const retracted = await retractLog(record, tenant.id, { logId: params.logId });
      return { status: 200, body: logView(retracted.log, tenant) };
    },
  }),
];
