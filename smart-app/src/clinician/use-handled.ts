import { useCallback, useEffect, useState } from 'react';
import type { Care, OfPlan } from '../plan/since-visit.ts';

/** An item of what needs care, with what was done about it on this page. */
export type CareEntry = OfPlan<{ readonly care: Care }> & { readonly key: string; readonly done?: string };

interface Held {
  readonly entry: CareEntry;
  readonly at: number;
  /** It was done, and what needs care has no more of it: should it come again, it was taken back. */
  readonly gone?: true;
}

/** What an item does with its own place in the list. */
export interface Handling {
  /** Keeps it where it stands while something is being done about it, whatever comes back from the service meanwhile. */
  readonly hold: () => void;
  /** It was left, or not done. */
  readonly release: () => void;
  /** It was done: the item says so, and stays until the page is left. */
  readonly finish: (words: string) => void;
}

/**
 * What needs care, with the items that were dealt with here: what was done about them stands in their place, so that nothing
 * vanishes under one’s hand and the rest does not move up under the finger.
 */
export function useHandled(care: readonly OfPlan<{ readonly care: Care }>[]): {
  readonly entries: readonly CareEntry[];
  readonly handlingOf: (entry: CareEntry) => Handling;
} {
  const [held, setHeld] = useState<readonly Held[]>([]);
  const current: readonly CareEntry[] = care.map((item) => ({ ...item, key: careKey(item) }));
  const entries = held
    .filter(({ entry }) => entry.done !== undefined || current.every(({ key }) => key !== entry.key))
    .toSorted((one, other) => one.at - other.at)
    .reduce(
      (list, { entry, at }) => list.toSpliced(at, 0, entry),
      current.filter(({ key }) => held.every(({ entry }) => entry.key !== key || entry.done === undefined)),
    );
  const open = current.map(({ key }) => key).join('\n');
  useEffect(() => {
    const keys = new Set(open.split('\n'));
    setHeld((before) => {
      const after = before
        .filter(({ entry, gone }) => gone !== true || !keys.has(entry.key))
        .map(
          (one): Held =>
            one.entry.done === undefined || one.gone || keys.has(one.entry.key) ? one : { ...one, gone: true },
        );
      return after.length === before.length && after.every((one, at) => one === before[at]) ? before : after;
    });
  });
  const put = useCallback((next: Held) => {
    setHeld((before) => [...before.filter(({ entry }) => entry.key !== next.entry.key), next]);
  }, []);
  const handlingOf = (entry: CareEntry): Handling => {
    const at = entries.findIndex(({ key }) => key === entry.key);
    const { done: _before, ...open } = entry;
    return {
      hold: () => put({ entry: open, at }),
      release: () => setHeld((before) => before.filter((one) => one.entry.key !== entry.key)),
      finish: (done) => put({ entry: { ...open, done }, at }),
    };
  };
  return { entries, handlingOf };
}

/** Tells the items apart; what can be done about a locked step does not change by why it is locked. */
function careKey({ care, view }: OfPlan<{ readonly care: Care }>): string {
  return `${view.plan.id} ${whatOf(care)}`;
}

function whatOf(care: Care): string {
  switch (care.type) {
    case 'barrier':
      return care.barrier.id;
    case 'message':
      return care.message.id;
    case 'unlock':
    case 'stuck':
      return `lock ${care.step.id}`;
    case 'ended':
      return `ended ${care.step.id}`;
    default:
      return care.type;
  }
}
