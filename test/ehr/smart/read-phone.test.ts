import { describe, expect, it } from 'vitest';
import { phoneOf } from '../../../src/ehr/smart/read-phone.ts';

const at = new Date('2026-03-02T16:00:00Z');
const of = (...telecom: readonly unknown[]) => phoneOf({ resourceType: 'Patient', telecom }, at);
const phone = (value: string, more: object = {}) => ({ system: 'phone', value, ...more });

describe('the number that a patient is to be reached by', () => {
  it.each<[string, readonly unknown[], string | undefined]>([
    ['none', [], undefined],
    ['the only one', [phone('+1 (555) 010-0142')], '+1 (555) 010-0142'],
    ['no address', [{ system: 'email', value: 'a@example.org' }, phone('555-0101')], '555-0101'],
    [
      'the mobile one first',
      [phone('555-0101', { use: 'work' }), phone('555-0102', { use: 'home' }), phone('555-0103', { use: 'mobile' })],
      '555-0103',
    ],
    [
      'its rank before its use',
      [phone('555-0103', { use: 'mobile', rank: 2 }), phone('555-0101', { use: 'work', rank: 1 })],
      '555-0101',
    ],
    [
      'one with a rank before those without',
      [phone('555-0103', { use: 'mobile' }), phone('555-0101', { rank: 3 })],
      '555-0101',
    ],
    ['no old one', [phone('555-0103', { use: 'old' })], undefined],
    ['none whose time is over', [phone('555-0103', { period: { end: '2026-03-01' } })], undefined],
    ['one that ends today', [phone('555-0103', { period: { end: '2026-03-02' } })], '555-0103'],
    ['none whose time is to come', [phone('555-0103', { period: { start: '2026-03-03' } })], undefined],
    ['no words', [phone('ask the front desk'), phone('n/a 1')], undefined],
    ['a number for short messages', [{ system: 'sms', value: '555-0104' }], '555-0104'],
    ['nothing of another shape', [null, 'x', { system: 'phone', value: 5550101 }, phone('5'.repeat(80))], undefined],
  ])('%s', (_what, telecom, expected) => {
    expect(of(...telecom)).toBe(expected);
  });

  it('is none where there is no list', () => {
    expect(phoneOf({ resourceType: 'Patient', telecom: phone('555-0101') }, at)).toBeUndefined();
  });
});
