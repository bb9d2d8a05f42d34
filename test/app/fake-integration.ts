import { states } from '../../smart-app/src/integration/integration-words.ts';
import type { ConnectionView } from '../../src/contract/app/connection.ts';
import type { AttemptView, CheckView, LedgerRow, RowView, SummaryView } from '../../src/contract/app/ledger.ts';
import type { MergesView } from '../../src/contract/app/merges.ts';
import { whoseTurn } from '../../src/homework/ledger/whose-turn.ts';

type FakeRow = RowView['row'] & { readonly attempts?: readonly AttemptView[] };

/** What the integration team's doors know. */
export interface FakeIntegration {
  readonly connection: Omit<ConnectionView, 'now'>;
  readonly rows: readonly FakeRow[];
  readonly merges?: Omit<MergesView, 'now'>;
  readonly check?: Omit<CheckView, 'now'>;
}

const noCheck = { checked: 0, differences: 0, unchecked: 0, finishedAt: null, problem: null, kinds: {} };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly now: string;
}

const perPage = 8;
const by = 'Practitioner/integration-haddad';

/** Answers as the service does, and says how things stand then; undefined: there is no such thing. */
export function answerIntegration(
  before: FakeIntegration,
  { method, path, body, now }: Asked,
): { body: object; after: FakeIntegration } | undefined {
  if (path === '/connection' || path === '/connection/ask-again')
    return { body: { now, ...before.connection }, after: before };
  if (path === '/connection/try-again') {
    const after = { ...before, connection: { ...before.connection, corrections: [] } };
    return { body: { now, ...after.connection }, after };
  }
  if (path === '/ledger/summary') return { body: summary(before.rows, now), after: before };
  if (path === '/ledger/search') return { body: page(before.rows, body, now), after: before };
  if (path === '/ledger/retry') {
    // goes on behind the last one that was taken, whatever state that has by now
    const from = Number(body.cursor ?? 0);
    const fitting = before.rows.filter((row, at) => at >= from && fits(row, body));
    const turn = fitting.slice(0, perPage);
    const last = turn.at(-1);
    const rows = before.rows.map((row) => (turn.includes(row) ? decide(row, 'retry', body, now) : row));
    const more = fitting.length > turn.length && last !== undefined;
    const next = more ? { next: String(before.rows.indexOf(last) + 1) } : {};
    return { body: { now, tried: turn.length, left: 0, ...next }, after: { ...before, rows } };
  }
  const merges = before.merges ?? { held: [], confirmed: [] };
  if (path === '/merges') return { body: { now, ...merges }, after: before };
  if (path.startsWith('/merges/')) {
    const patientId = path.split('/')[2] ?? '';
    const { held, confirmed } = merges;
    const merge = { patientId, survivorId: String(body.survivorId), reason: String(body.reason) };
    const said = { ...merge, confirmedBy: by, confirmedAt: now, plans: 1, artefacts: 12 };
    const decided = { held: held.filter((row) => row.patientId !== patientId), confirmed: [said, ...confirmed] };
    return { body: { now, ...decided }, after: { ...before, merges: decided } };
  }
  if (path === '/ledger/check') {
    const check =
      method === 'POST'
        ? { ...noCheck, id: 'check-2', state: 'running', startedAt: now, startedBy: by, repair: body.repair === true }
        : before.check?.check;
    const view = { check: check ?? null, differences: method === 'POST' ? [] : (before.check?.differences ?? []) };
    return { body: { now, ...view }, after: { ...before, check: view as NonNullable<FakeIntegration['check']> } };
  }
  const [, , artefact, id, verb] = path.split('/');
  const at = before.rows.findIndex((row) => row.artefact === artefact && row.id === id);
  const row = before.rows[at];
  if (row === undefined) return undefined;
  if (verb === undefined) return { body: show(row, now), after: before };
  const decided = decide(row, verb, body, now);
  return { body: show(decided, now), after: { ...before, rows: before.rows.with(at, decided) } };
}

function decide(row: FakeRow, verb: string, body: Record<string, unknown>, now: string): FakeRow {
  const detail = [body.reference, body.reason].filter((part) => part !== undefined).join(': ');
  const evidence: AttemptView = {
    ...{ id: `decision-${row.attempts?.length ?? 0}`, startedAt: now, finishedAt: now, landing: row.landing ?? 'none' },
    ...{ httpStatus: null, disposition: `person:${verb}`, detail },
  };
  const attempts = [evidence, ...(row.attempts ?? [])];
  if (verb === 'confirm')
    return {
      ...row,
      attempts,
      state: 'landed',
      ehrReference: String(body.reference),
      landed: row.wanted,
      reason: null,
    };
  if (verb === 'withdraw') return { ...row, attempts, state: 'withdrawn', reason: String(body.reason) };
  return {
    ...row,
    attempts,
    state: row.state === 'unknown' && body.notThere !== true ? 'unknown' : 'pending',
    reason: null,
  };
}

function show({ attempts = [], ...row }: FakeRow, now: string): RowView {
  return { now, row, attempts };
}

/** What the EHR said of a row is shown of that row alone. */
const listed = ({ attempts: _attempts, lastOutcome: _words, ...row }: FakeRow): LedgerRow => row;

const turnOf = ({ state, waitingFor, because }: FakeRow) => whoseTurn(state, (waitingFor ?? because)?.code);
const sent = new Set<string>(['pending', 'in-flight']);

const since = (row: LedgerRow): string => row.waitingSince ?? row.wantedAt;

function summary(rows: readonly FakeRow[], now: string): SummaryView {
  const waiting = Map.groupBy(
    rows.filter((row) => turnOf(row) === 'itself' && row.state !== 'in-flight'),
    ({ artefact, state, landing, reason }) => JSON.stringify([artefact, state, landing, reason]),
  );
  const counts = Object.fromEntries(
    states.map((ledgerState) => [ledgerState, rows.filter(({ state }) => state === ledgerState).length]),
  );
  return {
    now,
    counts: counts as SummaryView['counts'],
    open: {
      decide: rows.filter((row) => turnOf(row) === 'person').length,
      wait: rows.filter((row) => turnOf(row) === 'itself' && !sent.has(row.state)).length,
      send: rows.filter(({ state }) => sent.has(state)).length,
    },
    waiting: [...waiting.values()].flatMap(([first, ...more]) =>
      first === undefined
        ? []
        : [
            {
              ...{
                artefact: first.artefact,
                state: first.state,
                landing: first.landing,
                reason: first.reason,
                count: more.length + 1,
              },
              ...{ waitingFor: first.waitingFor, because: first.because },
              since: [first, ...more].map(since).sort()[0] ?? now,
            },
          ],
    ),
    undecided: rows
      .filter((row) => turnOf(row) === 'person')
      .toSorted((row, other) => since(row).localeCompare(since(other)))
      .map(listed),
  };
}

function fits(row: FakeRow, { state, artefact, reasonCode, find }: Record<string, unknown>): boolean {
  const [why, whole] = [row.waitingFor ?? row.because, [row.id, row.planId, row.patientId, row.ehrReference]];
  return (
    (state === undefined || row.state === state) &&
    (artefact === undefined || row.artefact === artefact) &&
    (reasonCode === undefined || why?.code === reasonCode) &&
    (find === undefined || whole.some((one) => one === find))
  );
}

function page(rows: readonly FakeRow[], body: Record<string, unknown>, now: string): object {
  const from = Number(body.cursor ?? 0);
  const fitting = rows.filter((row) => fits(row, body)).map(listed);
  const count = from === 0 ? { count: fitting.length } : {};
  const next = fitting.length > from + perPage ? { next: String(from + perPage) } : {};
  return { now, ...count, rows: fitting.slice(from, from + perPage), ...next };
}
