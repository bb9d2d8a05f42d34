/** A night (or noon) on which the clocks of a zone change: the first millisecond of the new time. */
export interface ClockChange {
  readonly zone: string;
  readonly at: number;
}

export const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** Every change of clocks in these zones in these years, found by looking at their offset week by week and halving. */
export function clockChanges(zones: readonly string[], from: string, to: string): ClockChange[] {
  return zones.flatMap((zone) => {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const offset = (ms: number): string =>
      format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const found: ClockChange[] = [];
    for (let at = Date.parse(from); at < Date.parse(to); at += weekMs) {
      let [before, after] = [at, at + weekMs];
      if (offset(before) === offset(after)) continue;
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2);
        if (offset(middle) === offset(before)) before = middle;
        else after = middle;
      }
      found.push({ zone, at: after });
    }
    return found;
  });
}

/** Every n-th of a list, begun at the seed: the same ones each time, and with other seeds all of them in turn. */
export function everyNth<T>(list: readonly T[], n: number, seed = 0): T[] {
  return list.filter((_, index) => index % n === seed % n);
}
