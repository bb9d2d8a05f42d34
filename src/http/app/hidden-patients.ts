import { patientsWithHomework } from '../../record/roster/patients-with-homework.ts';
import type { AppCall } from './app-route.ts';
import { openGonePatients } from './gone-patients.ts';
import type { KnownPatients } from './known-patients.ts';

const keepMs = 5 * 60_000;
/** So many patients are looked at for one page of the list: four searches. A roster that is larger is counted page by page. */
const atOnce = 200;
/** Where names are put in order or searched, so many are looked at with one page; they are remembered then. */
export const mostByName = 1_000;
const mostSessions = 2_000;

export interface Hidden {
  /** So many patients of the roster are hidden from this user, of those looked at so far. */
  readonly patients: number;
  /** Beside them, those of whom the EHR has no record any more. */
  readonly gone: readonly string[];
  /** So many were looked at and are not hidden. */
  readonly shown: number;
  /** Their ids, as far as there are not too many to be searched by name. */
  readonly ids: readonly string[];
  /** All of the roster were looked at. */
  readonly complete: boolean;
  /** The EHR did not say of somebody. */
  readonly unchecked: boolean;
}

interface Walk {
  readonly begunAt: number;
  readonly hidden: Set<string>;
  /** Of those hidden, of whom the EHR answered as if there were none. */
  readonly absent: Set<string>;
  readonly shown: Set<string>;
  after: string;
  complete: boolean;
}

/**
 * Opens the count of hidden patients: a walk over the roster by id, some of it with each page. It is the same whatever
 * the list is filtered, searched or sorted by, so that the number tells nothing of any of them but that they are there.
 * @param upTo at least so many are to be looked at, if there are
 */
export function openHiddenPatients(
  known: KnownPatients,
): (call: AppCall<unknown, unknown>, roster: readonly string[] | undefined, upTo?: number) => Promise<Hidden> {
  const walks = new Map<string, Walk>();
  const goneOf = openGonePatients();
  const begun = ({ record, session }: AppCall<unknown, unknown>): Walk => {
    const at = record.clock.now().getTime();
    const earlier = walks.get(session.launchId);
    const fresh = earlier !== undefined && at - earlier.begunAt < keepMs;
    const walk: Walk = fresh
      ? earlier
      : { begunAt: at, hidden: new Set(), absent: new Set(), shown: new Set(), after: '', complete: false };
    walks.set(session.launchId, walk);
    for (const old of walks.keys()) {
      if (walks.size <= mostSessions) break;
      walks.delete(old);
    }
    return walk;
  };
  return async (call, roster, upTo = 0) => {
    const walk = begun(call);
    let unchecked = false;
    do unchecked = !(await walkOn(walk, call, { known, roster }));
    while (!walk.complete && !unchecked && walk.hidden.size + walk.shown.size < upTo);
    const ids = [...walk.shown].slice(0, mostByName);
    const gone = [...(await goneOf(call, [...walk.absent]))];
    const patients = walk.hidden.size - gone.length;
    return { patients, gone, shown: walk.shown.size, ids, complete: walk.complete, unchecked };
  };
}

/** @returns whether the EHR told of all who were looked at */
async function walkOn(
  walk: Walk,
  { record, tenant, session }: AppCall<unknown, unknown>,
  { known, roster }: { readonly known: KnownPatients; readonly roster: readonly string[] | undefined },
): Promise<boolean> {
  if (walk.complete) return true;
  const narrowed = roster === undefined ? {} : { patientIds: roster };
  const ids = await patientsWithHomework(record, tenant.id, { after: walk.after, limit: atOnce, ...narrowed });
  const sights = await known.of(session, ids);
  for (const [id, sight] of sights) {
    (sight.seen === 'hidden' ? walk.hidden : walk.shown).add(id);
    if (sight.seen === 'hidden' && sight.absent) walk.absent.add(id);
  }
  // whom the EHR did not tell of is asked for again
  if (ids.some((id) => !sights.has(id))) return false;
  walk.after = ids.at(-1) ?? walk.after;
  walk.complete = ids.length < atOnce;
  return true;
}
