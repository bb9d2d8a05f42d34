import type { Completion } from './completion.ts';

/** Outcomes are recorded when there are so many, or when the first has waited so long, or when nothing more is coming. */
const FLUSH_AT = 144;
const FLUSH_AFTER_MS = 25;

/** Outcomes on their way into the ledger. */
export interface CompletionBatch {
  /** Nothing is left to record, and nothing is being recorded. */
  isEmpty(): boolean;
  add(completion: Completion): void;
  /**
   * Records what is there, as soon as it is worth it: many outcomes in one statement cost the database little more than
   * one, and nobody waits for any of them meanwhile.
   */
  recordWhenWorthIt(moreComing: boolean): void;
}

/**
 * Collects outcomes and records them in batches, one batch at a time.
 * @param options.record writes a batch down; what it fails with is told to `onFailed`, and the batch is tried again
 * @param options.onEnded called after each batch, recorded or not
 */
export function batchCompletions(options: {
  readonly record: (batch: readonly Completion[]) => Promise<void>;
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Completions in one batch. */
  readonly most: number;
  readonly retryMs: number;
  readonly onFailed: (error: unknown) => void;
  readonly onEnded: () => void;
}): CompletionBatch {
  const waiting: Completion[] = [];
  let recording = false;
  let timer: NodeJS.Timeout | undefined;

  const record = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    recording = true;
    let batch: Completion[] = [];
    try {
      await options.inTurn(() => {
        batch = waiting.splice(0, options.most);
        return options.record(batch);
      });
    } catch (error) {
      options.onFailed(error);
      // the leases are still renewed; without a database there is nothing better to do than to keep what we know
      waiting.unshift(...batch);
      await new Promise((resolve) => setTimeout(resolve, options.retryMs));
    } finally {
      recording = false;
      options.onEnded();
    }
  };
  return {
    isEmpty: () => waiting.length === 0 && !recording,
    add: (completion) => waiting.push(completion),
    recordWhenWorthIt(moreComing) {
      if (waiting.length === 0 || recording) return;
      if (waiting.length >= FLUSH_AT || !moreComing) void record();
      else timer ??= setTimeout(() => void record(), FLUSH_AFTER_MS);
    },
  };
}
