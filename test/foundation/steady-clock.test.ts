import { describe, expect, it } from 'vitest';
import { steadyClock } from '../../src/foundation/clock.ts';

const start = Date.parse('2026-03-02T15:00:00.000Z');
const hour = 3_600_000;

/** A machine whose clock can be moved while time passes. */
function machine() {
  let [passed, off] = [0, 0];
  const clock = steadyClock(
    () => start + passed + off,
    () => passed + 77,
  );
  return {
    now: () => clock.now().getTime() - start,
    pass: (ms: number) => {
      passed += ms;
    },
    jump: (ms: number) => {
      off += ms;
    },
  };
}

describe('a clock that does not jump', () => {
  it.each([
    ['an hour ahead', hour],
    ['a year ahead', 365 * 24 * hour],
    ['an hour back', -hour],
    ['three minutes ahead', 180_000],
    ['ten years back', -3650 * 24 * hour],
  ])('goes on as it did while the machine says %s, for seconds', (_what, off) => {
    const clocks = machine();
    clocks.pass(5000);
    expect(clocks.now()).toBe(5000);
    clocks.jump(off);
    for (let at = 6000; at <= 35_000; at += 1000) {
      clocks.pass(1000);
      expect(clocks.now()).toBe(at);
    }
    clocks.jump(-off);
    clocks.pass(1000);
    expect(clocks.now()).toBe(36_000);
    // a second time counts anew
    clocks.jump(off);
    clocks.pass(40_000);
    expect(clocks.now()).toBe(76_000);
  });

  it('believes another time that is said for a minute: a machine that slept, a clock that was set right', () => {
    for (const off of [8 * hour, -8 * hour]) {
      const clocks = machine();
      clocks.jump(off);
      expect(clocks.now()).toBe(0);
      clocks.pass(59_000);
      expect(clocks.now()).toBe(59_000);
      clocks.pass(1000);
      expect(clocks.now()).toBe(60_000 + off);
      clocks.pass(1000);
      expect(clocks.now()).toBe(61_000 + off);
    }
  });

  it('does not add up a minute from two jumps', () => {
    const clocks = machine();
    clocks.jump(hour);
    clocks.now();
    clocks.pass(50_000);
    expect(clocks.now()).toBe(50_000);
    clocks.jump(hour);
    clocks.pass(20_000);
    expect(clocks.now()).toBe(70_000);
  });

  it('follows a clock that is set right by little, and never runs backwards for it', () => {
    const clocks = machine();
    let latest = clocks.now();
    for (const off of [300, -900, 1500, -40, -1900, 7]) {
      clocks.jump(off);
      clocks.pass(100);
      expect(clocks.now()).toBeGreaterThanOrEqual(latest);
      latest = clocks.now();
    }
    clocks.pass(60_000);
    expect(clocks.now()).toBe(60_000 + 600 + 300 - 900 + 1500 - 40 - 1900 + 7);
  });
});
