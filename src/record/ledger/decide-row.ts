import { randomUUID } from 'node:crypto';
import { hasCode, IntersessionError } from '../../foundation/intersession-error.ts';
import type { personsWords } from '../../homework/ledger/attempt-words.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { writesOnly } from '../store/own-reach.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { decidableRow, type LedgerKey, type LedgerRow, ledgerColumns } from './ledger-row.ts';

/** What a person decided about a ledger row. */
export interface Decision {
  /** The verb in refusals: `confirm`. */
  readonly verb: string;
  /** What it is kept as among the attempts, where the verb does not say it. @see attemptWords */
  readonly evidence?: ((row: LedgerRow) => keyof typeof personsWords) | undefined;
  /** Kept with the attempts. */
  readonly detail?: string | undefined;
  /** Changes the row, which is locked; must refuse what cannot be decided by throwing `refused`. */
  decide(tx: Queryable, row: LedgerRow, machineNow: Date): Promise<void>;
}

/**
 * Carries out a person's decision about a ledger row and keeps it as evidence among the attempts.
 * @throws `unknown-artefact`, `not-supported` while an attempt is under way or when the row's state doesn't allow it
 */
export async function decideRow(
  record: HomeworkRecord,
  tenantId: string,
  key: LedgerKey,
  decision: Decision,
): Promise<LedgerRow> {
  tenantOf(record, tenantId);
  const decided = await record.database.transaction((tx) => decideIn(tx, record, { tenantId, key, decision }));
  record.changed();
  return decided;
}

/**
 * The same decision about rows that are sent together, in one transaction: one by one, delivery would take what was decided
 * first, and hold the others while it is at it. A row about which it cannot be decided so is left as it is.
 * @param keys all of one landing group
 * @returns of how many it was decided
 */
export async function decideTogether(
  record: HomeworkRecord,
  tenantId: string,
  keys: readonly LedgerKey[],
  decision: Decision,
): Promise<number> {
  tenantOf(record, tenantId);
  const decided = await record.database.transaction(async (tx) => {
    let count = 0;
    for (const key of keys) {
      try {
        await decideIn(tx, record, { tenantId, key, decision });
        count += 1;
      } catch (error) {
        // it has moved on since it was listed, or is being sent; nothing was written for it
        if (!hasCode(error, 'not-supported') && !hasCode(error, 'unknown-artefact')) throw error;
      }
    }
    return count;
  });
  if (decided > 0) record.changed();
  return decided;
}

async function decideIn(
  tx: Queryable,
  record: HomeworkRecord,
  { tenantId, key, decision }: { readonly tenantId: string; readonly key: LedgerKey; readonly decision: Decision },
): Promise<LedgerRow> {
  const { artefact, id } = key;
  const now = record.clock.now();
  const row = await select(tx, tenantId, { artefact, id }, '', writesOnly(record.actor));
  if (row === undefined) throw unknownArtefact({ artefact, id });
  // the group first, as delivery does: whoever holds the lease writes the row when its attempt ends
  const { rows } = await tx.query<{ leased: boolean }>(
    `select coalesce(lease_until > $3::timestamptz, false) as leased from landing_group where tenant = $1 and id = $2 for update`,
    [tenantId, row.groupId, now],
  );
  if (rows[0]?.leased) throw refused(decision.verb, 'an attempt is under way');
  const locked = await select(tx, tenantId, { artefact, id }, 'for update');
  await decision.decide(tx, locked ?? row, now);
  const after = await select(tx, tenantId, { artefact, id });
  // what a withdrawal is made anew by when its row is lost (restore-withdrawals.ts)
  const stays = after?.withdraw === true ? ' withdrawn' : '';
  await tx.query(
    `insert into attempt (id, tenant, group_id, started_at, finished_at, landing, rows, disposition, detail)
       values ($1, $2, $3, $4, $4, coalesce($5::text, 'none'), $6, $7, $8)`,
    [
      randomUUID(),
      tenantId,
      row.groupId,
      now,
      row.landing,
      `${artefact} ${id} v${row.wanted}${stays}`,
      decision.evidence?.(locked ?? row) ?? `person:${decision.verb}`,
      told(record, decision.detail),
    ],
  );
  if (after === undefined) throw unknownArtefact({ artefact, id });
  return after;
}

/** Whom a source system names is whom it named: its own client id stands beside. */
function told({ actor }: HomeworkRecord, detail: string | undefined): string | undefined {
  if (actor.type !== 'source') return detail;
  return `${detail ?? 'nothing was said'}, as told by ${actor.clientId}`;
}

/**
 * The row as it stands now, for a decision that asks the EHR before it takes any lock.
 * @throws `unknown-artefact`
 */
export async function rowBefore(record: HomeworkRecord, tenantId: string, key: LedgerKey): Promise<LedgerRow> {
  tenantOf(record, tenantId);
  const row = await select(record.database, tenantId, key, '', writesOnly(record.actor));
  if (row === undefined) throw unknownArtefact({ artefact: key.artefact, id: key.id });
  return row;
}

/** The EHR has to be asked before this can be decided, and cannot be now: the same decision may well pass in a moment. */
export function notAsked(tenantId: string, verb: string): IntersessionError {
  const problem = `it cannot be asked now what stands there, so nothing was decided; ${verb} again when it answers`;
  return new IntersessionError('ehr-unreachable', { tenant: tenantId, problem }, `EHR of ${tenantId}: ${problem}.`);
}

/** What is kept of a decision as evidence: what was named, why, and who said so. */
export function evidenceOf(said: {
  readonly reference?: string | undefined;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}): string | undefined {
  const what = [said.reference, said.reason].filter((part) => part !== undefined).join(': ');
  const who = said.by === undefined ? '' : `said by ${said.by}`;
  return [what, who].filter((part) => part !== '').join(', ') || undefined;
}

/** Why a decision cannot be carried out. */
export function refused(verb: string, because: string): IntersessionError {
  return new IntersessionError('not-supported', { what: verb }, `Cannot ${verb} this: ${because}.`);
}

/** Makes the row's group due at once. */
export async function makeDue(tx: Queryable, tenantId: string, groupId: string, machineNow: Date): Promise<void> {
  await tx.query('update landing_group set due = true, next_at = $3, attempts = 0 where tenant = $1 and id = $2', [
    tenantId,
    groupId,
    machineNow,
  ]);
}

async function select(
  tx: Queryable,
  tenantId: string,
  { artefact, id }: LedgerKey,
  lock: '' | 'for update' = '',
  /** Only when it is this owner's. */
  own: string | undefined = undefined,
): Promise<LedgerRow | undefined> {
  const { rows } = await tx.query<LedgerRow>(
    `select ${ledgerColumns} from ledger l where l.tenant = $1 and l.artefact = $2 and l.id = $3
       and ($4::text is null or ${decidableRow('$4')}) ${lock}`,
    [tenantId, artefact, id, own ?? null],
  );
  return rows[0];
}
