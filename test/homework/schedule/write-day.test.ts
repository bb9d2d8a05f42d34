import { describe, expect, it } from 'vitest';
import { writeDate, writeDay, writeTime } from '../../../src/homework/schedule/write-day.ts';

describe('a day in words', () => {
  it.each([
    ['2026-01-04', 'Sun, 4 Jan 2026'],
    ['2026-02-02', 'Mon, 2 Feb 2026'],
    ['2026-03-31', 'Tue, 31 Mar 2026'],
    ['2026-04-01', 'Wed, 1 Apr 2026'],
    ['2026-05-07', 'Thu, 7 May 2026'],
    ['2026-06-12', 'Fri, 12 Jun 2026'],
    ['2026-07-25', 'Sat, 25 Jul 2026'],
    ['2028-02-29', 'Tue, 29 Feb 2028'],
    ['2026-08-09', 'Sun, 9 Aug 2026'],
    ['2026-09-30', 'Wed, 30 Sept 2026'],
    ['2026-10-10', 'Sat, 10 Oct 2026'],
    ['2026-11-11', 'Wed, 11 Nov 2026'],
    ['2026-12-31', 'Thu, 31 Dec 2026'],
  ])('%s', (date, words) => {
    expect(writeDate(date, 'en-GB')).toBe(words);
    expect(writeDate(date, 'en-GB', false)).toBe(words.slice(0, -5).replace(',', ''));
  });

  it.each([
    ['2026-03-02T04:59:59.999Z', 'America/New_York', 'Sun, 1 Mar 2026', 'Sun 1 Mar, 23:59'],
    ['2026-03-02T05:00:00.000Z', 'America/New_York', 'Mon, 2 Mar 2026', 'Mon 2 Mar, 0:00'],
    ['2026-12-31T15:30:00.000Z', 'Asia/Tokyo', 'Fri, 1 Jan 2027', 'Fri 1 Jan, 0:30'],
    ['2026-07-01T12:05:59.000Z', 'Asia/Kolkata', 'Wed, 1 Jul 2026', 'Wed 1 Jul, 17:35'],
  ])('%s in %s: the calendar’s, not the homework day', (at, timeZone, day, time) => {
    expect(writeDay(at, { timeZone, language: 'en-GB' })).toBe(day);
    expect(writeDay(at, { timeZone, language: 'en-GB' }, false)).toBe(day.slice(0, -5).replace(',', ''));
    expect(writeTime(at, { timeZone, language: 'en-GB' })).toBe(time);
  });
});

it.each([
  ['en-US', 'Mon, Mar 2, 2026', 'Mon, Mar 2, 9:05 AM'],
  ['de-DE', 'Mo., 2. März 2026', 'Mo., 2. März, 9:05'],
  ['sv', 'mån 2 mars 2026', 'mån 2 mars 9:05'],
  ['th-TH', 'จันทร์ 2 มี.ค. 2026', 'จันทร์ 2 มี.ค. 9:05'],
  ['fa-IR-u-nu-arabext', '2026 Mar 2, Mon', ''],
  ['en-x', 'Mon, Mar 2, 2026', 'Mon, Mar 2, 9:05 AM'],
])(
  'in %s a day is written as people write it there, in the calendar and the digits of a chart',
  (language, day, time) => {
    const place = { timeZone: 'UTC', language };
    const [writtenDay, writtenTime] = [
      writeDay('2026-03-02T09:05:00.000Z', place),
      writeTime('2026-03-02T09:05:00.000Z', place),
    ];
    expect(`${writtenDay}${writtenTime}`).not.toMatch(/[\u00a0\u202f]/);
    if (time === '') expect(writtenDay).toMatch(/\b2026\b/);
    else expect([writtenDay, writtenTime]).toEqual([day, time]);
  },
);
