-- What a clinician noted in the app by one press, that a barrier was talked over or a message read, so that the same launch can
-- take it back for a while.
create table noted_act (
  tenant text collate "C" not null, act text collate "C" not null check (act in ('talked-over', 'read')), artefact_id text collate "C" not null,
  launch_id text collate "C" not null, noted_at timestamptz not null, primary key (tenant, act, artefact_id)
);
