import type { EhrFailure } from './ehr-failure.ts';
import type { WriteRequest } from './send-write.ts';
import type { CircuitWatch } from './watch-circuits.ts';

/** `doubt`: it did answer, with what proves nothing. */
type Answered = { readonly ok: true } | { readonly ok: false; readonly failure: EhrFailure; readonly doubt?: object };
type Failed = { readonly ok: false; readonly failure: EhrFailure };

/** Ways of sending a request that keep to the circuit breaker of its kind (`search Task`), and tell it how the request went. */
export interface ThroughCircuits {
  /** Waits for a place only where a request of this kind may be tried now. */
  place<A extends Answered>(requestKind: string, run: () => Promise<A>): Promise<A | Failed>;
  /** Sends it, if one of this kind may be tried now. */
  ask<A extends Answered>(requestKind: string, run: () => Promise<A>): Promise<A | Failed>;
  /** Sends it in any case. */
  watch<A extends Answered>(requestKind: string, run: () => Promise<A>): Promise<A>;
}

/** @param succeeded told of each success */
export function throughCircuits(
  circuits: CircuitWatch,
  succeeded: (requestKind: string) => void = () => undefined,
): ThroughCircuits {
  const watch = async <A extends Answered>(requestKind: string, run: () => Promise<A>): Promise<A> => {
    const begun = circuits.began(requestKind);
    const answer = await run();
    // any status is an answer, whoever gave it
    if (!answer.ok && answer.failure.status === undefined && answer.doubt === undefined) {
      const { late = false, unreached = false } = answer.failure;
      circuits.silent(requestKind, { late, unreached, begun });
    } else circuits.answered(requestKind);
    if (answer.ok) succeeded(requestKind);
    return answer;
  };
  const ifMayTry = async <A extends Answered>(requestKind: string, run: () => Promise<A>): Promise<A | Failed> =>
    circuits.mayTry(requestKind) ? run() : notSent(requestKind);
  return { place: ifMayTry, ask: (requestKind, run) => ifMayTry(requestKind, () => watch(requestKind, run)), watch };
}

function notSent(requestKind: string): Failed {
  const outcome = `not sent: "${requestKind}" does not answer in time here, and is tried by one request at a time until it does`;
  return { ok: false, failure: { outcome, disposition: 'retry', late: true } };
}

/** `read Task`, `search Task`, `metadata`. @param path relative to the base, or an address of this EHR */
export function requestKindOfRead(path: string, base: string): string {
  const relative = path.startsWith(base) ? path.slice(base.length).replace(/^\//, '') : path;
  const type = /^[A-Za-z]+/.exec(relative)?.[0];
  if (type === undefined || /^https?:/i.test(relative)) return 'search, a further page';
  return relative.includes('?') ? `search ${type}` : `read ${type}`;
}

/** `create Task`, `update Task`, `transaction or batch`. */
export function requestKindOfWrite({ method, path }: Pick<WriteRequest, 'method' | 'path'>): string {
  if (path === '') return 'transaction or batch';
  const type = /^[A-Za-z]+/.exec(path)?.[0] ?? '';
  return `${method === 'POST' ? 'create' : 'update'} ${type}`;
}
