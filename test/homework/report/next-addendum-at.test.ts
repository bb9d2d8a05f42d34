import { describe, expect, it } from 'vitest';
import { nextAddendumAt } from '../../../src/homework/report/next-addendum-at.ts';
import { aFiled, aRecord, aState, endOf, feb } from './report-state.ts';

/** Logs that came late, each on its day. */
const cameOn = (...authored: readonly string[]) =>
  aState({
    logs: authored.map((at, index) => aRecord({ id: `l${index}`, authored: at })),
    reports: [aFiled()],
  });

describe('when an addendum is due', () => {
  it.each<[string, readonly string[], string, string | undefined]>([
    ['not, when nothing came', [], feb(8), undefined],
    ['at the end of the day on which something came', [feb(8)], feb(8), endOf(8)],
    ['at the end of its day, when it is written ahead of the clock', [feb(9)], feb(8), endOf(9)],
    ['at the end of the evening before, when it came before four', [feb(9, '02:59')], feb(9, '02:59'), endOf(8)],
    ['at the end of today, when it was not written on its day', [feb(8)], feb(10), endOf(10)],
    ['at the end of today, a week after it came', [feb(8)], feb(15), endOf(15)],
    ['not any more by itself, when it came more than a week ago', [feb(8)], feb(16), undefined],
    ['at the earliest of several', [feb(12), feb(10), feb(11)], feb(9), endOf(10)],
    ['for the newer ones, when the older are left', [feb(8), feb(14)], feb(17), endOf(17)],
  ])('%s', (_, came, at, due) => {
    expect(nextAddendumAt(cameOn(...came), at)).toBe(due);
  });
});
