import { appBodies, logId } from '../../contract/app/bodies.ts';
import type { LogSource } from '../../homework/model.ts';
import { writeLog } from '../../record/use-cases/write-log.ts';
import { parseWith } from '../api/parse-with.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
import { ownedByOpenPatient } from './open-record-of.ts';
import { logForReader } from './plan-for-reader.ts';
import { showChangedPlan } from './show-changed-plan.ts';
import { toldOfRisk, withTold } from './told-of-risk.ts';

export const logRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'put',
    path: '/drafts/{logId}',
    roles: ['patient'],
    writes: ['QuestionnaireResponse'],
    body: appBodies['PUT /drafts/{logId}'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      const draft = parseWith(logId, params.logId, 'address');
      await ownedByOpenPatient(call, { artefact: 'assignment', id: body.assignmentId });
      const draftLog = { ...body, id: draft, status: 'in-progress', source: sourceIn(call) } as const;
      const { log, planVersion: version } = await writeLog(record, tenant.id, draftLog);
      const shown = withTold(logForReader(log, call.session.role, tenant), await toldOfRisk(call));
      return { status: 200, body: { log: shown, version } };
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/assignments/{assignmentId}/logs',
    roles: ['clinician', 'patient'],
    writes: ['QuestionnaireResponse'],
    body: appBodies['POST /assignments/{assignmentId}/logs'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      const { assignmentId = '' } = params;
      const { planId } = await ownedByOpenPatient(call, { artefact: 'assignment', id: assignmentId });
      const { created } = await writeLog(record, tenant.id, { ...body, assignmentId, source: sourceIn(call) });
      return { status: created ? 201 : 200, body: await showChangedPlan(call, planId) };
    },
  }),
];

/** The patient, or who entered it from paper for them. */
function sourceIn({ session }: Pick<AppCall, 'session'>): LogSource {
  if (session.role === 'patient') return { type: 'patient' };
  return { type: 'practitioner', reference: session.userReference };
}
