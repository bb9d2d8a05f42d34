-- An artefact's patient never changes, and is its plan's: held here, so that no code can write otherwise. What belongs to a
-- plan refers to it together with the patient; a body says of which plan and patient it is, and must say what its row says;
-- a resource's subject is its row's patient. (What referred to the plan or group alone is dropped: the new keys say more.) Deferrable, because a confirmed merge of two patients changes all of it at once.
alter table plan add constraint plan_own_patient_key unique (tenant, id, patient_id);
alter table plan add constraint plan_own_patient check (body->>'patientId' is not distinct from patient_id);

alter table assignment drop constraint assignment_tenant_plan_id_fkey,
  add column patient_id text collate "C" generated always as ((body->>'patientId') collate "C") stored,
  add constraint assignment_own_plan check (body->>'planId' is not distinct from plan_id),
  add constraint assignment_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) match full deferrable initially immediate;
alter table occurrence drop constraint occurrence_tenant_plan_id_fkey,
  add column patient_id text collate "C" generated always as ((body->>'patientId') collate "C") stored,
  add constraint occurrence_own_plan check (body->>'planId' is not distinct from plan_id),
  add constraint occurrence_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) match full deferrable initially immediate;
alter table log drop constraint log_tenant_plan_id_fkey,
  add column patient_id text collate "C" generated always as ((body->>'patientId') collate "C") stored,
  add constraint log_own_plan check (body->>'planId' is not distinct from plan_id),
  add constraint log_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) match full deferrable initially immediate;
alter table barrier drop constraint barrier_tenant_plan_id_fkey,
  add column patient_id text collate "C" generated always as ((body->>'patientId') collate "C") stored,
  add constraint barrier_own_plan check (body->>'planId' is not distinct from plan_id),
  add constraint barrier_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) match full deferrable initially immediate;
alter table feedback drop constraint feedback_tenant_plan_id_fkey,
  add column patient_id text collate "C" generated always as ((body->>'patientId') collate "C") stored,
  add constraint feedback_own_plan check (body->>'planId' is not distinct from plan_id),
  add constraint feedback_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) match full deferrable initially immediate;
alter table report drop constraint report_tenant_plan_id_fkey,
  add column patient_id text collate "C" generated always as ((body->>'patientId') collate "C") stored,
  add constraint report_own_plan check (body->>'planId' is not distinct from plan_id),
  add constraint report_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) match full deferrable initially immediate;
alter table safety_signal drop constraint safety_signal_tenant_plan_id_fkey,
  add constraint safety_signal_own_body check (body->>'patientId' is not distinct from patient_id),
  add constraint safety_signal_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) deferrable initially immediate;

-- Whom a resource is about, as its own content says; every type that we make has one of the two.
create function subject_of(content json) returns text immutable parallel safe language sql
  return coalesce(content #>> '{subject,reference}', content #>> '{for,reference}');
alter table resource
  add constraint resource_own_subject check (subject_of(content) is not distinct from 'Patient/' || patient_id),
  add constraint resource_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) deferrable initially immediate;

-- the group's patient is the plan's, and a row's plan and patient are its group's
alter table landing_group
  add constraint landing_group_own_patient_key unique (tenant, id, plan_id, patient_id),
  add constraint landing_group_own_patient foreign key (tenant, plan_id, patient_id) references plan (tenant, id, patient_id) deferrable initially immediate;
alter table ledger drop constraint ledger_tenant_group_id_fkey,
  add constraint ledger_own_patient foreign key (tenant, group_id, plan_id, patient_id)
    references landing_group (tenant, id, plan_id, patient_id) deferrable initially immediate;

-- Rows do not move to another plan or patient, not even whole sets of them that would agree with each other.
create function refuse_other_patient() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % was to become another patient''s or plan''s', tg_table_name
    using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_own_patient_stays', table = tg_table_name;
end $$;
create trigger own_patient_stays before update of patient_id on plan for each row
  when (old.patient_id is distinct from new.patient_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id on assignment for each row
  when (old.plan_id is distinct from new.plan_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id on occurrence for each row
  when (old.plan_id is distinct from new.plan_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id on log for each row
  when (old.plan_id is distinct from new.plan_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id on barrier for each row
  when (old.plan_id is distinct from new.plan_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id on feedback for each row
  when (old.plan_id is distinct from new.plan_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id on report for each row
  when (old.plan_id is distinct from new.plan_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of patient_id on safety_signal for each row
  when (old.patient_id is distinct from new.patient_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id, patient_id on resource for each row
  when (old.plan_id is distinct from new.plan_id or old.patient_id is distinct from new.patient_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id, patient_id on landing_group for each row
  when (old.plan_id is distinct from new.plan_id or old.patient_id is distinct from new.patient_id) execute function refuse_other_patient();
create trigger own_patient_stays before update of plan_id, patient_id on ledger for each row
  when (old.plan_id is distinct from new.plan_id or old.patient_id is distinct from new.patient_id) execute function refuse_other_patient();
