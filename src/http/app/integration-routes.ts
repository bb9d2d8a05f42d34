import { z } from 'zod';
import { appBodies } from '../../contract/app/bodies.ts';
import { artefact, id, paging } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { confirmRow } from '../../record/ledger/confirm.ts';
import { type LedgerRow, ledgerStates } from '../../record/ledger/ledger-row.ts';
import { listLedger } from '../../record/ledger/list-ledger.ts';
import { retryRow } from '../../record/ledger/retry.ts';
import { showLedger } from '../../record/ledger/show-ledger.ts';
import { summariseLedger } from '../../record/ledger/summarise-ledger.ts';
import { withdrawRow } from '../../record/ledger/withdraw.ts';
import { rolesThatSee } from '../access/role-sees.ts';
import { ledgerView } from '../api/ledger-view.ts';
import { parseWith } from '../api/parse-with.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';

const roles = rolesThatSee('ehrWords');
const row = '/ledger/{artefact}/{id}';
const rowKey = z.object({ artefact, id });

/**
 * The ledger of the tenant, for whoever looks after the connection: ids and states, and what a person decides about a
 * row. No content of any resource and no name is in any answer but in the EHR's own words about one row, which may quote
 * what was sent: those are answered for that row alone, and logged nowhere.
 */
export const integrationRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'get',
    path: '/ledger/summary',
    roles,
    writes: false,
    async handle({ record, tenant }) {
      const { counts, waiting, undecided } = await summariseLedger(record, tenant.id);
      const now = record.clock.now().toISOString();
      return {
        status: 200,
        body: { now, counts, waiting: waiting.map(ledgerView), undecided: undecided.map(withoutEhrWords) },
      };
    },
  }),
  defineAppRoute({
    method: 'get',
    path: '/ledger',
    roles,
    writes: false,
    query: z.strictObject({
      state: z.enum(ledgerStates).exactOptional(),
      artefact: artefact.exactOptional(),
      ...paging,
    }),
    async handle({ record, tenant, query: { state, limit, ...filters } }) {
      const page = await listLedger(record, tenant.id, {
        ...filters,
        ...(state === undefined ? {} : { states: [state] }),
        ...defined({ count: limit }),
      });
      const now = record.clock.now().toISOString();
      const next = page.next === undefined ? {} : { next: page.next };
      return { status: 200, body: { now, rows: page.rows.map(withoutEhrWords), ...next } };
    },
  }),
  defineAppRoute({
    method: 'get',
    path: row,
    roles,
    writes: false,
    async handle(call) {
      return showRow(call);
    },
  }),
  defineAppRoute({
    method: 'post',
    path: `${row}/retry`,
    roles,
    writes: [],
    body: appBodies['POST /ledger/{artefact}/{id}/retry'],
    async handle(call) {
      await retryRow(call.record, call.tenant.id, { ...keyOf(call), ...call.body, by: call.session.userReference });
      return showRow(call);
    },
  }),
  defineAppRoute({
    method: 'post',
    path: `${row}/confirm`,
    roles,
    writes: [],
    body: appBodies['POST /ledger/{artefact}/{id}/confirm'],
    async handle(call) {
      await confirmRow(call.record, call.tenant.id, { ...keyOf(call), ...call.body, by: call.session.userReference });
      return showRow(call);
    },
  }),
  defineAppRoute({
    method: 'post',
    path: `${row}/withdraw`,
    roles,
    writes: [],
    body: appBodies['POST /ledger/{artefact}/{id}/withdraw'],
    async handle(call) {
      await withdrawRow(call.record, call.tenant.id, { ...keyOf(call), ...call.body, by: call.session.userReference });
      return showRow(call);
    },
  }),
];

function keyOf({ params }: AppCall<unknown, unknown>) {
  return parseWith(rowKey, params, 'address');
}

async function showRow(call: AppCall<unknown, unknown>) {
  const { record, tenant } = call;
  const { attempts, ...shown } = await showLedger(record, tenant.id, keyOf(call));
  return { status: 200, body: { now: record.clock.now().toISOString(), row: ledgerView(shown), attempts } };
}

/** A row as lists show it. */
function withoutEhrWords({ lastOutcome: _mayQuote, ...rest }: LedgerRow) {
  return ledgerView(rest);
}
