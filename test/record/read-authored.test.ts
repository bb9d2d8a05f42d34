import { describe, expect, it } from 'vitest';
import { readAuthored } from '../../src/record/store/read-authored.ts';

const received = {
  at: '2026-03-04T15:00:00.000Z',
  timeZone: 'America/New_York',
  dueUntil: '2026-03-03T08:00:00.000Z',
};
const read = (authored: string, change: Partial<typeof received> = {}) =>
  readAuthored(authored, { ...received, ...change });

describe('when a response was written', () => {
  it.each([
    ['2026-03-02T10:05:00-05:00', '2026-03-02T15:05:00.000Z'],
    ['2026-03-02T10:05:00.123456-05:00', '2026-03-02T15:05:00.123Z'],
    ['2026-03-02T15:05:00Z', '2026-03-02T15:05:00.000Z'],
    ['2026-03-02T15:05:00.5+00:00', '2026-03-02T15:05:00.500Z'],
  ])('%s is that moment', (authored, instant) => {
    expect(read(authored)).toBe(instant);
  });

  it.each(['2026-03-04', '2026-03', '2026'])('%s, which has not ended yet, is now', (authored) => {
    expect(read(authored)).toBe(received.at);
  });

  it('the day of homework is not over before four in the morning', () => {
    expect(read('2026-03-04', { at: '2026-03-05T07:30:00.000Z' })).toBe('2026-03-05T07:30:00.000Z');
    expect(read('2026-03-04', { at: '2026-03-05T09:30:00.000Z' })).toBe('2026-03-05T04:59:59.999Z');
  });

  it.each([
    ['2026-03-01', '2026-03-02T04:59:59.999Z'],
    // the day on which clocks change has 23 hours
    ['2026-03-08', '2026-03-09T03:59:59.999Z', '2026-03-12T15:00:00.000Z'],
    ['2026-02', '2026-03-01T04:59:59.999Z'],
    ['2025-12', '2026-01-01T04:59:59.999Z'],
    ['2025', '2026-01-01T04:59:59.999Z'],
  ])('%s, which is over, is its last moment in the patient’s zone', (authored, instant, at = received.at) => {
    expect(read(authored, { at })).toBe(instant);
  });

  it('nothing that may have been in time becomes late by a date without a time', () => {
    expect(read('2026-03-03')).toBe('2026-03-03T07:59:59.999Z');
    expect(read('2026-03-03', { dueUntil: '2026-03-04T08:00:00.000Z' })).toBe('2026-03-04T04:59:59.999Z');
  });

  it('a day that is still to come is its beginning, which a log may not have', () => {
    expect(read('2026-03-09')).toBe('2026-03-09T04:00:00.000Z');
  });

  it.each([
    'noon',
    '',
    '2026-02-30',
    '2026-13',
    '2026-3-2',
    '0000',
    '2026-03-02T10:05:00',
    '2026-03-02 10:05',
    '20260302',
    '+002026',
  ])('"%s" is refused by name', (authored) => {
    expect(() => read(authored)).toThrow('QuestionnaireResponse.authored');
  });
});
