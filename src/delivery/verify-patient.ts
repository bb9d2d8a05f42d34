import type { EhrAccess } from '../ehr/ehr-access.ts';
import type { EhrFailure } from '../ehr/failure.ts';
import { standingFrom } from '../ehr/read-standing.ts';
import type { PatientStanding } from '../homework/patient/patient-standing.ts';
import type { Queryable } from '../record/database/database.ts';
import { keepStanding } from '../record/patient/keep-standing.ts';
import { readStanding } from '../record/patient/read-standing.ts';

const verdict = `
insert into patient (tenant, id, state, checked_at) values ($1, $2, $3, $4)
on conflict (tenant, id) do update set state = excluded.state, checked_at = excluded.checked_at`;

/** What may be done for a patient: `holds`: nothing is written to their chart, for the reason said. */
export type PatientCheck =
  | { readonly check: 'known' }
  | { readonly check: 'unknown' }
  | { readonly check: 'unreachable' /** Why, where something answered. */; readonly failure?: EhrFailure | undefined }
  | { readonly check: 'holds'; readonly reason: string };

/** Why a patient's groups wait; ids only. */
export function reasonOf({ state, survivorId }: PatientStanding): string {
  const confirmed = 'nothing is sent until somebody of the integration team has confirmed it';
  switch (state) {
    case 'merged':
      return survivorId === undefined
        ? `the EHR answers for this patient with another record and does not say with whose alone; ${confirmed}`
        : `for a person: the EHR has merged this patient into Patient/${survivorId}; ${confirmed}`;
    case 'gone':
      return `the EHR had this patient and has them no more; ${confirmed} who they are now, or the EHR has them again`;
    default:
      return 'the EHR holds this patient as inactive and does not say why; it goes on when the EHR holds them as active again';
  }
}

/**
 * Reads the patient before anything is sent, each time, for an EHR may have merged two since: keeps how they stand, and
 * says what may be done. An EHR that does not answer leaves it open.
 * @param options.wasKnown whether the EHR has known this patient before
 * @param options.letIn whoever carries it has this patient open: the EHR itself let them in
 */
export async function verifyPatient(
  database: Queryable,
  access: EhrAccess,
  options: {
    readonly tenantId: string;
    readonly patientId: string;
    readonly now: Date;
    readonly wasKnown: boolean;
    readonly letIn: boolean;
  },
): Promise<PatientCheck> {
  const { tenantId, patientId, now, wasKnown, letIn } = options;
  const keep = (standing: PatientStanding) =>
    keepStanding(database, tenantId, patientId, { standing, from: 'delivery', at: now });
  const answer = await access.read('Patient', patientId);
  const read = standingFrom(answer, { patientId, base: access.base });
  if (read.answer === 'unreachable') {
    const failure = answer.ok ? undefined : answer.failure;
    if (!letIn || failure?.stranger !== undefined) return { check: 'unreachable', failure };
    const known = await readStanding(database, tenantId, patientId);
    return known.state === 'current' ? { check: 'known' } : { check: 'holds', reason: reasonOf(known) };
  }
  if (read.answer === 'unknown') {
    if (!wasKnown) {
      await database.query(verdict, [tenantId, patientId, 'unknown', now]);
      return { check: 'unknown' };
    }
    await keep({ state: 'gone' });
    return { check: 'holds', reason: reasonOf({ state: 'gone' }) };
  }
  if (!wasKnown) await database.query(verdict, [tenantId, patientId, 'verified', now]);
  const { standing } = read;
  await keep(standing);
  return standing.state === 'current' ? { check: 'known' } : { check: 'holds', reason: reasonOf(standing) };
}
