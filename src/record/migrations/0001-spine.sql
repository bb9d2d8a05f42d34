-- Keys are compared byte by byte (collate "C"): the default collation of a database may be a language's, which costs
-- several times as much at every step down an index and means nothing to an id. Where a table is only ever asked for whole
-- keys, its index begins with the id, which tells rows apart at the first comparison; the tenant hardly ever does.

-- The homework record. Domain objects stand whole in `body`; columns beside it are what SQL must ask about.
create table plan (
  tenant text collate "C" not null, id text collate "C" not null, version int not null, updated_at timestamptz not null,
  patient_id text collate "C" not null, status text not null, body jsonb not null,
  -- when the sweep must look at this plan again; null: never (closed)
  sweep_at timestamptz,
  primary key (tenant, id)
);
create index plan_patient on plan (tenant, patient_id);
create index plan_sweep on plan (tenant, sweep_at) where sweep_at is not null;

-- assignment, occurrence, log, barrier, feedback, report: all belong to one plan and are read and written with it
create table assignment (
  tenant text collate "C" not null, id text collate "C" not null, version int not null, updated_at timestamptz not null,
  plan_id text collate "C" not null, status text not null, body jsonb not null,
  primary key (tenant, id), foreign key (tenant, plan_id) references plan (tenant, id)
);
create index assignment_plan on assignment (tenant, plan_id);
create table occurrence (
  tenant text collate "C" not null, id text collate "C" not null, version int not null, updated_at timestamptz not null,
  plan_id text collate "C" not null, assignment_id text collate "C" not null, status text not null, body jsonb not null,
  primary key (tenant, id), foreign key (tenant, plan_id) references plan (tenant, id)
);
create index occurrence_plan on occurrence (tenant, plan_id);
create table log (
  tenant text collate "C" not null, id text collate "C" not null, version int not null, updated_at timestamptz not null,
  plan_id text collate "C" not null, assignment_id text collate "C" not null, status text not null, body jsonb not null,
  primary key (tenant, id), foreign key (tenant, plan_id) references plan (tenant, id)
);
create index log_plan on log (tenant, plan_id);
create table barrier (
  tenant text collate "C" not null, id text collate "C" not null, version int not null, updated_at timestamptz not null,
  plan_id text collate "C" not null, status text not null, body jsonb not null,
  primary key (tenant, id), foreign key (tenant, plan_id) references plan (tenant, id)
);
create index barrier_plan on barrier (tenant, plan_id);
create table feedback (
  tenant text collate "C" not null, id text collate "C" not null, version int not null, updated_at timestamptz not null,
  plan_id text collate "C" not null, status text not null, body jsonb not null,
  primary key (tenant, id), foreign key (tenant, plan_id) references plan (tenant, id)
);
create index feedback_plan on feedback (tenant, plan_id);
create table report (
  tenant text collate "C" not null, id text collate "C" not null, version int not null, updated_at timestamptz not null,
  plan_id text collate "C" not null, status text not null, body jsonb not null,
  primary key (tenant, id), foreign key (tenant, plan_id) references plan (tenant, id)
);
create index report_plan on report (tenant, plan_id);

-- Patients of whom we hold homework. `verified` false: the EHR could not be asked yet; delivery asks before the first write.
create table patient (
  tenant text collate "C" not null, id text collate "C" not null, state text collate "C" not null check (state in ('verified', 'unverified', 'unknown')),
  checked_at timestamptz not null, primary key (tenant, id)
);

-- What a source system called a thing, so that sending it twice makes it once; `digest` tells a repeat from a reuse.
create table source_key (
  tenant text collate "C" not null, client_id text collate "C" not null, source_id text collate "C" not null, operation text collate "C" not null,
  digest text not null, artefact_id text collate "C" not null, created_at timestamptz not null,
  primary key (tenant, client_id, operation, source_id)
);

-- The record as FHIR, written in the same transaction as the domain rows by the pure mapping. Our endpoint and delivery
-- read it; it can be made anew from the record at any time. References to our own resources are relative to our
-- endpoint, references to the EHR's are relative to the EHR. `content` is json, not jsonb: SQL asks search_value, never
-- the content, and text that only passes through need not be written out anew at each reading.
create table resource (
  tenant text collate "C" not null, type text collate "C" not null, id text collate "C" not null,
  artefact text collate "C" not null, plan_id text collate "C" not null, patient_id text collate "C" not null,
  version int not null, last_updated timestamptz not null, digest text not null, content json not null,
  primary key (id, type, tenant)
);
create index resource_plan on resource (tenant, plan_id);
create index resource_page on resource (tenant, type, last_updated, id);

-- R4 search parameters of `resource`: a token/uri/string/reference in `value` (tokens as system|code), a date in low/high.
create table search_value (
  tenant text collate "C" not null, type text collate "C" not null, id text collate "C" not null, param text collate "C" not null,
  value text collate "C", low timestamptz, high timestamptz,
  foreign key (tenant, type, id) references resource (tenant, type, id) on delete cascade
);
create index search_value_value on search_value (tenant, type, param, value, id);
create index search_value_date on search_value (tenant, type, param, low, high) where low is not null;
create index search_value_resource on search_value (tenant, type, id);

-- What one request carries: a plan with its Tasks, a log with its measures, or a single artefact. The unit that is leased.
create table landing_group (
  tenant text collate "C" not null, id text collate "C" not null, plan_id text collate "C" not null, patient_id text collate "C" not null,
  -- due: some row of it has something to send and nothing keeps it from being sent
  due boolean not null default true, next_at timestamptz not null,
  attempts int not null default 0, lease_token bigint, lease_until timestamptz, attempt_id text,
  -- true when a row of it may be neither pending, in flight nor landed; only a row of such a group can be
  attention boolean not null default false,
  primary key (id, tenant)
) with (fillfactor = 70);
create index landing_group_due on landing_group (tenant, next_at) where due;
create index landing_group_attention on landing_group (tenant, plan_id, id) where attention;

-- One row per (tenant, artefact): what is wanted in the EHR, and where it stands. No index holds a column that changes,
-- and its pages have room: so a landing rewrites the row alone and no index (HOT). Where a state is asked for, the group's
-- `attention` leads to it.
create table ledger (
  tenant text collate "C" not null, artefact text collate "C" not null, id text collate "C" not null,
  resource_type text collate "C" not null, group_id text collate "C" not null, plan_id text collate "C" not null, patient_id text collate "C" not null,
  wanted int not null, sent int not null default 0, landed int not null default 0,
  state text collate "C" not null check (state in ('pending', 'in-flight', 'landed', 'awaiting-review', 'rejected', 'unknown', 'waiting', 'withdrawn')),
  landing text, reason text, waiting_since timestamptz,
  -- where it stands in the EHR: `Task/17`, and the ETag's version there
  ehr_reference text, ehr_version text,
  wanted_at timestamptz not null, landed_at timestamptz,
  last_status int, last_outcome text,
  withdraw boolean not null default false,
  primary key (tenant, artefact, id),
  foreign key (tenant, group_id) references landing_group (tenant, id)
) with (fillfactor = 50);
create index ledger_group on ledger (group_id, tenant);
create index ledger_reference on ledger (id, resource_type, tenant);

-- Every try to send a group: evidence for people, and what a restart finds.
create table attempt (
  tenant text collate "C" not null, group_id text collate "C" not null, id text collate "C" not null, started_at timestamptz not null,
  finished_at timestamptz, landing text not null, rows json not null, http_status int, disposition text, detail text,
  primary key (group_id, id, tenant)
);

create sequence lease_token;

-- The sandbox tenants' pinned time; no other tenant has a row.
create table sandbox_clock (tenant text collate "C" primary key, pinned_at timestamptz not null);

-- Keys we sign with and the secret behind response endpoints; private parts never leave this table.
create table secret (name text collate "C" primary key, value jsonb not null, created_at timestamptz not null);

-- Assertions seen, so that none works twice, until they expire by themselves.
create table assertion_seen (issuer text collate "C" not null, jti text collate "C" not null, expires_at timestamptz not null, primary key (issuer, jti));

-- What an EHR said of itself when it was last asked.
create table probe (tenant text collate "C" primary key, at timestamptz not null, capability_statement jsonb not null, smart_configuration jsonb, granted_scope text);
