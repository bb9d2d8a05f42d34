import { barrierShape, recordBarrierBody, recordPlanBarrierBody, talkOverBarrierBody } from '../../contract/barrier.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { defined } from '../../foundation/defined.ts';
import { type RecordBarrierCommand, recordBarrier } from '../../record/use-cases/record-barrier.ts';
import { talkOverBarrier } from '../../record/use-cases/talk-over-barrier.ts';
import { type ApiCall, defineRoute } from './route.ts';
import { barrierView } from './told-views.ts';

/** What is the same of a barrier to one step and of one to the whole plan. */
const recording = {
  ...({ method: 'post', shows: 'barrier', tag: 'Barriers', needs: ['Observation.c'] } as const),
  example: {
    ...{ sourceId: 'barrier-3', code: 'fear', text: 'Afraid of being contradicted' },
    saidBy: 'Practitioner/17',
  },
  answers: {
    201: { description: 'Recorded', schema: orOnlyId(barrierShape) },
    200: { description: 'This was recorded before', schema: orOnlyId(barrierShape) },
  },
  errors: ['unknown-artefact', 'source-id-conflict', 'plan-closed'],
} as const;

type Given = Omit<RecordBarrierCommand, 'of' | 'clientId'>;

async function record(
  { record, tenant, clientId, body }: ApiCall<string, Given, undefined>,
  of: RecordBarrierCommand['of'],
) {
  const { barrier, created } = await recordBarrier(record, tenant.id, { ...body, clientId, of });
  return { status: created ? 201 : 200, body: barrierView(barrier, tenant) };
}

export const barrierRoutes = [
  defineRoute({
    path: '/assignments/{assignmentId}/barriers',
    operationId: 'recordBarrier',
    summary: 'Record what stood in the way',
    ...recording,
    body: recordBarrierBody,
    handle: (call) => record(call, { artefact: 'assignment', id: call.params.assignmentId }),
  }),
  defineRoute({
    path: '/plans/{planId}/barriers',
    operationId: 'recordPlanBarrier',
    summary: 'Record what stands in the way of the plan as a whole',
    ...recording,
    body: recordPlanBarrierBody,
    handle: (call) => record(call, { artefact: 'plan', id: call.params.planId }),
  }),
  defineRoute({
    method: 'post',
    path: '/barriers/{barrierId}/talked-over',
    operationId: 'talkOverBarrier',
    shows: 'barrier',
    tag: 'Barriers',
    summary: 'Note that a barrier was talked over with the patient',
    needs: ['Observation.u'],
    body: talkOverBarrierBody,
    bodyOptional: true,
    example: { actor: 'Practitioner/17' },
    answers: { 200: { description: 'Noted', schema: orOnlyId(barrierShape) } },
    errors: ['unknown-artefact'],
    async handle({ record, tenant, params, body }) {
      const actor = body?.actor;
      const { barrier } = await talkOverBarrier(record, tenant.id, {
        barrierId: params.barrierId,
        ...defined({ actor }),
      });
      return { status: 200, body: barrierView(barrier, tenant) };
    },
  }),
];
