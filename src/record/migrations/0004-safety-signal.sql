-- What made someone fear for a patient: per patient, across plans. `plan_id` is the plan in whose ledger its artefacts
-- stand, so that whatever asks for a plan's rows finds them; only patients of whom we hold homework can have one.
create table safety_signal (
  tenant text not null, id text not null, version int not null, updated_at timestamptz not null,
  patient_id text not null, plan_id text not null, rule text not null,
  -- how often this rule has been raised of this patient; names the signal's id
  ordinal int not null, status text not null check (status in ('open', 'closed')), body jsonb not null,
  primary key (tenant, id), unique (tenant, patient_id, rule, ordinal),
  foreign key (tenant, plan_id) references plan (tenant, id)
);
-- one open signal per patient and rule: the rule itself, not a habit of the code
create unique index safety_signal_open on safety_signal (tenant, patient_id, rule) where status = 'open';
