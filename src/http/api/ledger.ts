import { z } from 'zod';
import {
  confirmLedgerBody,
  ledgerRowShape,
  ledgerRowWithAttemptsShape,
  retryLedgerBody,
  withdrawLedgerBody,
} from '../../contract/ledger.ts';
import { orOnlyId } from '../../contract/only-id.ts';
import { artefact, id, paging } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { confirmRow } from '../../record/ledger/confirm.ts';
import { ledgerStates } from '../../record/ledger/ledger-row.ts';
import { listLedger } from '../../record/ledger/list-ledger.ts';
import { retryRow } from '../../record/ledger/retry.ts';
import { showLedger } from '../../record/ledger/show-ledger.ts';
import { withdrawRow } from '../../record/ledger/withdraw.ts';
import { ledgerView } from './ledger-view.ts';
import { nextPath } from './next-path.ts';
import { defineRoute } from './route.ts';

const row = { 200: { description: 'The row as it stands now', schema: orOnlyId(ledgerRowShape) } };
const path = '/ledger/{artefact}/{id}' as const;

export const ledgerRoutes = [
  defineRoute({
    method: 'get',
    path: '/ledger',
    operationId: 'listLedger',
    tag: 'Ledger',
    summary: 'Where everything stands in the EHR',
    needs: ['*.s'],
    query: z.strictObject({
      state: z
        .union([z.enum(ledgerStates), z.array(z.enum(ledgerStates)).min(1)])
        .exactOptional()
        .describe('Can be given several times'),
      artefact: artefact.exactOptional(),
      planId: id.exactOptional(),
      patientId: id.exactOptional(),
      ...paging,
    }),
    answers: {
      200: {
        description: 'A page of rows',
        schema: z
          .strictObject({
            rows: z.array(ledgerRowShape),
            next: z.string().exactOptional().describe('Path of the next page'),
          })
          .meta({ id: 'LedgerPage' }),
      },
    },
    errors: [],
    async handle({ record, tenant, query }) {
      const { state, limit, ...filters } = query;
      const page = await listLedger(record, tenant.id, {
        ...filters,
        ...(state === undefined ? {} : { states: [state].flat() }),
        ...defined({ count: limit }),
      });
      return { status: 200, body: { rows: page.rows.map(ledgerView), ...nextPath('/ledger', query, page.next) } };
    },
  }),
  defineRoute({
    method: 'get',
    path,
    operationId: 'showLedger',
    tag: 'Ledger',
    summary: 'Where one artefact stands, with every attempt',
    needs: ['*.r'],
    answers: { 200: { description: 'The row with its attempts', schema: ledgerRowWithAttemptsShape } },
    errors: ['unknown-artefact'],
    async handle({ record, tenant, params }) {
      return { status: 200, body: ledgerView(await showLedger(record, tenant.id, params)) };
    },
  }),
  defineRoute({
    method: 'post',
    path: `${path}/retry`,
    operationId: 'retryLedger',
    shows: 'ledger-row',
    tag: 'Ledger',
    summary: 'Try again now',
    needs: ['*.u'],
    body: retryLedgerBody,
    bodyOptional: true,
    example: {},
    answers: row,
    errors: ['unknown-artefact', 'not-supported', 'stands-in-ehr', 'ehr-unreachable'],
    async handle({ record, tenant, params, body }) {
      return { status: 200, body: ledgerView(await retryRow(record, tenant.id, { ...params, ...body })) };
    },
  }),
  defineRoute({
    method: 'post',
    path: `${path}/confirm`,
    operationId: 'confirmLedger',
    shows: 'ledger-row',
    tag: 'Ledger',
    summary: 'Say that an unanswered attempt did land, and where',
    description:
      'It is read there first: its type, our identifier or mark and its patient must be the row’s. While the EHR cannot be asked, nothing is confirmed.',
    needs: ['*.u'],
    body: confirmLedgerBody,
    example: { reference: 'DocumentReference/42' },
    answers: row,
    errors: ['unknown-artefact', 'not-supported', 'place-mismatch', 'ehr-unreachable'],
    async handle({ record, tenant, params, body }) {
      return { status: 200, body: ledgerView(await confirmRow(record, tenant.id, { ...params, ...body })) };
    },
  }),
  defineRoute({
    method: 'post',
    path: `${path}/withdraw`,
    operationId: 'withdrawLedger',
    shows: 'ledger-row',
    tag: 'Ledger',
    summary: 'Decide that it shall not land',
    needs: ['*.u'],
    body: withdrawLedgerBody,
    example: { reason: 'The chart already has it on paper' },
    answers: row,
    errors: ['unknown-artefact', 'not-supported'],
    async handle({ record, tenant, params, body }) {
      return { status: 200, body: ledgerView(await withdrawRow(record, tenant.id, { ...params, ...body })) };
    },
  }),
];
