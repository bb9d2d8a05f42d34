import type { RowReason } from '../homework/ledger/row-reason.ts';
import type { Queryable } from '../record/database/database.ts';
import { needsAttention } from '../record/ledger/ledger-row.ts';
import type { RowResult } from './claimed-group.ts';
import type { Completion } from './completion.ts';
import type { SentCopy } from './sent-copy.ts';

// One statement for many groups (group commit). A group whose lease was lost is not in `held`, and nothing of it is
// written. next_at <> lease_until says that somebody wanted something while it was leased: then it stays due, and a row
// whose wanted version moved on becomes pending again instead of what came of the version that was sent. What else needs
// attention in a group is looked up only where something did. What is given comes as arrays, a column each: PostgreSQL
// reads them at a fifth of what the same rows cost as json. What came of most rows is the same, so it is told once, as a
// kind, and a row gives its number. The ids as arrays make the keys the plan, whatever the tables' sizes, and rows are
// found by their group: one step down an index for all of them, where `|| ''` keeps the planner, which doesn't know how
// many there are, from going down one for each.
const record = `
with outcome as (
  select unnest($3::text[]) as id, unnest($4::bigint[]) as lease_token, unnest($5::boolean[]) as due,
         unnest($6::timestamptz[]) as next_at, unnest($7::boolean[]) as failed, unnest($8::boolean[]) as attention,
         unnest($9::text[]) as attempt_id, unnest($10::timestamptz[]) as started_at, unnest($11::text[]) as landing,
         unnest($12::text[]) as rows, unnest($13::int[]) as http_status, unnest($14::text[]) as disposition,
         unnest($15::text[]) as detail, unnest($32::text[]) as sent),
result as (
  select unnest($16::text[]) as id, unnest($17::text[]) as ehr_reference, unnest($18::text[]) as ehr_version,
         unnest($19::int[]) as kind),
kind as (
  select unnest($20::int[]) as kind, unnest($21::text[]) as artefact, unnest($22::int[]) as version,
         unnest($23::text[]) as state, unnest($24::text[]) as landing, unnest($25::text[]) as words,
         unnest($26::text[]) as reason_code, unnest($27::text[]) as reason_detail,
         unnest($28::int[]) as status, unnest($29::text[]) as outcome, unnest($30::boolean[]) as was_sent,
         unnest($31::timestamptz[]) as doubt_at),
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
              and not exists (
                select from result y join kind k using (kind) where k.artefact = l.artefact and y.id = l.id)) end
    from outcome x
   where g.tenant = $1 and g.id = any($3) and g.id = x.id and g.lease_token = x.lease_token
  returning g.id),
evidence as (
  insert into attempt (id, tenant, group_id, started_at, finished_at, landing, rows, http_status, disposition, detail, sent)
  select x.attempt_id, $1, x.id, x.started_at, $2, x.landing, x.rows, x.http_status, x.disposition, x.detail, x.sent
    from outcome x join held h on h.id = x.id where x.landing is not null
  on conflict do nothing),
stood as (
  update ledger l
     set sent = case when k.was_sent or k.state = 'landed' then k.version else l.sent end,
         landed = case when k.state = 'landed' then k.version else l.landed end,
         state = case when k.state in ('landed', 'rejected') and l.wanted > k.version then 'pending' else k.state end,
         landing = k.landing, reason = k.words, reason_code = k.reason_code, reason_detail = k.reason_detail,
         waiting_since = case when k.state = 'waiting' then coalesce(l.waiting_since, $2) end,
         ehr_reference = coalesce(y.ehr_reference, l.ehr_reference),
         ehr_version = case when y.ehr_reference is null then l.ehr_version else y.ehr_version end,
         landed_at = case when k.state = 'landed' then $2 else l.landed_at end,
         last_status = coalesce(k.status, l.last_status), last_outcome = k.outcome,
         doubt_at = case when k.state in ('pending', 'waiting', 'unknown', 'in-flight') then k.doubt_at end
    from result y join kind k using (kind)
   where l.tenant = $1 and l.group_id = any(array(select id from held)) and l.artefact = k.artefact and l.id || '' = y.id)
select id from held`;

/**
 * Writes what came of a number of attempts: the ledger rows, the groups, and each attempt as evidence.
 * @returns ids of the groups whose lease we still held; nothing was written of the others
 */
export async function recordOutcomes(
  database: Queryable,
  tenantId: string,
  completions: readonly Completion[],
  now: Date,
): Promise<Set<string>> {
  const results = completions.flatMap((completion) => completion.results);
  const { kinds, kindOf } = byKind(results);
  const { rows } = await database.query<{ id: string }>(record, [
    tenantId,
    now,
    completions.map(({ group }) => group.id),
    completions.map(({ group }) => group.leaseToken),
    completions.map(({ due }) => due),
    completions.map(({ nextAt }) => nextAt.toISOString()),
    completions.map(({ failed }) => failed),
    completions.map((completion) => completion.results.some(({ state }) => needsAttention(state))),
    completions.map(({ group }) => group.attemptId),
    completions.map(({ group }) => group.startedAt.toISOString()),
    completions.map(({ attempt }) => attempt?.landing ?? null),
    completions.map((completion) => (completion.attempt === undefined ? null : evidenceOf(completion))),
    completions.map(({ attempt }) => attempt?.httpStatus ?? null),
    completions.map(({ attempt }) => attempt?.disposition ?? null),
    completions.map(({ attempt }) => attempt?.detail ?? null),
    results.map(({ id }) => id),
    results.map(({ ehrReference }) => ehrReference),
    results.map(({ ehrVersion }) => ehrVersion),
    kindOf,
    kinds.map((_, kind) => kind),
    kinds.map(({ artefact }) => artefact),
    kinds.map(({ version }) => version),
    kinds.map(({ state }) => state),
    kinds.map(({ landing }) => landing),
    kinds.map(({ words }) => words),
    kinds.map(({ why }) => why?.code ?? null),
    kinds.map(({ why }) => detailOf(why)),
    kinds.map(({ status }) => status),
    kinds.map(({ outcome }) => outcome),
    kinds.map(({ wasSent }) => wasSent),
    kinds.map(({ doubtAt }) => doubtAt?.toISOString() ?? null),
    completions.map(({ attempt }) => textOf(attempt?.copies ?? [])),
  ]);
  return new Set(rows.map(({ id }) => id));
}

function textOf(copies: readonly SentCopy[]): string | null {
  return copies.length === 0 ? null : JSON.stringify(copies);
}

/** One result for each kind of them, and for each result the number of its kind. */
function byKind(results: readonly RowResult[]): { kinds: readonly RowResult[]; kindOf: readonly number[] } {
  const kinds: RowResult[] = [];
  const kindOf = results.map((result) => {
    const known = kinds.findIndex((kind) => isOfKind(result, kind));
    return known < 0 ? kinds.push(result) - 1 : known;
  });
  return { kinds, kindOf };
}

function isOfKind(result: RowResult, kind: RowResult): boolean {
  return (
    result.artefact === kind.artefact &&
    result.state === kind.state &&
    result.version === kind.version &&
    result.landing === kind.landing &&
    result.status === kind.status &&
    result.wasSent === kind.wasSent &&
    result.doubtAt?.getTime() === kind.doubtAt?.getTime() &&
    result.words === kind.words &&
    isSameReason(result.why, kind.why) &&
    result.outcome === kind.outcome
  );
}

function isSameReason(why: RowReason | null, other: RowReason | null): boolean {
  return why === other || (why?.code === other?.code && detailOf(why) === detailOf(other));
}

/** What there is to tell beside the code, as JSON text; null: nothing. */
function detailOf(why: RowReason | null): string | null {
  if (why === null) return null;
  const { code: _code, ...detail } = why;
  const text = JSON.stringify(detail);
  return text === '{}' ? null : text;
}

/** What the attempt was about, and what became of it: `log 3f… v1 landed, measure 3f….suds v1 landed`. */
function evidenceOf({ results }: Completion): string {
  let words = '';
  for (const { artefact, id, version, state } of results) {
    words += `${words === '' ? '' : ', '}${artefact} ${id} v${version} ${state}`;
  }
  return words;
}
