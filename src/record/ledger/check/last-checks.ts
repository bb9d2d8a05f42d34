import type { FindingKind } from '../../../homework/ledger/finding-kind.ts';
import type { Instant } from '../../../homework/model.ts';
import type { HomeworkRecord } from '../../homework-record.ts';

/** A tenant's last check that came to its end, in numbers. */
export interface LastCheck {
  readonly tenant: string;
  readonly finishedAt: Instant;
  readonly checked: number;
  readonly kinds: Readonly<Partial<Record<FindingKind, number>>>;
}

/** Every tenant's last finished check. */
export async function lastChecks(record: HomeworkRecord): Promise<readonly LastCheck[]> {
  const { rows } = await record.database.query<{
    tenant: string;
    finished_at: Instant;
    checked: number;
    kinds: LastCheck['kinds'] | null;
  }>(
    `select c.tenant, c.finished_at, c.checked, (
        select jsonb_object_agg(k.kind, k.n) from (
          select d.kind, count(*)::int as n from ledger_difference d where d.tenant = c.tenant and d.check_id = c.id group by d.kind) k) as kinds
       from (select distinct on (tenant) * from ledger_check where finished_at is not null order by tenant, serial desc) c
      where c.tenant = any($1) order by c.tenant`,
    [[...record.tenants.keys()]],
  );
  return rows.map(({ tenant, finished_at, checked, kinds }) => ({
    ...{ tenant, finishedAt: finished_at, checked, kinds: kinds ?? {} },
  }));
}
