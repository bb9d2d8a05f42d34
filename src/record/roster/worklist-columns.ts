/** Of a plan `q`. */
export const underWay = `q.status in ('active', 'on-hold')`;

/** The latest contact with a patient `r`. */
export const contactOf = `left join lateral (select c.id, c.at, c.by_user, c.note, c.snooze_until, c.ended_at, c.ended_by from contact c
    where c.tenant = r.tenant and c.patient_id = r.patient_id order by c.at desc, c.id desc limit 1) c on true`;

/** So long a plan that was closed is told of beside those that are under way. */
const closedDays = 14;

/**
 * The plans of a patient `r` that a row tells of, as json, the one that needs most first: those under way, those closed
 * lately, and where none is under way the latest.
 */
export function plansOf(now: string): string {
  const closedLately = `(q.body->>'closedAt')::timestamptz > ${now}::timestamptz - interval '${closedDays} days'`;
  const told = `select q.* from plan q where q.tenant = r.tenant and q.patient_id = r.patient_id and q.status not in ('draft', 'entered-in-error')
      and (${underWay} or not r.under_way or ${closedLately})
    order by ${underWay} desc, q.urgency desc, q.updated_at desc, q.id limit 20`;
  const notLanded = `select count(*)::int from ledger l where l.tenant = q.tenant and l.plan_id = q.id and l.state in ('rejected', 'unknown', 'waiting')`;
  return `(select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'title', q.body->>'title', 'status', q.status, 'clinician', q.author,
       'via', q.body->>'via', 'closedAt', q.body->>'closedAt', 'attention', q.attention, 'notLanded', (${notLanded}),
       'counts', jsonb_build_object('stopped', q.stopped, 'barrier', case when q.open_barrier is null then 0 else 1 end, 'overdue', q.overdue,
         'waiting-unlock', q.waiting_unlock, 'message', q.unread_messages), 'barrier', q.open_barrier)
       order by ${underWay} desc, q.urgency desc, q.updated_at desc, q.id), '[]'::jsonb) from (${told}) q)`;
}
