-- What an EHR advertised and then refused: it corrects the landing table until the EHR's statement changes, or until the
-- EHR is to be tried again. Its own words stand with the attempt, not here: this row is shown to many.
create table correction (
  tenant text not null, type text not null, interaction text not null check (interaction in ('create', 'update')),
  identity text not null check (identity in ('system', 'delegated', 'any')),
  status int not null, attempt_id text not null, at timestamptz not null,
  -- of what the statement said then
  statement_digest text not null,
  -- when it is tried again; null: not before the statement changes
  again_at timestamptz,
  primary key (tenant, type, interaction, identity)
);

-- The scope that a clinician's token was last granted, beside the one of the service itself.
alter table probe add column person_scope text;

-- Who has a patient open right now.
create index app_session_patient on app_session (tenant, patient_id, seen_at) where ended_at is null;
