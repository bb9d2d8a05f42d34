import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepFresh, lookAnew } from '../../smart-app/src/service/keep-fresh.ts';
import { pageOpened } from '../../smart-app/src/session/use-page-of.ts';

const minute = 60_000;
let asked: boolean[];
let answers: boolean;
let end: () => void;
const seen = vi.spyOn(document, 'visibilityState', 'get');
beforeEach(() => {
  vi.useFakeTimers();
  seen.mockReturnValue('visible');
  asked = [];
  answers = true;
  end = keepFresh(async (byItself) => {
    asked.push(byItself);
    return answers;
  }, pageOpened);
});
afterEach(() => {
  end();
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const tell = (name: string, target: EventTarget = window) => target.dispatchEvent(new Event(name));

describe('what a page shows is looked at anew', () => {
  it('each minute by itself, and no more often', async () => {
    await pass(5 * minute);
    expect(asked).toEqual([true, true, true, true, true]);
  });

  it('when the connection is back, by itself: it comes back to an empty room as well', async () => {
    await pass(10_000);
    tell('online');
    await pass(0);
    tell('online');
    await pass(3_000);
    expect(asked).toEqual([true, true]);
    tell('online');
    tell('focus');
    tell('online');
    await pass(3_000);
    expect(asked).toEqual([true, true, false]);
  });

  it('again after an answer that did not come in time', async () => {
    end();
    const given: AbortSignal[] = [];
    const shown = new AbortController().signal;
    const failed = vi.fn();
    const load = (signal: AbortSignal) => {
      given.push(signal);
      return new Promise<string>((_come, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
    };
    const fresh = { load, isAway: () => false, shown: () => shown, changes: () => 0, show: failed, onProblem: failed };
    end = keepFresh((byItself) => lookAnew(fresh, byItself), pageOpened);
    await pass(minute);
    expect([given.length, failed.mock.calls.length]).toEqual([1, 0]);
    await pass(minute);
    expect(failed).toHaveBeenCalledOnce();
    tell('focus');
    await pass(0);
    expect(given).toHaveLength(2);
  });

  it.each(['focus', 'popstate', pageOpened])('after “%s”, as somebody is there', async (event) => {
    await pass(10_000);
    tell(event);
    await pass(0);
    expect(asked).toEqual([false]);
  });

  it('once, whatever comes within three seconds, and then as they end', async () => {
    await pass(10_000);
    for (let count = 0; count < 50; count += 1) {
      tell('focus');
      tell(pageOpened);
      await pass(100);
    }
    expect(asked.length).toBeLessThanOrEqual(3);
    await pass(3_000);
    expect(asked.every((byItself) => !byItself)).toBe(true);
  });

  it('not while it cannot be seen, and as soon as it can', async () => {
    seen.mockReturnValue('hidden');
    await pass(10 * minute);
    expect(asked).toEqual([]);
    seen.mockReturnValue('visible');
    tell('visibilitychange', document);
    await pass(0);
    expect(asked).toEqual([false]);
  });

  it('less and less often while no answer comes, and each minute again after one', async () => {
    answers = false;
    await pass(60 * minute);
    expect(asked.length).toBeLessThan(10);
    answers = true;
    await pass(10 * minute);
    asked = [];
    await pass(3 * minute);
    expect(asked).toHaveLength(3);
  });

  it('not while an answer is on its way, and never after its end', async () => {
    end();
    let answer: (came: boolean) => void = () => undefined;
    let count = 0;
    end = keepFresh(() => {
      count += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    }, pageOpened);
    await pass(minute);
    tell('focus');
    await pass(5 * minute);
    expect(count).toBe(1);
    end();
    answer(true);
    await pass(5 * minute);
    expect(count).toBe(1);
  });
});
