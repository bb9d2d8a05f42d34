import type { Instant } from '../../homework/model.ts';
import type { PatientStanding } from '../../homework/patient/patient-standing.ts';
import type { HomeworkRecord } from '../homework-record.ts';
import { needTenantReach } from '../store/own-reach.ts';
import { tenantOf } from '../tenant-of.ts';
import type { ConfirmedMerge } from './confirm-merge.ts';

/** A patient whose homework waits because of how they stand in the EHR. */
export interface HeldPatient {
  readonly patientId: string;
  readonly state: Exclude<PatientStanding['state'], 'current'>;
  /** Whom the EHR names in their place. */
  readonly survivorId: string | null;
  readonly learnedAt: Instant;
  readonly plans: number;
  /** Ledger rows that have not landed. */
  readonly waiting: number;
}

const most = 200;

/**
 * Patients with homework who are merged, inactive or gone in the EHR and about whom nobody has decided, the longest known
 * first; and the latest merges that people confirmed. Up to 200 of each, ids only.
 */
export async function listMerges(
  record: HomeworkRecord,
  tenantId: string,
): Promise<{
  readonly held: readonly HeldPatient[];
  readonly confirmed: readonly (ConfirmedMerge & { reason: string })[];
}> {
  tenantOf(record, tenantId);
  needTenantReach(record.actor, 'see');
  const held = await record.database.query<HeldPatient>(
    `select s.patient_id as "patientId", s.state, s.survivor_id as "survivorId", s.learned_at as "learnedAt",
       (select count(*)::int from plan p where p.tenant = s.tenant and p.patient_id = s.patient_id) as plans,
       (select count(*)::int from plan p join ledger l on l.tenant = p.tenant and l.plan_id = p.id
         where p.tenant = s.tenant and p.patient_id = s.patient_id and l.state not in ('landed', 'withdrawn')) as waiting
     from patient_standing s
     where s.tenant = $1 and s.state <> 'current'
       and exists (select from plan p where p.tenant = s.tenant and p.patient_id = s.patient_id)
     order by s.learned_at, s.patient_id limit ${most}`,
    [tenantId],
  );
  const confirmed = await record.database.query<ConfirmedMerge & { reason: string }>(
    `select from_patient_id as "patientId", to_patient_id as "survivorId", confirmed_by as "confirmedBy",
       confirmed_at as "confirmedAt", reason, plans, artefacts
     from patient_merge where tenant = $1 order by confirmed_at desc, from_patient_id limit ${most}`,
    [tenantId],
  );
  return { held: held.rows, confirmed: confirmed.rows };
}
