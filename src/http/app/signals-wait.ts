import { setTimeout as wait } from 'node:timers/promises';
import { holdsWrites } from '../../homework/patient/patient-standing.ts';
import { learnStanding } from '../../record/patient/learn-standing.ts';
import { readStanding } from '../../record/patient/read-standing.ts';
import type { AppCall } from './app-route.ts';
import { openPatientOf } from './open-record-of.ts';

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
    soon(record.safetyReaches(tenant.id)),
    ask ? soon(learnStanding(record, tenant.id, { patientId, from: 'delivery' })) : undefined,
  ]);
  const standing = await readStanding(record.database, tenant.id, patientId);
  return reach !== 'chart' || holdsWrites(standing) || standing.deceased !== undefined;
}

/** What comes in time; undefined: nothing did. */
async function soon<T>(asked: Promise<T>): Promise<T | undefined> {
  const late = new AbortController();
  const known = asked.catch(() => undefined).finally(() => late.abort());
  const over = wait(patienceMs, undefined, { signal: late.signal, ref: false }).catch(() => undefined);
  return Promise.race([known, over]);
}
