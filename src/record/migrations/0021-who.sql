-- Who made a thing and who changed it last, as the door knows them: `source:<client id>`, `user:<reference into the EHR>`,
-- `form:<occurrence>` (the response endpoint), `service`; 'unknown' is what was there before anybody noted it.
alter table plan add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown';
alter table assignment add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown';
alter table occurrence add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown';
alter table log add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown';
alter table barrier add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown';
alter table feedback add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown';
alter table report add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown';
-- `owners`: whose plans and reports a signal rests on; a source sees no other's
alter table safety_signal add column made_by text collate "C" not null default 'unknown', add column changed_by text collate "C" not null default 'unknown',
  add column owners text[] not null default '{}';

-- Every change of a plan, the first as well: which version it made, when, by whom, and of the app in which sign-in.
create table plan_change (
  tenant text collate "C" not null, plan_id text collate "C" not null, version int not null, at timestamptz not null,
  actor text collate "C" not null, session text collate "C",
  primary key (plan_id, version, tenant)
);

-- Whose a resource is: of its plan, or of all that a safety signal rests on; '' when these are several, which is nobody.
alter table resource add column owner text collate "C" not null default '';
create index resource_owner on resource (tenant, owner, type, last_updated, id);
create index plan_owner on plan (tenant, made_by, id);
