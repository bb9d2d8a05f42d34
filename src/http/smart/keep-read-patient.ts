import type { PatientName } from '../../contract/app/session.ts';
import type { PersonRead } from '../../ehr/smart/read-person.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import { keepStanding } from '../../record/patient/keep-standing.ts';
import { patientMerged } from '../../record/patient/patient-merged.ts';

/**
 * Keeps how a patient stands whom somebody has just read with their own token.
 * @returns the patient as pages name them
 * @throws `patient-merged` when the EHR answered with another patient: of whom nothing may be shown in this one's place
 */
export async function keepReadPatient(
  record: HomeworkRecord,
  tenantId: string,
  { standing, answeredAsAnother, ...patient }: PersonRead,
  from: 'launch' | 'coordinator',
): Promise<PatientName> {
  await keepStanding(record.database, tenantId, patient.id, { standing, from, at: record.clock.now() });
  if (answeredAsAnother) throw patientMerged(patient.id, standing);
  return patient;
}
