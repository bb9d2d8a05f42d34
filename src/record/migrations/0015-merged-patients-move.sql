-- The one way round the rule that a row's patient never changes (0010): a person has confirmed, in the same transaction or
-- before, that the EHR's two patients are one. The plan stays the same even then.
create function refuse_unmerged_patient() returns trigger language plpgsql as $$
begin
  if to_jsonb(old)->>'plan_id' is not distinct from to_jsonb(new)->>'plan_id' and exists (
    select from patient_merge m
     where m.tenant = new.tenant and m.from_patient_id = old.patient_id and m.to_patient_id = new.patient_id)
  then
    return new;
  end if;
  raise exception 'a row of % was to become another patient''s or plan''s', tg_table_name
    using errcode = 'integrity_constraint_violation', constraint = tg_table_name || '_own_patient_stays', table = tg_table_name;
end $$;
drop trigger own_patient_stays on plan;
create trigger own_patient_stays before update of patient_id on plan for each row
  when (old.patient_id is distinct from new.patient_id) execute function refuse_unmerged_patient();
drop trigger own_patient_stays on safety_signal;
create trigger own_patient_stays before update of patient_id on safety_signal for each row
  when (old.patient_id is distinct from new.patient_id) execute function refuse_unmerged_patient();
drop trigger own_patient_stays on resource;
create trigger own_patient_stays before update of plan_id, patient_id on resource for each row
  when (old.plan_id is distinct from new.plan_id or old.patient_id is distinct from new.patient_id) execute function refuse_unmerged_patient();
drop trigger own_patient_stays on landing_group;
create trigger own_patient_stays before update of plan_id, patient_id on landing_group for each row
  when (old.plan_id is distinct from new.plan_id or old.patient_id is distinct from new.patient_id) execute function refuse_unmerged_patient();
drop trigger own_patient_stays on ledger;
create trigger own_patient_stays before update of plan_id, patient_id on ledger for each row
  when (old.plan_id is distinct from new.plan_id or old.patient_id is distinct from new.patient_id) execute function refuse_unmerged_patient();
