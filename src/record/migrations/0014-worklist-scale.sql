-- A coordinator's list is read by index in its order, whatever it is narrowed to: no row is visited that is not shown.

-- Whether the patient has an open safety signal, written with the signal and with the plan: an index cannot ask another table.
alter table plan add column at_risk boolean not null default false;
update plan p set at_risk = true
  where exists (select from safety_signal s where s.tenant = p.tenant and s.patient_id = p.patient_id and s.status = 'open');

-- a column and no expression, so that its statistics tell a clinician of sixty patients from one of all
alter table plan add column author text collate "C" generated always as (body->>'author') stored;

drop index plan_urgency;
drop index plan_overdue;
drop index plan_stopped;
drop index plan_waiting_unlock;
drop index plan_open_barrier;
create index plan_urgency on plan (tenant, urgency, id) where status in ('active', 'on-hold') and not at_risk;
create index plan_author on plan (tenant, author, urgency, id) where status in ('active', 'on-hold');
-- few plans stand in these, so they cost little: a plan that needs nothing is in none of them
create index plan_at_risk_urgency on plan (tenant, urgency, id) where at_risk;
create index plan_at_risk_last_log on plan (tenant, last_log_at, id) where at_risk;
create index plan_at_risk_adherence on plan (tenant, coalesce(adherence_percent, 1000::real), id) where at_risk;
create index plan_overdue_urgency on plan (tenant, urgency, id) where status in ('active', 'on-hold') and overdue > 0;
create index plan_overdue_last_log on plan (tenant, last_log_at, id) where status in ('active', 'on-hold') and overdue > 0;
create index plan_overdue_adherence on plan (tenant, coalesce(adherence_percent, 1000::real), id) where status in ('active', 'on-hold') and overdue > 0;
create index plan_stopped_urgency on plan (tenant, urgency, id) where status in ('active', 'on-hold') and stopped > 0;
create index plan_stopped_last_log on plan (tenant, last_log_at, id) where status in ('active', 'on-hold') and stopped > 0;
create index plan_stopped_adherence on plan (tenant, coalesce(adherence_percent, 1000::real), id) where status in ('active', 'on-hold') and stopped > 0;
create index plan_waiting_unlock_urgency on plan (tenant, urgency, id) where status in ('active', 'on-hold') and waiting_unlock > 0;
create index plan_waiting_unlock_last_log on plan (tenant, last_log_at, id) where status in ('active', 'on-hold') and waiting_unlock > 0;
create index plan_waiting_unlock_adherence on plan (tenant, coalesce(adherence_percent, 1000::real), id) where status in ('active', 'on-hold') and waiting_unlock > 0;
create index plan_barrier_urgency on plan (tenant, urgency, id) where status in ('active', 'on-hold') and open_barrier is not null;
create index plan_barrier_last_log on plan (tenant, last_log_at, id) where status in ('active', 'on-hold') and open_barrier is not null;
create index plan_barrier_adherence on plan (tenant, coalesce(adherence_percent, 1000::real), id) where status in ('active', 'on-hold') and open_barrier is not null;

-- Parts of one, two and three letters, by which a title is found from its middle; both stores have arrays and GIN, and no
-- extension is needed. In a table of its own, as a plan changes with every log and its title hardly ever.
create function title_parts(title text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct substr(lower(title), at, size)), '{}')
    from generate_series(1, 3) size, lateral generate_series(1, length(lower(title)) - size + 1) at
$$;
-- The longest of those parts that a title with this text in it must have.
create function searched_parts(part text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct substr(lower(part), at, least(3, length(lower(part))))), '{}')
    from generate_series(1, greatest(length(lower(part)) - 2, 1)) at
$$;
create table plan_title (
  tenant text collate "C" not null, plan_id text collate "C" not null, title text not null,
  parts text[] not null generated always as (title_parts(title)) stored,
  primary key (tenant, plan_id), foreign key (tenant, plan_id) references plan (tenant, id) on delete cascade
);
insert into plan_title (tenant, plan_id, title) select tenant, id, coalesce(body->>'title', '') from plan;
create index plan_title_parts on plan_title using gin (parts);
