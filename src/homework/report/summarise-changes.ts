import type { ChangeSinceFiling } from './changes-since-filing.ts';

const sums: readonly (readonly [ChangeSinceFiling['change'], string, string])[] = [
  ['retracted', 'log was taken back', 'logs were taken back'],
  ['amended', 'log was corrected', 'logs were corrected'],
  ['late', 'log came after it', 'logs came after it'],
  ['excused', 'time was excused', 'times were excused'],
  ['talked-over', 'barrier was talked over', 'barriers were talked over'],
  ['feedback', 'message was sent', 'messages were sent'],
];

/** What came after a report about its time, counted: `1 log was taken back, 2 logs came after it`. */
export function summariseChanges(changes: readonly Pick<ChangeSinceFiling, 'change'>[]): string {
  return sums
    .map(
      ([change, singular, plural]) =>
        [changes.filter((each) => each.change === change).length, singular, plural] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, singular, plural]) => `${count} ${count === 1 ? singular : plural}`)
    .join(', ');
}
