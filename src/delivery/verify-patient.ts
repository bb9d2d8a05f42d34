import type { EhrAccess } from '../ehr/ehr-access.ts';
import type { EhrFailure } from '../ehr/ehr-failure.ts';
import { standingFrom } from '../ehr/read-standing.ts';
import { defined } from '../foundation/defined.ts';
import type { ReasonOf } from '../homework/ledger/row-reason.ts';
import type { PatientStanding } from '../homework/patient/patient-standing.ts';
import type { Queryable } from '../record/database/database.ts';
import { keepStanding } from '../record/patient/keep-standing.ts';
import { readStanding } from '../record/patient/read-standing.ts';

const verdict = `
insert into patient (tenant, id, state, checked_at) values ($1, $2, $3, $4)
on conflict (tenant, id) do update set state = excluded.state, checked_at = excluded.checked_at`;

/** What may be done for a patient: `holds`: nothing is written to their chart, for the reason given. */
export type PatientCheck =
  | { readonly check: 'known' }
  | { readonly check: 'unknown' }
  | { readonly check: 'unreachable' /** Why, where something answered. */; readonly failure?: EhrFailure | undefined }
  | { readonly check: 'holds'; readonly why: ReasonOf<'patient'> };

/** What the groups of a patient who is not current wait for; ids only. */
function holdsFor({ state, survivorId }: PatientStanding): {
  readonly check: 'holds';
  readonly why: ReasonOf<'patient'>;
} {
  const standing = state === 'merged' || state === 'gone' ? state : 'inactive';
  return { check: 'holds', why: { code: 'patient', standing, ...defined({ survivorId }) } };
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
    return known.state === 'current' ? { check: 'known' } : holdsFor(known);
  }
  if (read.answer === 'unknown') {
    if (!wasKnown) {
      await database.query(verdict, [tenantId, patientId, 'unknown', now]);
      return { check: 'unknown' };
    }
    await keep({ state: 'gone' });
    return holdsFor({ state: 'gone' });
  }
  if (!wasKnown) await database.query(verdict, [tenantId, patientId, 'verified', now]);
  const { standing } = read;
  await keep(standing);
  return standing.state === 'current' ? { check: 'known' } : holdsFor(standing);
}
