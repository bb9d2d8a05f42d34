import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { type Decision, decideRow, evidenceOf, makeDue, notAsked, refused, rowBefore } from './decide-row.ts';
import { type LedgerKey, type LedgerRow, noReason } from './ledger-row.ts';

export interface RetryRow extends LedgerKey {
  /** The person has looked in the EHR and it is not there: what is known of where it stood is forgotten, and it is sent anew. */
  readonly notThere?: boolean;
  /** Why it should go now; kept as evidence. */
  readonly reason?: string;
  /** Who says so. */
  readonly by?: string;
}

/**
 * Tries a row again, now: what was rejected, waits, is held back by backoff or was withdrawn. One that is `unknown` or
 * under review keeps its state: delivery looks for it in the EHR first, and sends nothing blindly; only a person's word that
 * an unknown one is not there makes it new, and the EHR is asked before that word is taken.
 * @throws `unknown-artefact`, `not-supported` when it has landed or is under way, or `notThere` of one that is not unknown;
 *   `stands-in-ehr` when it is there after all, `ehr-unreachable` when the EHR cannot be asked now
 */
export async function retryRow(record: HomeworkRecord, tenantId: string, command: RetryRow): Promise<LedgerRow> {
  const before = command.notThere === true ? await rowNotThere(record, tenantId, command) : undefined;
  return decideRow(record, tenantId, command, retrying(tenantId, command, before));
}

/** The decision to try a row again. @param before the row as it was when the EHR was asked whether it is there */
export function retrying(
  tenantId: string,
  command: Omit<RetryRow, keyof LedgerKey>,
  before?: Pick<LedgerRow, 'sent'>,
): Decision {
  return {
    verb: 'retry',
    evidence: ({ state }) => {
      if (command.notThere === true) return 'person:not-there';
      if (state === 'withdrawn') return 'person:let-land';
      return state === 'unknown' || state === 'awaiting-review' ? 'person:look-again' : 'person:retry';
    },
    detail: evidenceOf(command.notThere === true ? { ...command, reference: 'not there' } : command),
    decide: async (tx, row, now) => {
      if (row.state === 'landed') throw refused('retry', 'it has landed');
      if (command.notThere === true) {
        if (row.state !== 'unknown') throw refused('retry as not there', `it is ${row.state}`);
        if (row.sent !== before?.sent) throw refused('retry as not there', 'it was sent again meanwhile');
        await tx.query(
          `update ledger set state = 'pending', ${noReason}, ehr_reference = null, ehr_version = null, landed = 0, last_status = null, doubt_at = null
           where tenant = $1 and artefact = $2 and id = $3`,
          [tenantId, row.artefact, row.id],
        );
      }
      if (row.state === 'rejected' || row.state === 'waiting' || row.state === 'withdrawn') {
        await tx.query(
          `update ledger set state = 'pending', withdraw = false, ${noReason}, waiting_since = null
           where tenant = $1 and artefact = $2 and id = $3`,
          [tenantId, row.artefact, row.id],
        );
      }
      await makeDue(tx, tenantId, row.groupId, now);
    },
  };
}

/** Looks for it first: a person overlooks what a search finds. Where no search can tell, their word is all there is. */
async function rowNotThere(record: HomeworkRecord, tenantId: string, { artefact, id }: LedgerKey): Promise<LedgerRow> {
  const row = await rowBefore(record, tenantId, { artefact, id });
  if (row.state !== 'unknown') throw refused('retry as not there', `it is ${row.state}`);
  const where = await record.chart.whereIs(tenantId, { artefact, id });
  if (where.answer === 'unreachable') throw notAsked(tenantId, 'retry');
  if (where.answer === 'found') {
    const { references } = where;
    const said = `It stands in the EHR as ${references.join(', ')}: confirm it there instead.`;
    throw new IntersessionError('stands-in-ehr', { references }, said);
  }
  return row;
}
