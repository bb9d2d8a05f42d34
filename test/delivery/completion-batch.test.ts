import { expect, it, vi } from 'vitest';
import type { Completion } from '../../src/delivery/completion.ts';
import { batchCompletions } from '../../src/delivery/completion-batch.ts';
import { giveBack } from '../../src/delivery/finish-attempt.ts';
import { takeTurns } from '../../src/delivery/take-turns.ts';
import { claimedGroup, sendingContext, startedAt } from './claimed.ts';

const completion = (id: string): Completion => giveBack(claimedGroup([], { id }), sendingContext(), startedAt);
/** A batch whose recordings wait until they are let through. */
function open(most = 192) {
  const recorded: string[][] = [];
  const failures: unknown[] = [];
  let ended = 0;
  let record: (ids: string[]) => Promise<void> = async () => {};
  const batch = batchCompletions({
    record: (completions) => record(completions.map(({ group }) => group.id)),
    ...{ inTurn: takeTurns(), most, retryMs: 1, onFailed: (error) => failures.push(error) },
    onEnded: () => {
      ended += 1;
    },
  });
  record = async (ids) => void recorded.push(ids);
  const failNext = (): void => {
    const before = record;
    record = (ids) => {
      record = before;
      return Promise.reject(new Error(`lost ${ids.join()}`));
    };
  };
  return { batch, recorded, failures, failNext, ended: () => ended };
}

it('records at once when nothing more is coming, and a moment later when more is', async () => {
  vi.useFakeTimers();
  try {
    const { batch, recorded } = open();
    expect(batch.isEmpty()).toBe(true);
    batch.recordWhenWorthIt(false);
    batch.add(completion('g1'));
    expect(batch.isEmpty()).toBe(false);
    batch.recordWhenWorthIt(true);
    await vi.advanceTimersByTimeAsync(24);
    expect(recorded).toEqual([]);
    // the first one's moment counts, not the last one's
    batch.add(completion('g2'));
    batch.recordWhenWorthIt(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(recorded).toEqual([['g1', 'g2']]);
    expect(batch.isEmpty()).toBe(true);
    batch.add(completion('g3'));
    batch.recordWhenWorthIt(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(recorded).toEqual([['g1', 'g2'], ['g3']]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(recorded).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

it('records as soon as there are many, and as many as fit at once', async () => {
  const { batch, recorded, ended } = open(100);
  for (let n = 0; n < 143; n += 1) batch.add(completion(`g${n}`));
  batch.recordWhenWorthIt(true);
  batch.add(completion('g143'));
  batch.recordWhenWorthIt(true);
  await vi.waitFor(() => expect(ended()).toBe(1));
  expect(recorded.map((ids) => ids.length)).toEqual([100]);
  expect(batch.isEmpty()).toBe(false);
  batch.recordWhenWorthIt(false);
  await vi.waitFor(() => expect(ended()).toBe(2));
  expect(recorded.flat()).toEqual(Array.from({ length: 144 }, (_, n) => `g${n}`));
});

it('keeps what could not be recorded, in its order, and what came meanwhile behind it', async () => {
  const { batch, recorded, failures, failNext, ended } = open();
  failNext();
  batch.add(completion('g1'));
  batch.add(completion('g2'));
  batch.recordWhenWorthIt(false);
  await vi.waitFor(() => expect(failures).toHaveLength(1));
  batch.add(completion('g3'));
  // it is not tried again beside itself
  batch.recordWhenWorthIt(false);
  expect([batch.isEmpty(), recorded]).toEqual([false, []]);
  await vi.waitFor(() => expect(ended()).toBe(1));
  batch.recordWhenWorthIt(false);
  await vi.waitFor(() => expect(ended()).toBe(2));
  expect(recorded).toEqual([['g1', 'g2', 'g3']]);
});

it('waits for its turn, and takes along what came until then', async () => {
  const inTurn = takeTurns();
  let free: () => void = () => {};
  const other = inTurn(
    () =>
      new Promise<void>((resolve) => {
        free = resolve;
      }),
  );
  const recorded: string[][] = [];
  const batch = batchCompletions({
    record: async (completions) => void recorded.push(completions.map(({ group }) => group.id)),
    ...{ inTurn, most: 9, retryMs: 1, onFailed: () => {}, onEnded: () => {} },
  });
  batch.add(completion('g1'));
  batch.recordWhenWorthIt(false);
  batch.add(completion('g2'));
  expect(recorded).toEqual([]);
  await vi.waitFor(() => free());
  free();
  await other;
  await vi.waitFor(() => expect(recorded).toEqual([['g1', 'g2']]));
});

it('a turn that fails keeps nobody from theirs', async () => {
  const inTurn = takeTurns();
  const order: number[] = [];
  const turn = (n: number) => async () => {
    order.push(n);
    if (n === 2) throw new Error('two');
    return n;
  };
  const turns = await Promise.allSettled([1, 2, 3].map((n) => inTurn(turn(n))));
  expect(turns.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order).toEqual([1, 2, 3]);
});
