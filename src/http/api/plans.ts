import { z } from 'zod';
import { goalShape, period, planStatus } from '../../contract/plan.ts';
import { limitedPlanViewShape, planViewShape } from '../../contract/plan-view.ts';
import { schedule, unlockRule } from '../../contract/schedule.ts';
import {
  ehrReference,
  encounterReference,
  id,
  instant,
  longText,
  paging,
  personReference,
  reason,
  shortText,
  sourceId,
  timeZone,
} from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { closePlan } from '../../record/use-cases/close-plan.ts';
import { createPlan } from '../../record/use-cases/create-plan.ts';
import { getPlan } from '../../record/use-cases/get-plan.ts';
import { listPlans } from '../../record/use-cases/list-plans.ts';
import { mayKnowOf } from '../../record/use-cases/may-change-log.ts';
import { nextPath } from './next-path.ts';
import { planView } from './plan-view.ts';
import { type ApiCall, defineRoute } from './route.ts';

const key = z.string().regex(/^[A-Za-z0-9-]{1,32}$/, 'must be letters, digits and hyphens, 32 at most');

const newAssignment = z
  .strictObject({
    key: key.describe('Its name inside the plan: `4a`'),
    step: z.number().int().min(1).exactOptional().describe('Its place in the plan; default: its place in this list'),
    kind: z.string().min(1).max(64).describe('One of `GET /kinds`'),
    title: shortText,
    instructions: longText.exactOptional().describe('Default: the kind’s own'),
    rationale: longText.exactOptional().describe('Default: the kind’s own'),
    schedule,
    unlock: unlockRule,
    lateGraceHours: z.number().int().min(0).max(336).exactOptional(),
    requester: personReference.exactOptional().describe('Default: the plan’s author'),
    reasons: z.array(ehrReference).max(20).exactOptional(),
  })
  .meta({ id: 'NewAssignment' });

const createBody = z
  .strictObject({
    sourceId: sourceId.exactOptional(),
    patientId: id.describe('Id of the Patient in the EHR'),
    title: shortText.exactOptional().describe('Needed unless the library plan has one'),
    description: longText.exactOptional(),
    encounter: encounterReference.exactOptional(),
    timeZone: timeZone.exactOptional(),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag like en-US')
      .exactOptional(),
    period: period.exactOptional(),
    author: personReference.exactOptional(),
    addresses: z.array(ehrReference).max(50).exactOptional(),
    goals: z.array(z.strictObject(goalShape)).max(20).exactOptional(),
    assignments: z.array(newAssignment).min(1).max(100).exactOptional(),
    libraryPlan: z
      .string()
      .max(200)
      .exactOptional()
      .describe('In place of assignments: `slug|version` of `GET /library-plans`'),
    tailor: z
      .record(
        key,
        z.strictObject({
          title: shortText.exactOptional(),
          instructions: longText.exactOptional(),
          rationale: longText.exactOptional(),
          schedule: schedule.exactOptional(),
          omit: z.boolean().exactOptional(),
        }),
      )
      .exactOptional()
      .describe('What is different for this patient, by the key of the library plan’s step'),
    activate: z.boolean().exactOptional().describe('Default: true'),
  })
  .meta({ id: 'CreatePlan' });

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
    body: createBody,
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
    body: z
      .strictObject({
        status: z.enum(['completed', 'revoked']),
        reason: reason.exactOptional().describe('Needed when revoked'),
      })
      .meta({ id: 'ClosePlan' }),
    example: { status: 'completed' },
    answers: { 200: { description: 'Closed', ...planAnswer } },
    errors: ['unknown-artefact', 'plan-closed'],
    async handle(call) {
      const { record, tenant, params, body } = call;
      await closePlan(record, tenant.id, { ...body, planId: params.planId });
      return { status: 200, body: await showPlan(call, params.planId) };
    },
  }),
];
