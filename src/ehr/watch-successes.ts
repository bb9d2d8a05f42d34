import type { Clock } from '../foundation/clock.ts';

/** When the EHR last answered a kind of request with a success. */
export interface Success {
  /** `search Task`, `create Observation`, `token` */
  readonly requestKind: string;
  readonly at: Date;
}

/** Where it is kept, so that it is known after a restart and by every process. */
export interface SuccessStore {
  successes(tenantId: string): Promise<readonly Success[]>;
  succeeded(tenantId: string, success: Success): Promise<void>;
}

export interface SuccessWatch {
  succeeded(requestKind: string): void;
  /** Of every kind that ever succeeded, as far as is known, by kind; never throws. */
  all(): Promise<readonly Success[]>;
}

/** How exact what is kept has to be; a write for each answer would cost more than it tells. */
const KEEP_EVERY_MS = 60_000;

/** Remembers when each kind of request last succeeded: here at once, and in the store to the minute. */
export function watchSuccesses(
  tenantId: string,
  { clock, store }: { clock: Clock; store: SuccessStore },
): SuccessWatch {
  const seen = new Map<string, Date>();
  const kept = new Map<string, number>();
  return {
    succeeded(requestKind) {
      const at = clock.now();
      seen.set(requestKind, at);
      const age = at.getTime() - (kept.get(requestKind) ?? Number.NEGATIVE_INFINITY);
      // a clock that was set back tells anew
      if (age >= 0 && age < KEEP_EVERY_MS) return;
      kept.set(requestKind, at.getTime());
      // it can be told again at the next success
      store.succeeded(tenantId, { requestKind, at }).catch(() => kept.delete(requestKind));
    },
    async all() {
      const stored = await store.successes(tenantId).catch(() => []);
      // a later one was told while a clock was wrong
      const past = stored.filter(({ at }) => at <= clock.now());
      const known = new Map(past.map(({ requestKind, at }) => [requestKind, at]));
      for (const [requestKind, at] of seen) {
        const before = known.get(requestKind);
        if (before === undefined || before < at) known.set(requestKind, at);
      }
      return [...known]
        .map(([requestKind, at]) => ({ requestKind, at }))
        .sort((one, other) => one.requestKind.localeCompare(other.requestKind, 'en'));
    },
  };
}
