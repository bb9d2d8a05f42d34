import { describe, expect, it } from 'vitest';
import { momentSaid } from '../../../src/homework/schedule/moment-said.ts';

const york = 'America/New_York';

describe('what another system says of a time', () => {
  it.each([
    ['2026-03-02 10:00:00', '2026-03-02T15:00:00.000Z'],
    ['2026-03-02T10:00:00.5', '2026-03-02T15:00:00.500Z'],
    ['2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000Z'],
    ['2026-03-02T10:00:00-05:00', '2026-03-02T15:00:00.000Z'],
  ])('%s is %s in New York, whatever the zone of the machine', (said, at) => {
    expect(momentSaid(said, york)).toBe(Date.parse(at));
  });

  // V8 would read each of these as some time or other, in the machine's zone
  it.each([
    'about 2026',
    'about 2026-03',
    '3 March',
    '02/03/2026',
    'room 3',
    'x 2026-03-02 10:00',
    '2026-03-02 10:0',
    '2026-3-2',
  ])('"%s" is none', (said) => {
    expect(momentSaid(said, york)).toBeNaN();
  });

  it.each(['2026-13', '2026-03-02T', '2026-03-02T25:00:00', '2026-03-02 at ten'])('"%s" is none there was', (said) => {
    expect(momentSaid(said, york)).toBeNaN();
  });
});
