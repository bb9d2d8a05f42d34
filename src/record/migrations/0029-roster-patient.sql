-- A coordinator's list has a row for each patient, not for each plan: what the list is narrowed and put in order by stands in
-- one row a patient, summed up from their plans, so that a page of it is read by index however many patients there are.

-- What a plan says of itself for it, written with the plan. Plans from before are filled at their next change; what SQL can
-- tell is filled now.
alter table plan add column due int not null default 0;
alter table plan add column done int not null default 0;
alter table plan add column unread_messages int not null default 0;
-- when each thing was to be done by that came to be due after the plan's last log and has none
alter table plan add column unlogged timestamptz[] not null default '{}';
-- when the latest of its reasons came about; null: there is none, or it is not known
alter table plan add column news_at timestamptz;
-- its reasons and its current step, as people read them; null: not known yet
alter table plan add column attention jsonb;
update plan p set
  done = (select count(*) from occurrence o where o.tenant = p.tenant and o.plan_id = p.id and o.status in ('done', 'late')),
  due = (select count(*) from occurrence o where o.tenant = p.tenant and o.plan_id = p.id
    and o.status in ('done', 'late', 'missed', 'overdue')),
  unread_messages = (select count(*) from feedback f where f.tenant = p.tenant and f.plan_id = p.id
    and f.body->>'author' = 'patient' and f.body->>'readAt' is null),
  unlogged = array(select (o.body->>'dueUntil')::timestamptz from occurrence o where o.tenant = p.tenant and o.plan_id = p.id
    and o.status in ('overdue', 'missed') and (o.body->>'dueUntil')::timestamptz > p.last_log_at order by 1);
-- the sweep writes every running plan once, and with it the rest
update plan set sweep_at = 'epoch' where status = 'active';

-- A set-aside that somebody ended before its time.
alter table contact add column ended_at timestamptz;
alter table contact add column ended_by text;

create table roster_patient (
  tenant text collate "C" not null, patient_id text collate "C" not null,
  -- whether the list has them: a plan is under way, or a safety signal is open
  listed boolean not null default false, under_way boolean not null default false,
  at_risk boolean not null default false, deceased boolean not null default false,
  -- sums over the plans that are under way; nobody is to be called about who has died
  urgency int not null default 0, overdue int not null default 0, stopped int not null default 0, barriers int not null default 0,
  waiting_unlock int not null default 0, unread_messages int not null default 0,
  due int not null default 0, done int not null default 0,
  adherence_key real not null default 1000,
  -- the last log of any plan; and since when something was due without one after it ('infinity': nothing was)
  last_log_at timestamptz not null default '-infinity', silent_since timestamptz not null default 'infinity',
  -- until when the latest contact has set them aside, if nothing new has happened since
  aside_until timestamptz,
  -- of the plans under way, else of all; a line each, for who is looked for along an order
  titles text not null default '',
  primary key (tenant, patient_id)
);
create index roster_patient_urgency on roster_patient (tenant, urgency, patient_id) where listed and not at_risk and not deceased;
create index roster_patient_last_log on roster_patient (tenant, silent_since, patient_id) where listed;
create index roster_patient_adherence on roster_patient (tenant, adherence_key, patient_id) where listed;
create index roster_patient_aside on roster_patient (tenant, aside_until, patient_id) where listed and aside_until is not null;
-- few stand in these: a patient who needs nothing is in none of them
create index roster_patient_risk_urgency on roster_patient (tenant, urgency, patient_id) where listed and at_risk;
create index roster_patient_rest_urgency on roster_patient (tenant, urgency, patient_id) where listed and deceased;
create index roster_patient_overdue_urgency on roster_patient (tenant, urgency, patient_id) where listed and overdue > 0;
create index roster_patient_overdue_last_log on roster_patient (tenant, silent_since, patient_id) where listed and overdue > 0;
create index roster_patient_overdue_adherence on roster_patient (tenant, adherence_key, patient_id) where listed and overdue > 0;
create index roster_patient_stopped_urgency on roster_patient (tenant, urgency, patient_id) where listed and stopped > 0;
create index roster_patient_stopped_last_log on roster_patient (tenant, silent_since, patient_id) where listed and stopped > 0;
create index roster_patient_stopped_adherence on roster_patient (tenant, adherence_key, patient_id) where listed and stopped > 0;
create index roster_patient_barrier_urgency on roster_patient (tenant, urgency, patient_id) where listed and barriers > 0;
create index roster_patient_barrier_last_log on roster_patient (tenant, silent_since, patient_id) where listed and barriers > 0;
create index roster_patient_barrier_adherence on roster_patient (tenant, adherence_key, patient_id) where listed and barriers > 0;
create index roster_patient_unlock_urgency on roster_patient (tenant, urgency, patient_id) where listed and waiting_unlock > 0;
create index roster_patient_unlock_last_log on roster_patient (tenant, silent_since, patient_id) where listed and waiting_unlock > 0;
create index roster_patient_unlock_adherence on roster_patient (tenant, adherence_key, patient_id) where listed and waiting_unlock > 0;
create index roster_patient_message_urgency on roster_patient (tenant, urgency, patient_id) where listed and unread_messages > 0;
create index roster_patient_message_last_log on roster_patient (tenant, silent_since, patient_id) where listed and unread_messages > 0;
create index roster_patient_message_adherence on roster_patient (tenant, adherence_key, patient_id) where listed and unread_messages > 0;
create index roster_patient_risk_last_log on roster_patient (tenant, silent_since, patient_id) where listed and at_risk;
create index roster_patient_risk_adherence on roster_patient (tenant, adherence_key, patient_id) where listed and at_risk;

-- Sums up these patients of a tenant anew. Each row is held first: two changes of one patient's plans at once are summed up
-- one after the other, and the later one sees what the earlier one wrote.
create function sum_up_patients(of_tenant text, patients text[]) returns void language plpgsql as $$
declare
  wanted bigint := (select count(distinct id) from unnest(patients) u(id));
  held bigint;
begin
  loop
    insert into roster_patient (tenant, patient_id)
      select of_tenant, u.id from (select distinct unnest(patients) as id) u order by u.id on conflict do nothing;
    -- joined, as a list of all patients of a tenant is not to be gone through for each of them
    perform from roster_patient r join (select distinct unnest(patients) as id) u on u.id = r.patient_id
      where r.tenant = of_tenant order by r.patient_id for update of r;
    get diagnostics held = row_count;
    -- somebody took a row away while it was waited for
    exit when held = wanted;
  end loop;
  update roster_patient r set
      listed = n.under_way or n.at_risk, under_way = n.under_way, at_risk = n.at_risk, deceased = n.deceased,
      urgency = n.urgency, overdue = n.overdue, stopped = n.stopped, barriers = n.barriers,
      waiting_unlock = n.waiting_unlock, unread_messages = n.unread_messages, due = n.due, done = n.done,
      adherence_key = case when n.due = 0 then 1000 else n.done * 100.0 / n.due end,
      last_log_at = n.last_log_at, silent_since = n.silent_since, aside_until = n.aside_until,
      titles = n.titles
    from (
      select s.*, coalesce((select min(u.at) from plan p, unnest(p.unlogged) u(at)
          where p.tenant = of_tenant and p.patient_id = s.patient_id and p.status in ('active', 'on-hold')
          and u.at > s.last_log_at and not s.deceased), 'infinity') as silent_since,
        (select c.snooze_until from (select * from contact l where l.tenant = of_tenant and l.patient_id = s.patient_id
            order by l.at desc, l.id desc limit 1) c
          where c.ended_at is null and c.snooze_until is not null and not s.deceased
          and coalesce(greatest(s.news_at, (select max(g.updated_at) from safety_signal g
            where g.tenant = of_tenant and g.patient_id = s.patient_id and g.status = 'open')), '-infinity') <= c.at) as aside_until
      from (
        select x.patient_id,
          coalesce(bool_or(p.running), false) as under_way, coalesce(bool_or(p.at_risk), false) as at_risk,
          coalesce(bool_or(d.deceased), false) as deceased,
          coalesce(sum(p.urgency) filter (where p.counts), 0)::int as urgency,
          coalesce(sum(p.overdue) filter (where p.counts), 0)::int as overdue,
          coalesce(sum(p.stopped) filter (where p.counts), 0)::int as stopped,
          (count(p.open_barrier) filter (where p.counts))::int as barriers,
          coalesce(sum(p.waiting_unlock) filter (where p.counts), 0)::int as waiting_unlock,
          coalesce(sum(p.unread_messages) filter (where p.counts), 0)::int as unread_messages,
          coalesce(sum(p.due) filter (where p.running), 0)::int as due,
          coalesce(sum(p.done) filter (where p.running), 0)::int as done,
          coalesce(max(p.last_log_at), '-infinity') as last_log_at,
          max(p.news_at) filter (where p.counts) as news_at,
          coalesce(string_agg(p.body->>'title', E'\n' order by p.id) filter (where p.running),
            string_agg(p.body->>'title', E'\n' order by p.id), '') as titles
        from (select distinct unnest(patients) as patient_id) x
        left join patient_standing d on d.tenant = of_tenant and d.patient_id = x.patient_id
        left join lateral (select q.*, q.status in ('active', 'on-hold') as running,
            q.status in ('active', 'on-hold') and d.deceased is not true as counts
          from plan q where q.tenant = of_tenant and q.patient_id = x.patient_id and q.status <> 'entered-in-error') p on true
        group by x.patient_id
      ) s
    ) n
    where r.tenant = of_tenant and r.patient_id = n.patient_id
      and (r.listed, r.under_way, r.at_risk, r.deceased, r.urgency, r.overdue, r.stopped, r.barriers, r.waiting_unlock,
        r.unread_messages, r.due, r.done, r.last_log_at, r.silent_since, r.aside_until, r.titles)
      is distinct from (n.under_way or n.at_risk, n.under_way, n.at_risk, n.deceased, n.urgency, n.overdue, n.stopped, n.barriers,
        n.waiting_unlock, n.unread_messages, n.due, n.done, n.last_log_at, n.silent_since, n.aside_until, n.titles);
  -- whose plans have all become somebody else's
  delete from roster_patient r using (select distinct unnest(patients) as id) u where r.tenant = of_tenant and r.patient_id = u.id
    and not exists (select from plan p where p.tenant = of_tenant and p.patient_id = r.patient_id);
end $$;

-- Last of all in a transaction: nobody who holds a patient's row here waits for a plan or a signal.
create function sum_up_old_and_new() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform sum_up_patients(old.tenant, array[old.patient_id]);
  elsif tg_op = 'UPDATE' and old.patient_id is distinct from new.patient_id then
    perform sum_up_patients(new.tenant, array[old.patient_id, new.patient_id]);
  else
    perform sum_up_patients(new.tenant, array[new.patient_id]);
  end if;
  return null;
end $$;
create constraint trigger patient_summed_up_insert after insert or delete on plan deferrable initially deferred
  for each row execute function sum_up_old_and_new();
create constraint trigger patient_summed_up after update on plan deferrable initially deferred
  for each row when ((old.patient_id, old.status, old.at_risk, old.urgency, old.overdue, old.stopped, old.open_barrier, old.waiting_unlock,
      old.unread_messages, old.due, old.done, old.last_log_at, old.unlogged, old.news_at, old.body->>'title')
    is distinct from (new.patient_id, new.status, new.at_risk, new.urgency, new.overdue, new.stopped, new.open_barrier, new.waiting_unlock,
      new.unread_messages, new.due, new.done, new.last_log_at, new.unlogged, new.news_at, new.body->>'title'))
  execute function sum_up_old_and_new();
create constraint trigger patient_summed_up after insert or update or delete on contact deferrable initially deferred
  for each row execute function sum_up_old_and_new();
create constraint trigger patient_summed_up after insert or update or delete on safety_signal deferrable initially deferred
  for each row execute function sum_up_old_and_new();
create constraint trigger patient_summed_up after insert or update or delete on patient_standing deferrable initially deferred
  for each row execute function sum_up_old_and_new();

select sum_up_patients(p.tenant, array_agg(distinct p.patient_id)) from plan p group by p.tenant;

-- what was read plan by plan
drop index plan_urgency;
drop index plan_adherence;
drop index plan_last_log;
drop index plan_at_risk_urgency;
drop index plan_at_risk_last_log;
drop index plan_at_risk_adherence;
drop index plan_overdue_urgency;
drop index plan_overdue_last_log;
drop index plan_overdue_adherence;
drop index plan_stopped_urgency;
drop index plan_stopped_last_log;
drop index plan_stopped_adherence;
drop index plan_waiting_unlock_urgency;
drop index plan_waiting_unlock_last_log;
drop index plan_waiting_unlock_adherence;
drop index plan_barrier_urgency;
drop index plan_barrier_last_log;
drop index plan_barrier_adherence;
drop index plan_author;
create index plan_author on plan (tenant, author, patient_id) where status in ('active', 'on-hold');
