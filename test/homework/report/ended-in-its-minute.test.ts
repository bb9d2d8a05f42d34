import { expect, it } from 'vitest';
import { endedInItsMinute } from '../../../src/homework/report/report-frame.ts';

const end = '2026-03-09T15:00:30.000Z';

it.each([
  [
    'said to be in the minute of the end, and written after it',
    '2026-03-09T15:00:00.000Z',
    '2026-03-09T15:00:40.000Z',
    true,
  ],
  ['of an earlier minute', '2026-03-09T14:59:00.000Z', '2026-03-09T15:00:40.000Z', false],
  ['written before the end', '2026-03-09T15:00:00.000Z', '2026-03-09T15:00:20.000Z', false],
  ['after the end, in its minute', '2026-03-09T15:00:35.000Z', '2026-03-09T15:00:40.000Z', false],
])('a log %s', (_which, performedAt, authored, isSo) => {
  expect(endedInItsMinute(end, { performedAt, authored })).toBe(isSo);
});
