import { IntersessionError } from '../../foundation/intersession-error.ts';
import { keepOrder } from '../../homework/plan/keep-order.ts';
import { sweep } from '../../homework/plan/sweep.ts';
import type { Queryable } from '../database/database.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { commitPlan } from '../store/commit-plan.ts';
import { loadPlanState } from '../store/load-plan-state.ts';
import { reportWording } from './report-wording.ts';
import { rulesOfTenant } from './rules-of-tenant.ts';
import { writeAddenda } from './write-addenda.ts';

const batchSize = 100;

export interface Sweeping {
  /** Plans that were looked at. */
  readonly swept: number;
  /** Of these, plans in which time had moved something. */
  readonly changed: number;
  /** Plans that could not be swept, with the error's code: the others are not held up by them. */
  readonly failed: readonly { readonly tenantId: string; readonly planId: string; readonly code: string }[];
  /** The time was up: further plans are due, and the next sweep takes them. */
  readonly more?: true;
}

/**
 * Makes the moves that time makes, in every plan that is due for it: overdue, missed, windows closed; and writes the addenda
 * to filed reports that a day's end makes due. Idempotent; two
 * processes may sweep at once, each plan is taken by one of them. By each tenant's own clock.
 * @param isTimeUp asked before each plan but the first, so that each call gets further; absent: until all are done
 */
export async function sweepPlans(
  record: HomeworkRecord,
  tenantIds: readonly string[] = [...record.tenants.keys()],
  isTimeUp: () => boolean = () => false,
): Promise<Sweeping> {
  let isFirst = true;
  const total = { swept: 0, changed: 0, failed: [] as { tenantId: string; planId: string; code: string }[] };
  for (const tenantId of tenantIds) {
    const at = (await record.clockOf(tenantId)).now().toISOString();
    for await (const planId of duePlans(record, tenantId, at)) {
      if (!isFirst && isTimeUp()) return { ...total, more: true };
      isFirst = false;
      try {
        const changed = await sweepPlan(record, tenantId, planId, at);
        if (changed === undefined) continue;
        total.swept += 1;
        if (changed) total.changed += 1;
      } catch (error) {
        total.failed.push({ tenantId, planId, code: error instanceof IntersessionError ? error.code : 'unexpected' });
      }
    }
  }
  return total;
}

/** Ids of the plans that are due, in batches by keyset: a plan that stays due is still seen only once a sweep. */
async function* duePlans(record: HomeworkRecord, tenantId: string, at: string): AsyncGenerator<string> {
  let after: { sweep_at: string; id: string } | undefined;
  for (;;) {
    const { rows } = await record.database.query<{ sweep_at: string; id: string }>(
      `select sweep_at, id from plan where tenant = $1 and sweep_at <= $2::timestamptz
       and (sweep_at, id) > (coalesce($3::timestamptz, '-infinity'), coalesce($4::text, '')) order by sweep_at, id limit $5`,
      [tenantId, at, after?.sweep_at, after?.id, batchSize],
    );
    for (const { id } of rows) yield id;
    after = rows.at(-1);
    if (rows.length < batchSize) return;
  }
}

/** Sweeps one plan, if it is due. @returns whether it was changed; undefined when another process has it. */
export async function sweepPlan(
  record: HomeworkRecord,
  tenantId: string,
  planId: string,
  at: string,
): Promise<boolean | undefined> {
  const wanted = await record.database.transaction(async (tx) => {
    const loaded = await loadPlanState(tx, tenantId, { artefact: 'plan', id: planId }, 'skip');
    if (loaded === undefined) return undefined;
    const { state: before, version } = loaded;
    const rules = rulesOfTenant(record, tenantId, before.assignments);
    const wording = reportWording(record, tenantId, before.assignments);
    const swept = await writeAddenda(tx, { tenantId, wording }, sweep(before, at, rules), at);
    const after = keepOrder(before, swept);
    // without a move there is still something to write when it is due: a period that ended makes its adherence final,
    // and the next time is to be noted; not when another process has just done it
    if (after === before && !(await isDue(tx, tenantId, planId, at))) return 0;
    return (await commitPlan(tx, record, tenantId, { before, after, version, at })).wanted;
  });
  if (wanted === undefined) return undefined;
  if (wanted > 0) {
    record.reach('domain:after-commit');
    record.changed();
  }
  return wanted > 0;
}

async function isDue(tx: Queryable, tenantId: string, planId: string, at: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from plan where tenant = $1 and id = $2 and sweep_at <= $3::timestamptz',
    [tenantId, planId, at],
  );
  return rowCount > 0;
}
