import { toldInReport } from '../landing/told-in-report.ts';
import type { Database, Queryable } from '../record/database/database.ts';
import { needsAttention } from '../record/ledger/ledger-row.ts';
import type { ClaimedGroup, RowResult } from './claimed-group.ts';
import { landNoted } from './land-noted.ts';
import { findReferrers, type Referrer, touchReferrers } from './touch-referrers.ts';
import { wakeWaiting } from './wake-waiting.ts';

/** The outcome of one attempt at a group, ready to be recorded. */
export interface Completion {
  readonly group: ClaimedGroup;
  readonly results: readonly RowResult[];
  /** Whether to come back on our own, and when; false: only when somebody wants something of it. */
  readonly due: boolean;
  readonly nextAt: Date;
  /** Keeps the count of attempts, which the backoff grows with. */
  readonly failed: boolean;
  /** Absent when nothing was asked of the EHR. */
  readonly attempt?: {
    readonly landing: string;
    readonly httpStatus?: number | undefined;
    readonly disposition?: string | undefined;
    readonly detail?: string | undefined;
  };
}

// In the order of their ids, as everyone who takes several groups does: so two of them can't wait for each other.
const lock = 'select id from landing_group where tenant = $1 and id = any($2) order by id for update';

// One statement for many groups (group commit). A group whose lease was lost is not in `held`, and nothing of it is
// written. next_at <> lease_until says that somebody wanted something while it was leased: then it stays due, and a row
// whose wanted version moved on becomes pending again instead of what came of the version that was sent. As json with
// its nulls left out: the cheapest way in, half of jsonb. What else needs attention in a group is looked up only where
// something did. The ids as an array make the
// primary key the plan, whatever the table's size.
const complete = `
with outcome as (
  select * from json_to_recordset($2::json) as x(
    id text, lease_token bigint, due boolean, next_at timestamptz, failed boolean, attention boolean, attempt_id text,
    started_at timestamptz, landing text, rows json, http_status int, disposition text, detail text)),
result as (
  select * from json_to_recordset($3::json) as y(
    group_id text, artefact text, id text, version int, state text, landing text, reason text,
    ehr_reference text, ehr_version text, status int, outcome text, was_sent boolean)),
held as (
  update landing_group g
     set lease_token = null, lease_until = null, attempt_id = null,
         attempts = case when x.failed then g.attempts else 0 end,
         due = x.due or g.next_at is distinct from g.lease_until,
         next_at = case when g.next_at is not distinct from g.lease_until then x.next_at
                        when x.failed then greatest(g.next_at, x.next_at) else g.next_at end,
         attention = case when x.attention then true when not g.attention then false else exists (
           select from ledger l
            where l.tenant = $1 and l.group_id = g.id
              and l.state in ('waiting', 'rejected', 'unknown', 'awaiting-review', 'withdrawn')
              and not exists (select from result y where y.artefact = l.artefact and y.id = l.id)) end
    from outcome x
   where g.tenant = $1 and g.id = any(array(select id from outcome)) and g.id = x.id and g.lease_token = x.lease_token
  returning g.id),
evidence as (
  insert into attempt (id, tenant, group_id, started_at, finished_at, landing, rows, http_status, disposition, detail)
  select x.attempt_id, $1, x.id, x.started_at, $4, x.landing, x.rows, x.http_status, x.disposition, x.detail
    from outcome x join held h on h.id = x.id where x.landing is not null
  on conflict do nothing),
stood as (
  update ledger l
     set sent = case when y.was_sent or y.state = 'landed' then y.version else l.sent end,
         landed = case when y.state = 'landed' then y.version else l.landed end,
         state = case when y.state in ('landed', 'rejected') and l.wanted > y.version then 'pending' else y.state end,
         landing = y.landing, reason = y.reason,
         waiting_since = case when y.state = 'waiting' then coalesce(l.waiting_since, $4) end,
         ehr_reference = coalesce(y.ehr_reference, l.ehr_reference),
         ehr_version = case when y.ehr_reference is null then l.ehr_version else y.ehr_version end,
         landed_at = case when y.state = 'landed' then $4 else l.landed_at end,
         last_status = coalesce(y.status, l.last_status), last_outcome = y.outcome
    from result y join held h on h.id = y.group_id
   where l.tenant = $1 and l.artefact = y.artefact and l.id = y.id)
select id from held`;

/**
 * Records what came of a number of attempts, in one transaction with what follows from it: members of a report that
 * landed, referrers whose references can now be written, groups that waited for a plan.
 * @returns ids of the groups whose lease we still held; nothing was written of the others
 */
export async function completeGroups(
  database: Database,
  tenantId: string,
  completions: readonly Completion[],
  now: Date,
): Promise<Set<string>> {
  const outcomes = JSON.stringify(completions.map(toOutcome));
  const results = JSON.stringify(completions.flatMap(toResults));
  const referrers = await findReferrers(database, tenantId, completions.flatMap(firstLandings));
  const parameters = [tenantId, outcomes, results, now];
  if (referrers.length === 0 && !completions.some(hasConsequence)) {
    return idsOf(await database.query<{ id: string }>(complete, parameters));
  }
  return database.transaction(async (tx) => {
    const groups = [
      ...new Set([...completions.map(({ group }) => group.id), ...referrers.map(({ groupId }) => groupId)]),
    ];
    await tx.query(lock, [tenantId, groups.sort()]);
    const held = idsOf(await tx.query<{ id: string }>(complete, parameters));
    await touchReferrers(
      tx,
      tenantId,
      referrers.filter(({ landedGroupId }) => held.has(landedGroupId)),
      now,
    );
    await followUp(
      tx,
      tenantId,
      completions.filter(({ group }) => held.has(group.id)),
      now,
    );
    return held;
  });
}

function idsOf({ rows }: { rows: readonly { id: string }[] }): Set<string> {
  return new Set(rows.map(({ id }) => id));
}

/** Whether something may have waited for this: then both must be recorded together or not at all. */
function hasConsequence(completion: Completion): boolean {
  return completion.results.some(
    (result) => told(result) || (structure.has(result.artefact) && isFirst(result, completion)),
  );
}

const structure = new Set(['plan', 'assignment', 'occurrence']);

function told({ landing, state, artefact }: RowResult): boolean {
  if (artefact === 'report') return state === 'landed' && landing !== 'app-only';
  return state === 'waiting' && toldInReport(artefact, landing);
}

async function followUp(tx: Queryable, tenantId: string, completions: readonly Completion[], now: Date): Promise<void> {
  const plansWhere = (test: (result: RowResult, completion: Completion) => boolean): string[] => [
    ...new Set(
      completions.filter((one) => one.results.some((result) => test(result, one))).map(({ group }) => group.planId),
    ),
  ];
  await wakeWaiting(
    tx,
    tenantId,
    plansWhere((result, one) => structure.has(result.artefact) && isFirst(result, one)),
    now,
  );
  await landNoted(
    tx,
    tenantId,
    plansWhere((result) => told(result)),
    now,
  );
}

function isFirst(result: RowResult, { group }: Completion): boolean {
  if (result.state !== 'landed' || result.ehrReference === null) return false;
  const row = group.rows.find(({ artefact, id }) => artefact === result.artefact && id === result.id);
  return row !== undefined && row.ehrReference === null;
}

/** Who may refer softly to what landed for the first time: a log's occurrence, an adherence's plan. */
function firstLandings(completion: Completion): Referrer[] {
  const { group } = completion;
  const of = { groupId: `plan:${group.planId}`, landedGroupId: group.id };
  return completion.results
    .filter(({ artefact }) => artefact === 'log' || artefact === 'adherence')
    .filter((result) => isFirst(result, completion))
    .flatMap(({ artefact, id }): Referrer[] => {
      if (artefact === 'adherence') {
        return [{ ...of, type: 'CarePlan', id: group.planId, reference: `Observation/${id}` }];
      }
      // a log names its occurrence; the occurrence names it back
      const row = group.rows.find((one) => one.artefact === artefact && one.id === id);
      const named = (row?.references ?? []).map(({ reference: named }) => named);
      const tasks = [...new Set(named)].filter((one) => one.startsWith('Task/'));
      const reference = `QuestionnaireResponse/${id}`;
      return tasks.map((task) => ({ ...of, type: 'Task', id: task.slice('Task/'.length), reference }));
    });
}

function toOutcome({ group, results, due, nextAt, failed, attempt }: Completion): Record<string, unknown> {
  return {
    id: group.id,
    lease_token: group.leaseToken,
    due,
    next_at: nextAt,
    failed,
    attention: results.some(({ state }) => needsAttention(state)),
    attempt_id: group.attemptId,
    started_at: group.startedAt,
    landing: attempt?.landing,
    rows: results.map(({ artefact, id, version, state }) => ({ artefact, id, version, state })),
    http_status: attempt?.httpStatus,
    disposition: attempt?.disposition,
    detail: attempt?.detail,
  };
}

function toResults({ group, results }: Completion): Record<string, unknown>[] {
  return results.map((result) => ({
    group_id: group.id,
    artefact: result.artefact,
    id: result.id,
    version: result.version,
    state: result.state,
    landing: result.landing,
    reason: result.reason ?? undefined,
    ehr_reference: result.ehrReference ?? undefined,
    ehr_version: result.ehrVersion ?? undefined,
    status: result.status ?? undefined,
    outcome: result.outcome ?? undefined,
    was_sent: result.wasSent,
  }));
}
