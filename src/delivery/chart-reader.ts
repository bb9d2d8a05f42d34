import type { Ehr } from '../ehr/open-ehr.ts';
import { ehrTrouble } from '../foundation/ehr-trouble.ts';
import type { Queryable } from '../record/database/database.ts';
import type { ChartReader, Mismatch, PlaceAnswer, WhereAnswer } from '../record/ledger/chart-reader.ts';
import type { LedgerKey } from '../record/ledger/ledger-row.ts';
import { type CheckedRow, readCheckedRow, toSought } from './check/checked-row.ts';
import { identityOf } from './check/identity-of.ts';
import { sameAsSent } from './check/same-as-sent.ts';
import { searchCounterparts } from './check/search-counterparts.ts';
import { readSendingContext } from './check/sending-context-of.ts';
import { loadReferences, ownPlace } from './load-references.ts';
import type { PlannedWrite } from './plan-sending.ts';
import type { SendingContext } from './sending-context.ts';
import { whoseIs } from './whose.ts';

interface Asking {
  readonly ehr: Ehr;
  readonly row: CheckedRow;
  readonly write: PlannedWrite;
  readonly context: SendingContext;
}

/** Reads the EHRs for people's decisions about ledger rows, with the service's own token. */
export function chartReader({
  database,
  ehrs,
}: {
  readonly database: Queryable;
  readonly ehrs: ReadonlyMap<string, Ehr>;
}): ChartReader {
  const ask = async <A>(tenantId: string, key: LedgerKey, answer: (asking: Asking) => Promise<A>) => {
    const ehr = ehrs.get(tenantId);
    if (ehr === undefined) return undefined;
    try {
      const context = await readSendingContext(ehr);
      const row = await readCheckedRow(database, tenantId, key);
      const write = row === undefined ? undefined : toSought(row, context);
      return row === undefined || write === undefined ? undefined : await answer({ ehr, row, write, context });
    } catch (error) {
      if (ehrTrouble(error) === undefined) throw error;
      return undefined;
    }
  };
  return {
    placeOf: async (tenantId, key, reference) =>
      (await ask(tenantId, key, (asking) => placeOf(database, asking, reference))) ?? { answer: 'unreachable' },
    whereIs: async (tenantId, key) => (await ask(tenantId, key, whereIs)) ?? { answer: 'unreachable' },
  };
}

async function placeOf(database: Queryable, asking: Asking, reference: string): Promise<PlaceAnswer> {
  const { ehr, row, write, context } = asking;
  const [type = '', id = ''] = reference.split('/');
  const read = await ehr.read(type, id);
  if (!read.ok) {
    const { status, disposition } = read.failure;
    if (disposition !== 'reject') return { answer: 'unreachable' };
    return status === 404 || status === 410 ? { answer: 'absent' } : { answer: 'unreadable', status };
  }
  const { resource, version } = read;
  const differs: Mismatch[] = [];
  if (resource.resourceType !== write.resourceType || type !== write.resourceType) differs.push('type');
  const identity = await identityOf(ehr, write, resource);
  if (typeof identity === 'object') return { answer: 'unreachable' };
  // an earlier version of the note was sent, and the next one is on its way
  const bears = identity === 'own' || (identity === 'earlier' && row.sent < row.wanted);
  // what this EHR keeps without our identifier is ours if it says to the letter what was sent
  const says = async () => {
    const known = await loadReferences(database, ehr.tenantId, [{ rows: [row] }]);
    const { identifier: _unsaid, ...rest } = JSON.parse(write.content);
    const unnamed = { ...write, content: JSON.stringify(rest) };
    return sameAsSent(unnamed, resource, { known, base: ehr.base, traits: context.traits });
  };
  if (!bears && !(identity === 'unsaid' && differs.length === 0 && (await says()))) differs.push('identifier');
  if (whoseIs(resource, row, ehr.base) !== 'own') differs.push('patient');
  return differs.length > 0 ? { answer: 'other', differs } : { answer: 'own', version };
}

async function whereIs({ ehr, row, write, context }: Asking): Promise<WhereAnswer> {
  const place = ownPlace(`${write.resourceType}/`, row.ehrReference);
  if (place !== null) {
    const read = await ehr.read(write.resourceType, place.slice(place.indexOf('/') + 1));
    if (read.ok) {
      const identity = await identityOf(ehr, write, read.resource);
      if (typeof identity === 'object') return { answer: 'unreachable' };
      const own = (identity === 'own' || identity === 'earlier') && whoseIs(read.resource, row, ehr.base) === 'own';
      if (own) return { answer: 'found', references: [place] };
    } else if (read.failure.disposition !== 'reject') return { answer: 'unreachable' };
  }
  const found = await searchCounterparts(ehr, [{ row, write }], context.capabilities);
  if (!found.ok) return { answer: 'unreachable' };
  const shown = found.byName.get(row.name);
  if (shown === undefined) return { answer: 'cannot-tell' };
  const standing = shown.filter(({ status }) => status !== 'entered-in-error');
  if (standing.length === 0) return { answer: 'nowhere' };
  return { answer: 'found', references: standing.map(({ resourceType, id }) => `${resourceType}/${id}`) };
}
