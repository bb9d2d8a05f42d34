import type { Queryable } from '../database/database.ts';
import { type LedgerRow, whyColumn } from './ledger-row.ts';

/** A ledger row as a page tells it. */
export interface BriefRow
  extends Pick<
    LedgerRow,
    'artefact' | 'id' | 'planId' | 'state' | 'landing' | 'why' | 'words' | 'ehrReference' | 'waitingSince' | 'landedAt'
  > {
  /** So many stand alike and are told as one, whose id is one of theirs; absent: it is told by itself. */
  readonly count?: number;
}

// What stood in the way is a measure to the ledger, and a thing of its own to people. Of what has landed nobody asks one by one, and a year of
// daily homework has thousands of it.
const sqlFor = (onlyUnderWay: boolean) => `with l as (
    select artefact, id, plan_id, state, landing, reason, reason_code, reason_detail, ehr_reference, waiting_since, landed_at,
      state = 'landed' and artefact in ('occurrence', 'log', 'measure')
        and not exists (select from barrier b where b.tenant = ledger.tenant and b.id = ledger.id) as alike
    from ledger where tenant = $1 and plan_id = any($2)${onlyUnderWay ? ` and state in ('pending', 'in-flight')` : ''}
  )
  select l.artefact, l.id, l.plan_id as "planId", l.state, l.landing, ${whyColumn} as why, l.reason as words,
    l.ehr_reference as "ehrReference", l.waiting_since as "waitingSince", l.landed_at as "landedAt", null::int as count
  from l where not alike
  union all
  select l.artefact, min(l.id), l.plan_id, l.state, l.landing, ${whyColumn}, l.reason, null, min(l.waiting_since), max(l.landed_at), count(*)::int
  from l where alike group by l.plan_id, l.artefact, l.state, l.landing, l.reason, l.reason_code, l.reason_detail
  order by 1, 2`;
const sql = { patient: sqlFor(true), other: sqlFor(false) };

/**
 * Where all of these plans stands in the EHR, in as few rows as tell it. What has landed is a matter of the staff's: the patient is told of
 * what is on its way, so that the page can look again.
 */
export async function ledgerInBrief(
  database: Queryable,
  tenantId: string,
  { planIds, reader }: { readonly planIds: readonly string[]; readonly reader: 'patient' | 'other' },
): Promise<readonly BriefRow[]> {
  const { rows } = await database.query<Omit<BriefRow, 'count'> & { readonly count: number | null }>(sql[reader], [
    tenantId,
    planIds,
  ]);
  return rows.map(({ count, ...row }) => (count === null ? row : { ...row, count }));
}
