import { appBodies } from '../../contract/app/bodies.ts';
import { markFeedbackRead } from '../../record/use-cases/mark-feedback-read.ts';
import { keepNotedAct, type NotedAct, undoNotedAct } from '../../record/use-cases/noted-act.ts';
import { talkOverBarrier } from '../../record/use-cases/talk-over-barrier.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
import { ownedByOpenPatient } from './open-record-of.ts';
import { showChangedPlan } from './show-changed-plan.ts';

/** What is noted by one press, and taken back by another for ten minutes. */
export const notedRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'post',
    path: '/barriers/{barrierId}/talked-over',
    roles: ['clinician'],
    writes: ['Observation'],
    body: appBodies['POST /barriers/{barrierId}/talked-over'],
    bodyOptional: true,
    async handle(call) {
      const { record, tenant, session, params } = call;
      const { barrierId = '' } = params;
      const { planId } = await ownedByOpenPatient(call, { artefact: 'barrier', id: barrierId });
      const { barrier, at } = await talkOverBarrier(record, tenant.id, { barrierId });
      const { launchId } = session;
      await keepNotedAct(record, tenant.id, { act: 'talked-over', id: barrier.id, launchId, at });
      return { status: 200, body: await showChangedPlan(call, planId) };
    },
  }),
  defineAppRoute({
    method: 'delete',
    path: '/barriers/{barrierId}/talked-over',
    roles: ['clinician'],
    writes: ['Observation'],
    handle: (call) => takeBack(call, 'talked-over'),
  }),
  defineAppRoute({
    method: 'post',
    path: '/feedback/{feedbackId}/read',
    roles: ['clinician', 'patient'],
    // to have read something is no writing in the chart that anyone would have to be granted
    writes: false,
    body: appBodies['POST /feedback/{feedbackId}/read'],
    bodyOptional: true,
    async handle(call) {
      const { record, tenant, session, params, body } = call;
      const { feedbackId = '' } = params;
      const { planId } = await ownedByOpenPatient(call, { artefact: 'feedback', id: feedbackId });
      const reader = session.role === 'patient' ? 'patient' : 'clinician';
      const at = await markFeedbackRead(record, tenant.id, { feedbackId, reader });
      const { launchId } = session;
      if (body?.byHand === true) await keepNotedAct(record, tenant.id, { act: 'read', id: feedbackId, launchId, at });
      return { status: 200, body: await showChangedPlan(call, planId) };
    },
  }),
  defineAppRoute({
    method: 'delete',
    path: '/feedback/{feedbackId}/read',
    roles: ['clinician'],
    writes: false,
    handle: (call) => takeBack(call, 'read'),
  }),
];

async function takeBack(call: AppCall<unknown, unknown>, act: NotedAct) {
  const { record, tenant, session, params } = call;
  const id = params[act === 'read' ? 'feedbackId' : 'barrierId'] ?? '';
  const { planId } = await ownedByOpenPatient(call, { artefact: act === 'read' ? 'feedback' : 'barrier', id });
  await undoNotedAct(record, tenant.id, { act, id, launchId: session.launchId });
  return { status: 200, body: await showChangedPlan(call, planId) } as const;
}
