import { feedbackShape, giveFeedbackBody } from '../../contract/feedback.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { giveFeedback } from '../../record/use-cases/give-feedback.ts';
import { defineRoute } from './route.ts';
import { feedbackView } from './told-views.ts';

const example = {
  sourceId: 'feedback-9',
  author: 'Practitioner/17',
  text: 'You spoke although your heart was racing.',
};
const answers = {
  201: { description: 'Sent', schema: orOnlyId(feedbackShape) },
  200: { description: 'This was sent before', schema: orOnlyId(feedbackShape) },
};

export const feedbackRoutes = [
  defineRoute({
    method: 'post',
    path: '/assignments/{assignmentId}/feedback',
    operationId: 'giveFeedback',
    shows: 'feedback',
    tag: 'Feedback',
    summary: 'Send a message about an assignment',
    needs: ['Communication.c'],
    body: giveFeedbackBody,
    example,
    answers,
    errors: ['unknown-artefact', 'source-id-conflict'],
    async handle({ record, tenant, clientId, params, body: given }) {
      const of = { artefact: 'assignment', id: params.assignmentId } as const;
      const { feedback, created } = await giveFeedback(record, tenant.id, { ...given, clientId, of });
      return { status: created ? 201 : 200, body: feedbackView(feedback, tenant) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/logs/{logId}/feedback',
    operationId: 'giveFeedbackOnLog',
    shows: 'feedback',
    tag: 'Feedback',
    summary: 'Send a message about a log',
    needs: ['Communication.c'],
    body: giveFeedbackBody,
    example,
    answers,
    errors: ['unknown-artefact', 'source-id-conflict'],
    async handle({ record, tenant, clientId, params, body: given }) {
      const of = { artefact: 'log', id: params.logId } as const;
      const { feedback, created } = await giveFeedback(record, tenant.id, { ...given, clientId, of });
      return { status: created ? 201 : 200, body: feedbackView(feedback, tenant) };
    },
  }),
];
