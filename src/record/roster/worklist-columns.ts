/** Of a plan `q`. */
export const underWay = `q.status in ('active', 'on-hold')`;

// signals have the collation of the database, and are found by index by a text of that one only
const ofPatient = `s.tenant = r.tenant collate "default" and s.patient_id = r.patient_id collate "default"`;

/** The open safety signals of a patient `r`: how many, when the first and the last were raised, and when one was last spoken of. */
export const riskOf = `cross join lateral (select count(distinct s.id)::int as "openSignals", min(s.raised) as "riskSince", max(s.raised) as "riskLatest", max(s.told) as "riskTold"
    from (select s.id, (s.body->>'raisedAt')::timestamptz as raised, (e->>'at')::timestamptz as told from safety_signal s
      left join lateral jsonb_array_elements(s.body->'evidence') e on true
      where ${ofPatient} and s.status = 'open') s) risk`;

/** The latest contact with a patient `r`. */
export const contactOf = `left join lateral (select c.id, c.at, c.by_user, c.note, c.snooze_until, c.ended_at, c.ended_by from contact c
    where c.tenant = r.tenant and c.patient_id = r.patient_id order by c.at desc, c.id desc limit 1) c on true`;

/** So long a plan that was closed is told of beside those that are under way. */
const closedDays = 14;

/**
 * What of a plan `q` has not landed, by how it stands in the chart: not there, older there than here, or not known to be there.
 * A safety signal is one thing, however many copies of it are sent: it is not there while none of them is.
 */
const chartOf = `select coalesce(jsonb_agg(jsonb_build_object('stands', c.stands, 'safety', c.safety, 'count', c.n)
    order by c.safety desc, c.stands), '[]'::jsonb)
  from (select g.safety, count(*)::int as n, case when g.held and (g.there or (g.safety and exists (select from ledger o
      where o.tenant = q.tenant and o.group_id = g.key and o.artefact = 'safety' and o.landed > 0))) then 'outdated'
      when g.unclear then 'unclear' else 'missing' end as stands
    from (select l.artefact = 'safety' as safety, case when l.artefact = 'safety' then l.group_id else l.id end as key,
        bool_or(l.landed > 0) as there, bool_or(l.state = 'unknown') as unclear, bool_or(l.state <> 'unknown') as held
      from ledger l where l.tenant = q.tenant and l.plan_id = q.id and l.state in ('rejected', 'unknown', 'waiting')
      group by l.artefact, 2) g
    group by 1, 3) c`;

/**
 * The plans of a patient `r` that a row tells of, as json, the one that needs most first: those under way, those closed
 * lately, and where none is under way the latest.
 */
export function plansOf(now: string): string {
  const closedLately = `(q.body->>'closedAt')::timestamptz > ${now}::timestamptz - interval '${closedDays} days'`;
  const told = `select q.* from plan q where q.tenant = r.tenant and q.patient_id = r.patient_id and q.status not in ('draft', 'entered-in-error')
      and (${underWay} or not r.under_way or ${closedLately})
    order by ${underWay} desc, q.urgency desc, q.updated_at desc, q.id limit 20`;
  return `(select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'title', q.body->>'title', 'status', q.status, 'clinician', q.author,
       'via', q.body->>'via', 'createdAt', q.body->>'createdAt', 'closedAt', q.body->>'closedAt', 'attention', q.attention, 'timeZone', q.body->>'timeZone', 'period', q.body->'period', 'silent', r.silent_since = any(q.unlogged), 'chart', (${chartOf}),
       'counts', jsonb_build_object('stopped', q.stopped, 'barrier', case when q.open_barrier is null then 0 else 1 end, 'overdue', q.overdue,
         'waiting-unlock', q.waiting_unlock, 'message', q.unread_messages), 'barrier', q.open_barrier)
       order by ${underWay} desc, q.urgency desc, q.updated_at desc, q.id), '[]'::jsonb) from (${told}) q)`;
}
