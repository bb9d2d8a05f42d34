import { z } from 'zod';
import { appBodies } from '../../contract/app/bodies.ts';
import { artefact, id } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { confirmRow } from '../../record/ledger/confirm.ts';
import { countLedger } from '../../record/ledger/ledger-filter.ts';
import type { LedgerRow } from '../../record/ledger/ledger-row.ts';
import { listLedger } from '../../record/ledger/list-ledger.ts';
import { retryRow } from '../../record/ledger/retry.ts';
import { retryMany } from '../../record/ledger/retry-many.ts';
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
      const { counts, open, waiting, undecided } = await summariseLedger(record, tenant.id);
      const now = record.clock.now().toISOString();
      return {
        status: 200,
        body: { now, counts, open, waiting: waiting.map(ledgerView), undecided: undecided.map(withoutEhrWords) },
      };
    },
  }),
  // by POST, for what is looked for may be a patient's id
  defineAppRoute({
    method: 'post',
    path: '/ledger/search',
    roles,
    writes: false,
    body: appBodies['POST /ledger/search'],
    async handle({ record, tenant, body: { state, limit, cursor, ...which } }) {
      const filter = { ...which, ...(state === undefined ? {} : { states: [state] }) };
      const [page, count] = await Promise.all([
        listLedger(record, tenant.id, { ...filter, ...defined({ count: limit, cursor }) }),
        cursor === undefined ? countLedger(record, tenant.id, filter) : undefined,
      ]);
      const now = record.clock.now().toISOString();
      const more = defined({ count, next: page.next });
      return { status: 200, body: { now, rows: page.rows.map(withoutEhrWords), ...more } };
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/ledger/retry',
    roles,
    writes: [],
    body: appBodies['POST /ledger/retry'],
    async handle({ record, tenant, session, body }) {
      const retried = await retryMany(record, tenant.id, { ...body, by: session.userReference });
      return { status: 200, body: { now: record.clock.now().toISOString(), ...retried } };
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
