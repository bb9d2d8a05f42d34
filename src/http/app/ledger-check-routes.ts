import { z } from 'zod';
import { appBodies } from '../../contract/app/bodies.ts';
import { paging } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { showCheck } from '../../record/ledger/check/show-check.ts';
import { startCheck } from '../../record/ledger/check/start-check.ts';
import { rolesThatSee } from '../access/role-sees.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';

const roles = rolesThatSee('connection');

/** Whether the EHR holds what the ledger says, for whoever looks after the connection: ids, places and our own words. */
export const ledgerCheckRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'get',
    path: '/ledger/check',
    roles,
    writes: false,
    query: z.strictObject(paging),
    async handle({ query, ...call }) {
      return answer(call, query);
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/ledger/check',
    roles,
    writes: [],
    body: appBodies['POST /ledger/check'],
    async handle({ body, ...call }) {
      await startCheck(call.record, call.tenant.id, { ...body, by: call.session.userReference });
      return answer(call, {});
    },
  }),
];

async function answer(
  { record, tenant }: Pick<AppCall<unknown, unknown>, 'record' | 'tenant'>,
  { limit, cursor }: { readonly limit?: number; readonly cursor?: string },
) {
  const view = await showCheck(record, tenant.id, {
    ...defined({ count: limit, cursor }),
  });
  return { status: 200, body: { now: record.clock.now().toISOString(), ...view } };
}
