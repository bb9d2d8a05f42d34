import { foundThere, lookedUp } from '../../homework/ledger/attempt-words.ts';
import type { Instant } from '../../homework/model.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { seesOnly } from '../store/own-reach.ts';
import { tenantOf } from '../tenant-of.ts';
import { unknownArtefact } from '../unknown-artefact.ts';
import { type LedgerKey, type LedgerRow, ledgerColumns, ownedRow } from './ledger-row.ts';

/** One try to send the row's group, or what a person did about it. */
export interface Attempt {
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly landing: string;
  readonly httpStatus: number | null;
  readonly disposition: string | null;
  readonly detail: string | null;
  /** Of this row, where it was sent and did not land: the request, and the resource with what people wrote or did masked. */
  readonly sent?: { readonly request: string; readonly resource: unknown };
}

type SentCopies = readonly (NonNullable<Attempt['sent']> & LedgerKey)[];

interface AttemptRow extends Omit<Attempt, 'sent'> {
  /** What was tried, and what became of each: `log 3f… v1 landed, measure 3f….suds v1 rejected`. */
  readonly rows: string;
  /** `SentCopies` as JSON text, in the order of its elements. */
  readonly sent: string | null;
}

/** One ledger row with the attempts of its group, newest first, at most 50. @throws `unknown-artefact` */
export async function showLedger(
  record: HomeworkRecord,
  tenantId: string,
  { artefact, id }: LedgerKey,
): Promise<LedgerRow & { readonly attempts: readonly Attempt[] }> {
  tenantOf(record, tenantId);
  const found = await record.database.query<LedgerRow>(
    `select ${ledgerColumns} from ledger l where l.tenant = $1 and l.artefact = $2 and l.id = $3
       and ($4::text is null or ${ownedRow('$4')})`,
    [tenantId, artefact, id, seesOnly(record.actor) ?? null],
  );
  const row = found.rows[0];
  if (row === undefined) throw unknownArtefact({ artefact, id });
  const { rows: attempts } = await record.database.query<AttemptRow>(
    `select id, started_at as "startedAt", finished_at as "finishedAt", landing, http_status as "httpStatus", disposition, detail, rows, sent
     from attempt where tenant = $1 and group_id = $2 order by started_at desc, id limit 50`,
    [tenantId, row.groupId],
  );
  return {
    ...row,
    attempts: attempts.map(({ sent, rows, ...told }) => {
      const attempt = landedIn(rows, { artefact, id }) ? withoutOthers(told) : told;
      const copies: SentCopies = sent === null ? [] : JSON.parse(sent);
      const own = copies.find((copy) => copy.artefact === artefact && copy.id === id);
      return { ...attempt, ...(own === undefined ? {} : { sent: { request: own.request, resource: own.resource } }) };
    }),
  };
}

function landedIn(rows: string, { artefact, id }: LedgerKey): boolean {
  return rows.split(', ').some((text) => text.startsWith(`${artefact} ${id} v`) && text.endsWith(' landed'));
}

/** Of one that landed in it: what else failed in the same attempt, and what was said of that, is told of that one. */
function withoutOthers(attempt: Omit<Attempt, 'sent'>): Omit<Attempt, 'sent'> {
  const { disposition, httpStatus } = attempt;
  const looked = disposition === lookedUp || disposition === foundThere;
  const failed = httpStatus !== null && httpStatus >= 300;
  return { ...attempt, disposition: looked ? disposition : null, httpStatus: failed ? null : httpStatus, detail: null };
}
