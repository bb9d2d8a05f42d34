import { z } from 'zod';
import { barrierBody, barrierShape } from '../../contract/barrier.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { recordBarrier } from '../../record/use-cases/record-barrier.ts';
import { talkOverBarrier } from '../../record/use-cases/talk-over-barrier.ts';
import { defineRoute } from './route.ts';
import { barrierView } from './told-views.ts';

const example = {
  sourceId: 'barrier-3',
  code: 'fear',
  text: 'Afraid of being contradicted',
  saidBy: 'Practitioner/17',
};

export const barrierRoutes = [
  defineRoute({
    method: 'post',
    path: '/assignments/{assignmentId}/barriers',
    operationId: 'recordBarrier',
    shows: 'barrier',
    tag: 'Barriers',
    summary: 'Record what stood in the way',
    needs: ['Observation.c'],
    body: z.strictObject(barrierBody).meta({ id: 'RecordBarrier' }),
    example,
    answers: {
      201: { description: 'Recorded', schema: orOnlyId(barrierShape) },
      200: { description: 'This was recorded before', schema: orOnlyId(barrierShape) },
    },
    errors: ['unknown-artefact', 'source-id-conflict', 'plan-closed'],
    async handle({ record, tenant, clientId, params, body }) {
      const of = { artefact: 'assignment', id: params.assignmentId } as const;
      const { barrier, created } = await recordBarrier(record, tenant.id, { ...body, clientId, of });
      return { status: created ? 201 : 200, body: barrierView(barrier, tenant) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/plans/{planId}/barriers',
    operationId: 'recordPlanBarrier',
    shows: 'barrier',
    tag: 'Barriers',
    summary: 'Record what stands in the way of the plan as a whole',
    needs: ['Observation.c'],
    body: z.strictObject(barrierBody).meta({ id: 'RecordPlanBarrier' }),
    example,
    answers: {
      201: { description: 'Recorded', schema: orOnlyId(barrierShape) },
      200: { description: 'This was recorded before', schema: orOnlyId(barrierShape) },
    },
    errors: ['unknown-artefact', 'source-id-conflict', 'plan-closed'],
    async handle({ record, tenant, clientId, params, body }) {
      const of = { artefact: 'plan', id: params.planId } as const;
      const { barrier, created } = await recordBarrier(record, tenant.id, { ...body, clientId, of });
      return { status: created ? 201 : 200, body: barrierView(barrier, tenant) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/barriers/{barrierId}/talked-over',
    operationId: 'talkOverBarrier',
    shows: 'barrier',
    tag: 'Barriers',
    summary: 'Note that a barrier was talked over with the patient',
    needs: ['Observation.u'],
    body: z.strictObject({}).meta({ id: 'TalkOverBarrier' }),
    bodyOptional: true,
    example: {},
    answers: { 200: { description: 'Noted', schema: orOnlyId(barrierShape) } },
    errors: ['unknown-artefact'],
    async handle({ record, tenant, params }) {
      const { barrier } = await talkOverBarrier(record, tenant.id, { barrierId: params.barrierId });
      return { status: 200, body: barrierView(barrier, tenant) };
    },
  }),
];
