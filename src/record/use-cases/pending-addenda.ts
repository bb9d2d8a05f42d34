import type { PlanState } from '../../homework/model.ts';
import { type ChangeSinceFiling, changesSinceFiling } from '../../homework/report/changes-since-filing.ts';
import { isWrongNow } from '../../homework/report/is-wrong-now.ts';
import type { ReportWording } from '../../homework/report/report-frame.ts';
import type { Queryable } from '../database/database.ts';

/** A change since a report was filed, and whether an addendum tells it. */
export interface PendingChange extends ChangeSinceFiling {
  /**
   * `wrong`: a filed report states what is no longer so; `note`: this EHR has no other place for it; `unknown`: delivery has
   * not looked at it yet.
   */
  readonly because: 'wrong' | 'note' | 'unknown';
}

// A row that is told in a report waits for one; a measure's id begins with its log's. One that has been wanted and
// not looked at yet may come to that.
const standingSql = `select c.key,
    bool_or(l.state = 'waiting' and l.reason_code = 'report') as note,
    bool_or(l.state in ('pending', 'in-flight', 'unknown') and l.wanted > l.landed) as unknown
  from jsonb_to_recordset($3::jsonb) as c(key text, artefact text, id text)
  join ledger l on l.tenant = $1 and l.plan_id = $2
   and ((l.artefact = c.artefact and l.id = c.id) or (c.artefact = 'log' and l.artefact = 'measure' and starts_with(l.id, c.id || '.')))
  group by c.key`;

/** A barrier's Observation is a `measure` in the ledger. */
export const ledgerArtefact = {
  log: 'log',
  occurrence: 'occurrence',
  barrier: 'measure',
  feedback: 'feedback',
} as const;

/**
 * The changes since filing that are an addendum's: those that make a filed report wrong, and those that this EHR holds in no
 * other form. What landed by itself and makes nothing wrong needs none.
 */
export async function pendingAddenda(
  database: Queryable,
  { tenantId, wording }: { readonly tenantId: string; readonly wording: ReportWording },
  state: PlanState,
): Promise<readonly PendingChange[]> {
  const changes = changesSinceFiling(state);
  if (changes.length === 0) return [];
  const keyed = changes.map((change, index) => ({ change, key: String(index) }));
  const { rows } = await database.query<{ key: string; note: boolean; unknown: boolean }>(standingSql, [
    tenantId,
    state.plan.id,
    JSON.stringify(keyed.map(({ change, key }) => ({ key, artefact: ledgerArtefact[change.artefact], id: change.id }))),
  ]);
  const standing = new Map(rows.map((row) => [row.key, row]));
  return keyed.flatMap(({ change, key }): PendingChange[] => {
    const found = standing.get(key);
    if (isWrongNow(state, change, wording)) return [{ ...change, because: 'wrong' }];
    if (found?.note) return [{ ...change, because: 'note' }];
    return found?.unknown ? [{ ...change, because: 'unknown' }] : [];
  });
}
