import { z } from 'zod';
import { appBodies } from '../../contract/app/bodies.ts';
import { id } from '../../contract/values.ts';
import { confirmMerge } from '../../record/patient/confirm-merge.ts';
import { listMerges } from '../../record/patient/list-merges.ts';
import { rolesThatSee } from '../access/role-sees.ts';
import { parseWith } from '../api/parse-with.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';

const roles = rolesThatSee('connection');

/** Patients whom the EHR has merged, for whoever looks after the connection: ids, and the decision that they are one. */
export const mergeRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'get',
    path: '/merges',
    roles,
    writes: false,
    handle: showMerges,
  }),
  defineAppRoute({
    method: 'post',
    path: '/merges/{patientId}/confirm',
    roles,
    writes: [],
    body: appBodies['POST /merges/{patientId}/confirm'],
    async handle(call) {
      const { patientId } = parseWith(z.object({ patientId: id }), call.params, 'address');
      const by = call.session.userReference;
      await confirmMerge(call.record, call.tenant.id, { ...call.body, patientId, by });
      return showMerges(call);
    },
  }),
];

async function showMerges({ record, tenant }: AppCall<unknown, unknown>) {
  const now = record.clock.now().toISOString();
  return { status: 200, body: { now, ...(await listMerges(record, tenant.id)) } };
}
