import { z } from 'zod';
import { period, planStatus } from '../../contract/plan.ts';
import { changePlanBody, closePlanBody, createPlanBody, newAssignment } from '../../contract/plan-commands.ts';
import { limitedPlanViewShape, planViewShape } from '../../contract/plan-view.ts';
import { id, instant, paging } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { addAssignment } from '../../record/use-cases/add-assignment.ts';
import { closePlan } from '../../record/use-cases/close-plan.ts';
import { createPlan } from '../../record/use-cases/create-plan.ts';
import { getPlan } from '../../record/use-cases/get-plan.ts';
import { listPlans } from '../../record/use-cases/list-plans.ts';
import { mayKnowOf } from '../../record/use-cases/may-change-log.ts';
import { rewordPlan } from '../../record/use-cases/reword-plan.ts';
import { nextPath } from './next-path.ts';
import { planView } from './plan-view.ts';
import { type ApiCall, defineRoute } from './route.ts';

const planAnswer = { schema: z.union([planViewShape, limitedPlanViewShape]) };

async function showPlan(call: ApiCall<never>, planId: string) {
  const { options, record, tenant } = call;
  const whole = await getPlan(record, tenant.id, planId);
  const view = { ...whole, logs: whole.logs.filter((log) => mayKnowOf(record.actor, log)) };
  return planView(view, options.chartUrl?.(tenant.id, view.plan.patientId), tenant);
}

export const planRoutes = [
  defineRoute({
    method: 'post',
    path: '/plans',
    operationId: 'createPlan',
    shows: 'plan-view',
    tag: 'Plans',
    summary: 'Make a homework plan for a patient',
    description:
      'From assignments, or from a library plan tailored to the patient. It is active at once unless told not to.',
    needs: ['CarePlan.c', 'Task.c'],
    body: createPlanBody,
    example: {
      sourceId: 'plan-17',
      patientId: 'sarah',
      timeZone: 'America/New_York',
      libraryPlan: 'social-anxiety-speaking-up|1.0.0',
      period: { start: '2026-03-01', end: '2026-04-12' },
      author: 'Practitioner/dr-okafor',
      addresses: ['Condition/sarah-social-anxiety'],
      tailor: { '2': { schedule: { type: 'once', by: '2026-03-13' } } },
    },
    answers: {
      201: { description: 'Made', ...planAnswer },
      200: { description: 'This was made before; the plan as it stands now', ...planAnswer },
    },
    errors: [
      ...(['unknown-patient', 'patient-merged', 'unknown-kind', 'unknown-artefact'] as const),
      ...(['schedule-never-occurs', 'source-id-conflict'] as const),
    ],
    async handle(call) {
      const { record, tenant, clientId, body } = call;
      const { planId, created } = await createPlan(record, tenant.id, { ...body, clientId });
      const view = await showPlan(call, planId);
      return created ? { status: 201, body: view, location: `/plans/${planId}` } : { status: 200, body: view };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/plans',
    operationId: 'listPlans',
    tag: 'Plans',
    summary: 'List plans',
    needs: ['CarePlan.s'],
    query: z.strictObject({ patientId: id.exactOptional(), status: planStatus.exactOptional(), ...paging }),
    answers: {
      200: {
        description: 'A page of plans',
        schema: z
          .strictObject({
            plans: z.array(
              z.strictObject({
                id: z.string(),
                patientId: z.string(),
                title: z.string(),
                status: planStatus,
                period,
                version: z.number().int(),
                updatedAt: instant,
              }),
            ),
            next: z.string().exactOptional().describe('Path of the next page'),
          })
          .meta({ id: 'PlanPage' }),
      },
    },
    errors: [],
    async handle({ record, tenant, query }) {
      const { limit, ...filters } = query;
      const page = await listPlans(record, tenant.id, { ...filters, ...defined({ count: limit }) });
      return { status: 200, body: { plans: page.plans, ...nextPath('/plans', query, page.next) } };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/plans/{planId}',
    operationId: 'getPlan',
    shows: 'plan-view',
    tag: 'Plans',
    summary: 'A plan with all that belongs to it',
    needs: ['CarePlan.r', 'Task.r', 'QuestionnaireResponse.r', 'Observation.r', 'Communication.r'],
    answers: { 200: { description: 'The plan', ...planAnswer } },
    errors: ['unknown-artefact'],
    async handle(call) {
      return { status: 200, body: await showPlan(call, call.params.planId) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/plans/{planId}/close',
    operationId: 'closePlan',
    shows: 'plan-view',
    tag: 'Plans',
    summary: 'Close a plan, with all that is still open in it',
    needs: ['CarePlan.u'],
    body: closePlanBody,
    example: { status: 'completed' },
    answers: { 200: { description: 'Closed', ...planAnswer } },
    errors: ['unknown-artefact', 'plan-closed'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      await closePlan(record, tenant.id, { ...body, planId: params.planId });
      return { status: 200, body: await showPlan(call, params.planId) };
    },
  }),
  defineRoute({
    method: 'patch',
    path: '/plans/{planId}',
    operationId: 'changePlan',
    shows: 'plan-view',
    tag: 'Plans',
    summary: 'Change the words of a running plan and of its goals, or its last day',
    description: '`plan.changes` keeps what they were before. What is so already changes nothing.',
    needs: ['CarePlan.u'],
    body: changePlanBody,
    example: { basedOn: 1, actor: 'Practitioner/17', title: 'Speaking up at work', end: '2026-05-31' },
    answers: { 200: { description: 'As it stands now', ...planAnswer } },
    errors: ['unknown-artefact', 'version-conflict', 'plan-closed'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      const { actor: by, ...change } = body;
      await rewordPlan(record, tenant.id, { ...change, planId: params.planId, by });
      return { status: 200, body: await showPlan(call, params.planId) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/plans/{planId}/assignments',
    operationId: 'addAssignment',
    shows: 'plan-view',
    tag: 'Plans',
    summary: 'Put another step into a running plan',
    description:
      'It comes at its place (`step`; the others make room) or last, is locked, and opens by its rule. Its key is its name: the same step again makes no second one.',
    needs: ['CarePlan.u', 'Task.c'],
    body: newAssignment,
    example: {
      ...{ key: '5', kind: 'self-monitoring', title: 'Notice when you hold back' },
      ...{ schedule: { type: 'once-within', days: 7 }, unlock: { type: 'at-start' } },
    },
    answers: {
      201: { description: 'The plan with it', ...planAnswer },
      200: { description: 'It was there already; the plan as it stands now', ...planAnswer },
    },
    errors: ['unknown-artefact', 'unknown-kind', 'plan-closed', 'schedule-never-occurs'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      const { made } = await addAssignment(record, tenant.id, { ...body, planId: params.planId });
      return { status: made ? 201 : 200, body: await showPlan(call, params.planId) };
    },
  }),
];
