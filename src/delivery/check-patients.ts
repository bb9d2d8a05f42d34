import type { Ehr } from '../ehr/open-ehr.ts';
import type { Clock } from '../foundation/clock.ts';
import type { Queryable } from '../record/database/database.ts';
import type { Attempt } from './attempt.ts';
import { type PatientCheck, verifyPatient } from './verify-patient.ts';

/** Asks how patients stand: groups of one patient that are worked on at the same time ask once, but each carrier for themselves. */
export function checkPatients(
  ehr: Ehr,
  { database, clock }: { readonly database: Queryable; readonly clock: Clock },
): Attempt['verifyPatient'] {
  const asking = new Map<string, Promise<PatientCheck>>();
  return ({ patientId, patientVerified: wasKnown }, carrier) => {
    const access = carrier === undefined ? ehr : ehr.as(carrier);
    const { tenantId } = ehr;
    const ask = () =>
      verifyPatient(database, access, {
        tenantId,
        patientId,
        now: clock.now(),
        wasKnown,
        letIn: carrier !== undefined,
      });
    if (carrier !== undefined) return ask();
    const asked = asking.get(patientId) ?? ask().finally(() => asking.delete(patientId));
    asking.set(patientId, asked);
    return asked;
  };
}
