import type { EhrFailure } from './ehr-failure.ts';
import type { WriteRequest } from './send-write.ts';
import type { DoorWatch } from './watch-doors.ts';

/** `doubt`: it did answer, with what proves nothing. */
type Answered = { readonly ok: true } | { readonly ok: false; readonly failure: EhrFailure; readonly doubt?: object };
type Failed = { readonly ok: false; readonly failure: EhrFailure };

/** Ways of sending a request that keep to what is known of its door, and tell how it went. */
export interface ThroughDoors {
  /** Waits for a place only where the door may be tried now. */
  place<A extends Answered>(door: string, run: () => Promise<A>): Promise<A | Failed>;
  /** Sends it, if the door may be tried now. */
  ask<A extends Answered>(door: string, run: () => Promise<A>): Promise<A | Failed>;
  /** Sends it in any case. */
  watch<A extends Answered>(door: string, run: () => Promise<A>): Promise<A>;
}

export function throughDoors(doors: DoorWatch): ThroughDoors {
  const watch = async <A extends Answered>(door: string, run: () => Promise<A>): Promise<A> => {
    const begun = doors.entered(door);
    const answer = await run();
    // any status is an answer, whoever gave it
    if (!answer.ok && answer.failure.status === undefined && answer.doubt === undefined) {
      doors.silent(door, { late: answer.failure.late === true, begun });
    } else doors.answered(door);
    return answer;
  };
  const ifOpen = async <A extends Answered>(door: string, run: () => Promise<A>): Promise<A | Failed> =>
    doors.mayEnter(door) ? run() : shut(door);
  return { place: ifOpen, ask: (door, run) => ifOpen(door, () => watch(door, run)), watch };
}

function shut(door: string): Failed {
  const outcome = `not sent: "${door}" does not answer in time here, and is tried by one request at a time until it does`;
  return { ok: false, failure: { outcome, disposition: 'retry', late: true } };
}

/** `read Task`, `search Task`, `metadata`. @param path relative to the base, or an address of this EHR */
export function doorOfRead(path: string, base: string): string {
  const relative = path.startsWith(base) ? path.slice(base.length).replace(/^\//, '') : path;
  const type = /^[A-Za-z]+/.exec(relative)?.[0];
  if (type === undefined || /^https?:/i.test(relative)) return 'search, a further page';
  return relative.includes('?') ? `search ${type}` : `read ${type}`;
}

/** `create Task`, `update Task`, `transaction or batch`. */
export function doorOfWrite({ method, path }: Pick<WriteRequest, 'method' | 'path'>): string {
  if (path === '') return 'transaction or batch';
  const type = /^[A-Za-z]+/.exec(path)?.[0] ?? '';
  return `${method === 'POST' ? 'create' : 'update'} ${type}`;
}
