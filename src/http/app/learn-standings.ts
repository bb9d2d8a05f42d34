import { learnStanding } from '../../record/patient/learn-standing.ts';
import type { AppCall } from './app-route.ts';
import type { ReadableRow } from './readable-rows.ts';
import { waitAtMost } from './wait-at-most.ts';

/** What the service was not told either is not asked again for so long. */
const keepMs = 15 * 60_000;
/** So many patients of one page of the list are asked about, so many at a time. */
const [mostAsked, atOnce] = [20, 5];
const mostKept = 20_000;
/** A list does not wait longer for it: what is learned later is there for the next one. */
const mostMs = 1_500;

/** Learns how patients of the list stand who are known here otherwise. @returns whether something may be known now that was not */
export type LearnStandings = (call: Call, rows: readonly ReadableRow[]) => Promise<boolean>;

type Call = AppCall<unknown, unknown>;

/**
 * Delivery learns that a patient has died, was merged or is inactive when it next sends something for them, which may be
 * never. The list reads them all: of whom it reads something else than is known here, the EHR is asked by the service's own
 * access, for what one user may see of a record is not kept as what it says.
 */
export function openLearningStandings(): LearnStandings {
  const kept = new Map<string, number>();
  return async (call, rows) => {
    const { record, tenant } = call;
    const now = record.clock.now().getTime();
    const place = ({ row, sight }: ReadableRow) => `${tenant.id} ${row.patientId} ${told(sight)}`;
    const asked = rows.filter((one) => isNews(one) && (kept.get(place(one)) ?? 0) <= now).slice(0, mostAsked);
    if (asked.length === 0) return false;
    for (const one of asked) {
      kept.delete(place(one));
      kept.set(place(one), now + keepMs);
    }
    for (const old of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(old);
    }
    const ask = async (): Promise<boolean> => {
      let learned = false;
      for (let next = 0; next < asked.length; next += atOnce) {
        const states = await Promise.all(
          asked
            .slice(next, next + atOnce)
            .map(({ row: { patientId } }) => learnStanding(record, tenant.id, { patientId, from: 'coordinator' })),
        );
        learned ||= states.some((state) => state !== undefined);
        // an EHR that does not answer for them will not for the rest
        if (states.includes(undefined)) break;
      }
      return learned;
    };
    // what it fails with is nothing that keeps a list from being shown
    return (await waitAtMost(ask(), mostMs)) === true;
  };
}

function isNews({ row, sight: { stands } }: ReadableRow): boolean {
  if (stands === undefined) return false;
  return stands.state !== (row.standing ?? 'current') || (stands.deceased !== undefined) !== row.deceased;
}

function told({ stands }: ReadableRow['sight']): string {
  return `${stands?.state} ${stands?.deceased !== undefined}`;
}
