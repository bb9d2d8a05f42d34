import { z } from 'zod';
import { checkShape, differenceShape, startLedgerCheckBody } from '../../contract/ledger-check.ts';
import { paging } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { showCheck } from '../../record/ledger/check/show-check.ts';
import { startCheck } from '../../record/ledger/check/start-check.ts';
import { needTenantReach } from '../../record/store/own-reach.ts';
import { nextPath } from './next-path.ts';
import { defineRoute } from './route.ts';

export const ledgerCheckRoutes = [
  defineRoute({
    method: 'get',
    path: '/ledger/check',
    operationId: 'showLedgerCheck',
    tag: 'Ledger',
    summary: 'The check of the ledger that is under way, else the last one, and what it found',
    needs: ['*.s'],
    query: z.strictObject(paging),
    answers: {
      200: {
        description: 'The check and a page of its differences: ids, places and our own words',
        schema: z
          .strictObject({
            check: checkShape.nullable(),
            differences: z.array(differenceShape),
            next: z.string().exactOptional().describe('Path of the next page'),
          })
          .meta({ id: 'LedgerCheckPage' }),
      },
    },
    errors: [],
    async handle({ record, tenant, query }) {
      needTenantReach(record.actor, 'see');
      const { limit, cursor } = query;
      const { next, ...view } = await showCheck(record, tenant.id, {
        ...defined({ count: limit, cursor }),
      });
      return { status: 200, body: { ...view, ...nextPath('/ledger/check', query, next) } };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/ledger/check',
    operationId: 'startLedgerCheck',
    tag: 'Ledger',
    summary: 'Hold every row against what stands in the EHR',
    description:
      'It is done in the background; while one is under way, that one is answered. A repair sends again what is missing and writes over what was altered; what stands under another patient, or is something else, counts as landed no more and is a person’s to decide; it deletes nothing, and leaves to a person what was signed, filed twice or marked as a mistake there.',
    needs: ['*.u'],
    body: startLedgerCheckBody,
    bodyOptional: true,
    example: { repair: true, reason: 'The EHR was restored from its backup', by: 'Practitioner/integration-haddad' },
    answers: { 202: { description: 'The check that is under way', schema: checkShape } },
    errors: ['not-supported'],
    async handle({ record, tenant, clientId, body }) {
      needTenantReach(record.actor, 'change');
      return {
        status: 202,
        body: await startCheck(record, tenant.id, {
          ...body,
          by: body.by === undefined ? `client ${clientId}` : `${body.by}, as told by ${clientId}`,
        }),
      };
    },
  }),
];
