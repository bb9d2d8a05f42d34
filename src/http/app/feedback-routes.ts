import { appBodies } from '../../contract/app/bodies.ts';
import { markFeedbackRead } from '../../record/use-cases/mark-feedback-read.ts';
import { type AppRoute, defineAppRoute } from './app-route.ts';
import { ownedByOpenPatient } from './open-record-of.ts';
import { showChangedPlan } from './show-changed-plan.ts';

export const feedbackRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'post',
    path: '/feedback/{feedbackId}/read',
    roles: ['clinician', 'patient'],
    // to have read something is no writing in the chart that anyone would have to be granted
    writes: false,
    body: appBodies['POST /feedback/{feedbackId}/read'],
    bodyOptional: true,
    async handle(call) {
      const { record, tenant, session, params } = call;
      const { feedbackId = '' } = params;
      const { planId } = await ownedByOpenPatient(call, { artefact: 'feedback', id: feedbackId });
      const reader = session.role === 'patient' ? 'patient' : 'clinician';
      await markFeedbackRead(record, tenant.id, { feedbackId, reader });
      return { status: 200, body: await showChangedPlan(call, planId) };
    },
  }),
];
