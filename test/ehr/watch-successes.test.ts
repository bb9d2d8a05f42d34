import { describe, expect, it } from 'vitest';
import { type Success, watchSuccesses } from '../../src/ehr/watch-successes.ts';

function open(kept: Success[] = []) {
  let now = new Date('2026-03-02T10:00:00Z');
  const state = { broken: false, writes: 0 };
  const store = {
    async successes() {
      if (state.broken) throw new Error('the database is away');
      return [...kept];
    },
    async succeeded(_tenant: string, success: Success) {
      if (state.broken) throw new Error('the database is away');
      state.writes += 1;
      const at = kept.findIndex(({ requestKind }) => requestKind === success.requestKind);
      if (at < 0) kept.push(success);
      else kept[at] = success;
    },
  };
  const watch = watchSuccesses('north', { clock: { now: () => now }, store });
  const all = async () =>
    (await watch.all()).map(({ requestKind, at }) => `${requestKind} ${at.toISOString().slice(11, 19)}`);
  return { watch, store, state, all, setTime: (time: string) => (now = new Date(`2026-03-02T${time}Z`)) };
}

describe('when the EHR last answered with a success', () => {
  it('is known at once, and kept to the minute', async () => {
    const { watch, state, setTime, all } = open();
    watch.succeeded('search Task');
    setTime('10:00:30');
    watch.succeeded('search Task');
    watch.succeeded('token');
    expect(await all()).toEqual(['search Task 10:00:30', 'token 10:00:30']);
    expect(state.writes).toBe(2);
    setTime('10:01:00');
    watch.succeeded('search Task');
    expect(state.writes).toBe(3);
  });

  it('is known after a restart, and by another process', async () => {
    const kept: Success[] = [];
    open(kept).watch.succeeded('create Observation');
    const other = open(kept);
    expect(await other.all()).toEqual(['create Observation 10:00:00']);
    other.setTime('10:05:00');
    other.watch.succeeded('create Observation');
    expect(await other.all()).toEqual(['create Observation 10:05:00']);
    const third = open(kept);
    third.setTime('10:06:00');
    expect(await third.all()).toEqual(['create Observation 10:05:00']);
  });

  it('is told again when it could not be kept, and what is known here is said meanwhile', async () => {
    const { watch, state, all } = open();
    state.broken = true;
    watch.succeeded('token');
    expect(await all()).toEqual(['token 10:00:00']);
    await new Promise(setImmediate);
    state.broken = false;
    watch.succeeded('token');
    expect(state.writes).toBe(1);
  });

  it('is never later than now', async () => {
    const { all, setTime } = open([{ requestKind: 'token', at: new Date('2026-03-02T10:00:00Z') }]);
    setTime('09:00:00');
    expect(await all()).toEqual([]);
  });
});
