import { patientsWithHomework } from '../../record/roster/patients-with-homework.ts';
import type { AppCall } from './app-route.ts';
import type { KnownPatients } from './known-patients.ts';

const keepMs = 5 * 60_000;
/** So many patients are looked at for one page of the list: four searches. A roster that is larger is counted page by page. */
const atOnce = 200;
const mostSessions = 2_000;

export interface Hidden {
  /** So many patients of the roster are hidden from this user, of those looked at so far. */
  readonly patients: number;
  /** All of the roster were looked at. */
  readonly complete: boolean;
  /** The EHR did not say of somebody. */
  readonly unchecked: boolean;
}

interface Walk {
  readonly begunAt: number;
  readonly hidden: Set<string>;
  after: string;
  complete: boolean;
}

/**
 * Opens the count of hidden patients: a walk over the roster by id, some of it with each page. It is the same whatever
 * the list is filtered, searched or sorted by, so that the number tells nothing of any of them but that they are there.
 */
export function openHiddenPatients(
  known: KnownPatients,
): (call: AppCall<unknown, unknown>, roster: readonly string[] | undefined) => Promise<Hidden> {
  const walks = new Map<string, Walk>();
  return async ({ record, tenant, session }, roster) => {
    const at = record.clock.now().getTime();
    const earlier = walks.get(session.launchId);
    const fresh = earlier !== undefined && at - earlier.begunAt < keepMs;
    const walk: Walk = fresh ? earlier : { begunAt: at, hidden: new Set(), after: '', complete: false };
    walks.set(session.launchId, walk);
    for (const old of walks.keys()) {
      if (walks.size <= mostSessions) break;
      walks.delete(old);
    }
    if (walk.complete) return { patients: walk.hidden.size, complete: true, unchecked: false };
    const narrowed = roster === undefined ? {} : { patientIds: roster };
    const ids = await patientsWithHomework(record, tenant.id, { after: walk.after, limit: atOnce, ...narrowed });
    const sights = await known.of(session, ids);
    const unchecked = ids.some((id) => !sights.has(id));
    for (const [id, { seen }] of sights) if (seen === 'hidden') walk.hidden.add(id);
    // whom the EHR did not tell of is asked for again
    if (!unchecked) {
      walk.after = ids.at(-1) ?? walk.after;
      walk.complete = ids.length < atOnce;
    }
    return { patients: walk.hidden.size, complete: walk.complete, unchecked };
  };
}
