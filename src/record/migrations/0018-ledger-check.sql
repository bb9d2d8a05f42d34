-- A check of the ledger: every row that should stand in the EHR is held against what stands there, page by page. One at a
-- time for each tenant, whichever process does it; whoever has the lease goes on where the last one stopped.
create table ledger_check (
  tenant text collate "C" not null, id text collate "C" not null,
  -- which came later, whatever the clock said
  serial bigint not null generated always as identity,
  started_at timestamptz not null,
  -- the person or client who asked for it; null: the service by itself, once a day
  started_by text, reason text,
  -- repairs what may be repaired, by that person's word
  repair boolean not null,
  -- the key of the last row that was checked
  after_artefact text collate "C" not null default '', after_id text collate "C" not null default '',
  checked int not null default 0,
  finished_at timestamptz,
  -- while the EHR cannot be asked: when it goes on, and why it does not now
  next_at timestamptz not null, attempts int not null default 0, problem text,
  lease_until timestamptz, lease_token text,
  primary key (tenant, id)
);
create unique index ledger_check_under_way on ledger_check (tenant) where finished_at is null;

-- Ids, places and our own words; never what a resource says.
create table ledger_difference (
  tenant text collate "C" not null, check_id text collate "C" not null,
  artefact text collate "C" not null, id text collate "C" not null, kind text collate "C" not null,
  ehr_reference text, others text[] not null, detail text not null, found_at timestamptz not null,
  -- what the repair did about it; null: nothing
  repaired text,
  primary key (tenant, check_id, artefact, id, kind),
  foreign key (tenant, check_id) references ledger_check (tenant, id) on delete cascade
);

create table ledger_check_schedule (tenant text collate "C" primary key, next_at timestamptz not null);
