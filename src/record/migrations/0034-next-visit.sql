-- When a patient next meets the clinician, as far as the EHR told somebody who may see it: what is due at the next visit, or runs
-- until then, ends by it. One row a patient; a visit that is over stays until the next is known.
create table next_visit (
  tenant text collate "C" not null, patient_id text collate "C" not null,
  at timestamptz not null, learned_at timestamptz not null,
  primary key (tenant, patient_id)
);
