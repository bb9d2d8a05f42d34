-- What an EHR says of a patient beyond knowing them: ids and times, nothing of the person. Only patients of whom there is
-- something to say have a row; one whose standing is normal again keeps it.
create table patient_standing (
  tenant text collate "C" not null, patient_id text collate "C" not null,
  state text collate "C" not null check (state in ('current', 'inactive', 'merged', 'gone')),
  -- whom the EHR names in their place; null: nobody, or not one alone
  survivor_id text collate "C",
  deceased boolean not null default false, deceased_at timestamptz,
  -- since when it is known so, and from whom: delivery, a launch, a coordinator who opened the patient, an integration person
  learned_at timestamptz not null, learned_from text not null,
  primary key (tenant, patient_id)
);
create index patient_standing_held on patient_standing (tenant, learned_at) where state <> 'current';

-- Two patients of an EHR who are one, by a person's decision: the one way in which an artefact's patient changes. A patient
-- merges into one other only; whoever asks for the survivor follows the chain.
create table patient_merge (
  tenant text collate "C" not null, from_patient_id text collate "C" not null, to_patient_id text collate "C" not null,
  confirmed_by text not null, confirmed_at timestamptz not null, reason text not null,
  -- how much was moved, as it was then
  plans int not null, artefacts int not null,
  primary key (tenant, from_patient_id), check (from_patient_id <> to_patient_id)
);
create index patient_merge_to on patient_merge (tenant, to_patient_id);
