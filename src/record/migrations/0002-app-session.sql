-- A launch that has been sent to the EHR and has not come back. `state` itself is kept by nobody but the browser.
create table launch_state (
  state_hash text collate "C" primary key, tenant text collate "C" not null, tab_key_hash text not null,
  nonce text not null, code_verifier text not null, scope text not null, issuer text collate "C" not null,
  expires_at timestamptz not null
);

-- A signed-in browser tab. Its token is kept as a hash. `sealed` holds what must not be read here: the EHR's tokens of
-- this person and the names a page shows, encrypted (AES-256-GCM); it is wiped when the session ends.
create table app_session (
  token_hash text collate "C" primary key, launch_id text collate "C" not null, tenant text collate "C" not null,
  user_reference text not null, role text not null check (role in ('clinician', 'coordinator', 'patient')),
  patient_id text collate "C", encounter text, can_write boolean not null, sealed text,
  started_at timestamptz not null, seen_at timestamptz not null, expires_at timestamptz not null, ended_at timestamptz,
  -- one process at a time refreshes the EHR's tokens: a refresh token may work only once
  refreshing_until timestamptz
);
create index app_session_expires on app_session (expires_at);

-- What a coordinator did about a patient, and until when the patient needs no further look.
create table contact (
  tenant text collate "C" not null, id text collate "C" not null, patient_id text collate "C" not null, at timestamptz not null, by_user text not null,
  note text not null, snooze_until timestamptz, primary key (tenant, id)
);
create index contact_patient on contact (tenant, patient_id, at desc, id desc);

-- An assignment as it was before it was withdrawn in the app, so that the same person can undo it for a while.
create table withdrawal (
  tenant text collate "C" not null, assignment_id text collate "C" not null, launch_id text collate "C" not null, withdrawn_at timestamptz not null,
  before jsonb not null, primary key (tenant, assignment_id),
  foreign key (tenant, assignment_id) references assignment (tenant, id)
);

-- What a coordinator's worklist asks of a plan, written with the plan itself: the list is read by index, however many
-- patients there are. Plans from before are filled at their next change; what SQL can tell is filled now.
alter table plan add column overdue int not null default 0;
alter table plan add column stopped int not null default 0;
alter table plan add column waiting_unlock int not null default 0;
alter table plan add column open_barrier text;
alter table plan add column last_log_at timestamptz not null default '-infinity';
alter table plan add column adherence_percent real;
alter table plan add column urgency int not null default 0;
update plan p set
  overdue = (select count(*) from occurrence o where o.tenant = p.tenant and o.plan_id = p.id and o.status = 'overdue'),
  last_log_at = coalesce((select max((l.body->>'performedAt')::timestamptz) from log l
    where l.tenant = p.tenant and l.plan_id = p.id and l.status in ('completed', 'amended')), '-infinity');
create index plan_urgency on plan (tenant, urgency, id) where status in ('active', 'on-hold');
create index plan_adherence on plan (tenant, coalesce(adherence_percent, 1000::real), id) where status in ('active', 'on-hold');
create index plan_overdue on plan (tenant, id) where status in ('active', 'on-hold') and overdue > 0;
create index plan_last_log on plan (tenant, last_log_at, id) where status in ('active', 'on-hold');
create index plan_stopped on plan (tenant, id) where status in ('active', 'on-hold') and stopped > 0;
create index plan_waiting_unlock on plan (tenant, id) where status in ('active', 'on-hold') and waiting_unlock > 0;
create index plan_open_barrier on plan (tenant, id) where status in ('active', 'on-hold') and open_barrier is not null;

-- A plan's page asks for its rows. Those in trouble are found by landing_group.attention: an index that names
-- ledger.state would make every landing rewrite every index of its row.
create index ledger_plan on ledger (tenant, plan_id);
