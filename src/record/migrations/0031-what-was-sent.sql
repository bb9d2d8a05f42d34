-- Of what was sent in an attempt and did not land, as JSON: `[{artefact, id, request, resource}]`, its resource with every word, number
-- and time of people masked. Null: it landed, nothing was sent, or it is of a time before this was kept.
alter table attempt add column sent text;

-- When the EHR last answered each kind of request with a success, to the minute: kept here so that it is known after a
-- restart, and by every process.
create table last_success (
  tenant text collate "C" not null, request_kind text collate "C" not null, at timestamptz not null,
  primary key (tenant, request_kind)
);
