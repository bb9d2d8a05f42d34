import { type FindingKind, uncheckedKinds } from '../../../homework/ledger/finding-kind.ts';
import type { Artefact, Instant } from '../../../homework/model.ts';
import type { HomeworkRecord } from '../../homework-record.ts';
import { readCursor, writeCursor } from '../../store/keyset-cursor.ts';
import { tenantOf } from '../../tenant-of.ts';

/** A check of a tenant's ledger, under way or done. */
export interface ShownCheck {
  readonly id: string;
  readonly state: 'running' | 'waiting' | 'finished';
  readonly startedAt: Instant;
  /** Who asked for it; null: the service, by itself. */
  readonly startedBy: string | null;
  readonly finishedAt: Instant | null;
  readonly repair: boolean;
  /** Rows that were held against the EHR so far. */
  readonly checked: number;
  /** What is different, those of every kind. */
  readonly differences: number;
  /** Rows that could not be compared: sent without a clear end, or not readable. */
  readonly unchecked: number;
  readonly kinds: Readonly<Partial<Record<FindingKind, number>>>;
  /** Why it does not go on now. */
  readonly problem: string | null;
}

/** One row that does not agree with what stands in the EHR, or could not be compared. */
export interface ShownDifference {
  readonly artefact: Artefact;
  readonly id: string;
  readonly kind: FindingKind;
  readonly reference: string | null;
  readonly others: readonly string[];
  readonly detail: string;
  readonly foundAt: Instant;
  readonly repaired: string | null;
  /** What explains it by now: its patient is merged or gone, and nobody has confirmed who they are; or it has landed again since. */
  readonly meanwhile: 'patient-unconfirmed' | 'landed-again' | null;
}

export interface CheckView {
  /** The one under way, else the last; null: there was none yet. */
  readonly check: ShownCheck | null;
  readonly differences: readonly ShownDifference[];
  readonly next?: string;
}

interface CheckRecord {
  readonly id: string;
  readonly started_at: Instant;
  readonly started_by: string | null;
  readonly finished_at: Instant | null;
  readonly repair: boolean;
  readonly checked: number;
  readonly problem: string | null;
}

/** The check under way, else the last one, and a page of what it found. @throws `unknown-tenant`, `invalid-request` */
export async function showCheck(
  record: HomeworkRecord,
  tenantId: string,
  { count = 50, cursor }: { readonly count?: number; readonly cursor?: string } = {},
): Promise<CheckView> {
  tenantOf(record, tenantId);
  const { database } = record;
  const checks = await database.query<CheckRecord>(
    `select id, started_at, started_by, finished_at, repair, checked, problem from ledger_check
      where tenant = $1 order by serial desc limit 1`,
    [tenantId],
  );
  const latest = checks.rows[0];
  if (latest === undefined) return { check: null, differences: [] };
  const counted = await database.query<{ kind: FindingKind; n: number }>(
    'select kind, count(*)::int as n from ledger_difference where tenant = $1 and check_id = $2 group by kind order by kind',
    [tenantId, latest.id],
  );
  const [artefact, id, kind] = cursor === undefined ? ['', '', ''] : readCursor(cursor, 3);
  const { rows } = await database.query<ShownDifference>(
    `select d.artefact, d.id, d.kind, d.ehr_reference as reference, d.others, d.detail, d.found_at as "foundAt", d.repaired,
       case when s.state in ('merged', 'gone') then 'patient-unconfirmed'
            when l.state = 'landed' and l.landed_at > d.found_at then 'landed-again' end as meanwhile
       from ledger_difference d
       left join ledger l on l.tenant = d.tenant and l.artefact = d.artefact and l.id = d.id
       left join plan p on p.tenant = l.tenant and p.id = l.plan_id
       left join patient_standing s on s.tenant = p.tenant and s.patient_id = p.patient_id
      where d.tenant = $1 and d.check_id = $2 and (d.artefact, d.id, d.kind) > ($3::text, $4::text, $5::text)
      order by d.artefact, d.id, d.kind limit $6`,
    [tenantId, latest.id, artefact, id, kind, count + 1],
  );
  const page = rows.slice(0, count);
  const last = page.at(-1);
  const next = rows.length > count && last ? { next: writeCursor([last.artefact, last.id, last.kind]) } : {};
  return { check: toShown(latest, counted.rows), differences: page, ...next };
}

function toShown(
  latest: CheckRecord,
  counted: readonly { readonly kind: FindingKind; readonly n: number }[],
): ShownCheck {
  const unchecked = new Set<string>(uncheckedKinds);
  const sum = (test: (kind: FindingKind) => boolean) =>
    counted.reduce((total, { kind, n }) => (test(kind) ? total + n : total), 0);
  const going = latest.problem === null ? 'running' : 'waiting';
  return {
    id: latest.id,
    state: latest.finished_at === null ? going : 'finished',
    startedAt: latest.started_at,
    startedBy: latest.started_by,
    finishedAt: latest.finished_at,
    repair: latest.repair,
    checked: latest.checked,
    differences: sum((kind) => !unchecked.has(kind)),
    unchecked: sum((kind) => unchecked.has(kind)),
    kinds: Object.fromEntries(counted.map(({ kind, n }) => [kind, n])),
    problem: latest.problem,
  };
}
