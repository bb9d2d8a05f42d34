import type { EhrFailure } from '../../ehr/ehr-failure.ts';
import type { Ehr } from '../../ehr/open-ehr.ts';
import { ehrTrouble } from '../../foundation/ehr-trouble.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import { type ClaimedCheck, claimCheck } from '../../record/ledger/check/claim-check.ts';
import { finishCheck, keepPage, putOffCheck } from '../../record/ledger/check/keep-check.ts';
import { repairRow } from '../../record/ledger/check/repair-row.ts';
import { backoffMs } from '../backoff.ts';
import { loadReferences } from '../load-references.ts';
import { checkRows } from './check-rows.ts';
import { type CheckedRow, readCheckedRows } from './checked-row.ts';
import { readSendingContext } from './sending-context-of.ts';

/** Rows that are read from the ledger, and held against the EHR, before it is kept how far it came. */
const defaultPage = 40;
/** Long enough for a page of single reads from an EHR that takes its time. */
const leaseMs = 5 * 60_000;
/** An EHR that could not be asked is not asked again before. */
const patienceMs = 60_000;
/** After so many tries at one place a 500 is about what is asked for: it is told, and the check goes on. */
const mostTries = 5;

export interface RunCheck {
  readonly record: HomeworkRecord;
  readonly ehr: Ehr;
  readonly page?: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** True once the service is to stop: what was checked is kept, and another process goes on. */
  readonly stopped?: () => boolean;
}

/** What came of looking for a check to do. */
export type CheckRun = 'nothing-to-do' | 'finished' | 'put-off' | 'stopped';

/**
 * Does the tenant's check that is due or was asked for, page by page, to its end. One process does it at a time; killed, or
 * with an EHR that does not answer, it goes on later where it was.
 */
export async function runCheck(options: RunCheck): Promise<CheckRun> {
  const { record, ehr, page = defaultPage } = options;
  const { database, clock } = record;
  const { tenantId } = ehr;
  const check = await claimCheck(database, { tenantId, now: clock.now(), leaseMs });
  if (check === undefined) return 'nothing-to-do';
  let { after, attempts: tries } = check;
  for (;;) {
    if (options.stopped?.() === true) {
      await putOff(options, check, 'the service was stopped', clock.now());
      return 'stopped';
    }
    const rows = await readCheckedRows(database, tenantId, { after, limit: page });
    const last = rows.at(-1);
    if (last === undefined) {
      await finishCheck(database, { tenantId, check, now: clock.now() });
      return 'finished';
    }
    const checked = await compare(ehr, record, { rows, goOn: tries >= mostTries });
    if (!checked.ok) {
      const { status, retryAfterMs } = checked.failure;
      // an EHR's own words may quote what it holds
      const why = status === undefined ? 'the EHR does not answer' : `the EHR answers ${status}`;
      const wait = Math.max(patienceMs, backoffMs(tries + 1, options.random, retryAfterMs));
      await putOff(options, check, why, new Date(clock.now().getTime() + wait));
      return 'put-off';
    }
    const now = clock.now();
    const byKey = new Map(rows.map((row) => [`${row.artefact} ${row.id}`, row]));
    const found = checked.findings.flatMap((finding) => {
      const seen = byKey.get(`${finding.artefact} ${finding.id}`);
      return seen === undefined ? [] : [{ finding, seen }];
    });
    const leaseUntil = new Date(now.getTime() + leaseMs);
    const kept = await keepPage(database, { tenantId, check, last, checked: checked.checked, found, now, leaseUntil });
    if (kept === undefined) return 'stopped';
    if (check.repair) for (const finding of kept) await repairRow(record, tenantId, { check, finding });
    [after, tries] = [last, 0];
  }
}

async function compare(
  ehr: Ehr,
  { database }: HomeworkRecord,
  { rows, goOn }: { readonly rows: readonly CheckedRow[]; readonly goOn: boolean },
) {
  try {
    const context = await readSendingContext(ehr);
    const known = await loadReferences(
      database,
      ehr.tenantId,
      rows.map((row) => ({ rows: [row] })),
    );
    return await checkRows(ehr, rows, { context, known, goOn });
  } catch (error) {
    const trouble = ehrTrouble(error);
    if (trouble === undefined) throw error;
    const failure: EhrFailure = { outcome: trouble.problem, disposition: 'retry' };
    return { ok: false, failure } as const;
  }
}

function putOff({ record, ehr }: RunCheck, check: ClaimedCheck, problem: string, nextAt: Date): Promise<void> {
  return putOffCheck(record.database, { tenantId: ehr.tenantId, check, nextAt, problem });
}
