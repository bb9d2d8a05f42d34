-- People who look after an EHR connection sign in too, without a patient.
alter table app_session drop constraint app_session_role_check;
alter table app_session add constraint app_session_role_check
  check (role in ('clinician', 'coordinator', 'patient', 'integration'));
