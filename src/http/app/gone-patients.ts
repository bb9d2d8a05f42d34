import { learnStanding } from '../../record/patient/learn-standing.ts';
import type { AppCall } from './app-route.ts';
import { waitAtMost } from './wait-at-most.ts';

/** What the EHR said of a patient is not asked again for so long: one who is there and kept from a user seldom goes. */
const keepMs = 15 * 60_000;
/** So many are asked about for one page of the list, so many at a time. */
const [mostAsked, atOnce] = [20, 5];
const mostKept = 20_000;
/** A list does not wait longer for it: the answers are there for the next page. */
const mostMs = 1_500;

/** Those of these patients of whom the EHR has no record any more. */
export type GonePatients = (call: Call, patientIds: readonly string[]) => Promise<ReadonlySet<string>>;

type Call = AppCall<unknown, unknown>;

/**
 * Tells who is gone from who is kept from a user: to that user an EHR may answer both alike, so it is asked once more by the
 * service's own access. As long as it does not say, a patient is taken for one who is there.
 */
export function openGonePatients(): GonePatients {
  const kept = new Map<string, { readonly gone: boolean; readonly until: number }>();
  const place = ({ tenant }: Call, id: string) => `${tenant.id} ${id}`;
  const ask = async (call: Call, patientIds: readonly string[]): Promise<void> => {
    const { record, tenant } = call;
    for (let next = 0; next < patientIds.length; next += atOnce) {
      const some = patientIds.slice(next, next + atOnce);
      const states = await Promise.all(
        some.map((patientId) => learnStanding(record, tenant.id, { patientId, from: 'coordinator' })),
      );
      const until = record.clock.now().getTime() + keepMs;
      for (const [index, state] of states.entries()) {
        const id = place(call, some[index] ?? '');
        kept.delete(id);
        if (state !== undefined) kept.set(id, { gone: state === 'gone', until });
      }
      // an EHR that does not answer for them will not for the rest
      if (states.includes(undefined)) return;
    }
  };
  return async (call, patientIds) => {
    const at = call.record.clock.now().getTime();
    const asked = patientIds.filter((id) => (kept.get(place(call, id))?.until ?? 0) <= at).slice(0, mostAsked);
    if (asked.length > 0) await waitAtMost(ask(call, asked), mostMs);
    for (const old of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(old);
    }
    return new Set(patientIds.filter((id) => kept.get(place(call, id))?.gone === true));
  };
}
