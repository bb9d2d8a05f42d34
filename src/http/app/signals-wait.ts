import { holdsWrites } from '../../homework/patient/patient-standing.ts';
import { learnStanding } from '../../record/patient/learn-standing.ts';
import { readStanding } from '../../record/patient/read-standing.ts';
import type { AppCall } from './app-route.ts';
import { openPatientOf } from './open-record-of.ts';
import { waitAtMost } from './wait-at-most.ts';

export type OwnCall = Pick<AppCall<unknown, unknown>, 'record' | 'tenant' | 'session'>;

/** Somebody who says that they are not safe does not wait longer than this for what their clinic's record says. */
const patienceMs = 1_500;

/**
 * Whether a safety signal of the open patient waits for a person, as things stand now, in place of coming to their chart by
 * itself: the EHR holds them as inactive, merged, gone or dead, or takes no signal from here, or does not answer.
 * @param ask the EHR anew how they stand there: what is known may be of before
 */
export async function signalsWait(call: OwnCall, { ask }: { readonly ask: boolean }): Promise<boolean> {
  const { record, tenant } = call;
  const patientId = openPatientOf(call);
  const [reach] = await Promise.all([
    waitAtMost(record.safetyReaches(tenant.id), patienceMs),
    ask ? waitAtMost(learnStanding(record, tenant.id, { patientId, from: 'delivery' }), patienceMs) : undefined,
  ]);
  const standing = await readStanding(record.database, tenant.id, patientId);
  return reach !== 'chart' || holdsWrites(standing) || standing.deceased !== undefined;
}
