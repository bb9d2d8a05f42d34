import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dueWords } from '../../smart-app/src/words/dates.ts';
import {
  addDays,
  addGrace,
  calendarDay,
  dayEnd,
  dayOf,
  dayStart,
  daysBetween,
  daysLeft,
  dueDay,
  midnight,
} from '../../src/homework/schedule/day-end.ts';
import { writeTime } from '../../src/homework/schedule/write-day.ts';
import { clockChanges, everyNth, hourMs } from './clock-changes.ts';

/** `EVERY_CLOCK_CHANGE=1` looks at each of them (two minutes); else at each twentieth, begun at `SEED`. */
const all = process.env.EVERY_CLOCK_CHANGE === '1';
const seed = Number(process.env.SEED ?? 7);
const zones = Intl.supportedValuesOf('timeZone');
const changes = clockChanges(zones, '2024-01-01T00:00:00Z', '2031-01-01T00:00:00Z');
const instant = (ms: number): string => new Date(ms).toISOString();

// the oracle knows nothing of our code: Temporal's own calendar and time zones
const noon = (date: string, hour: number, zone: string): string =>
  instant(
    Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour) })
      .epochMilliseconds,
  );
const next = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();
const endThere = (date: string, zone: string): string => noon(next(date, 1), 4, zone);
const dateThere = (at: string, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The day whose begin has come and whose end has not. */
function dayThere(at: string, zone: string): string {
  const days = [-2, -1, 0, 1].map((by) => next(dateThere(at, zone), by));
  const found = days.filter((day) => endThere(next(day, -1), zone) <= at && at < endThere(day, zone));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

/** Everything about the days around a moment. */
function look(zone: string, ms: number): void {
  const day = dateThere(instant(ms), zone);
  for (const by of [-2, -1, 0, 1, 2]) {
    const date = next(day, by);
    expect(addDays(day, by), `${zone} ${date}`).toBe(date);
    expect(daysBetween(day, date), `${zone} ${date}`).toBe(by);
    expect(dayEnd(date, zone), `end of ${date} in ${zone}`).toBe(endThere(date, zone));
    expect(dayStart(date, zone), `begin of ${date} in ${zone}`).toBe(endThere(next(date, -1), zone));
    expect(midnight(date, zone), `midnight of ${date} in ${zone}`).toBe(noon(date, 0, zone));
    expect(dueDay(dayEnd(date, zone), zone), `what is due on ${date} in ${zone}`).toBe(date);
    expect(addGrace(dayEnd(date, zone), 24, zone), `grace after ${date} in ${zone}`).toBe(
      endThere(next(date, 1), zone),
    );
  }
  const edges = [
    ms,
    Date.parse(endThere(day, zone)),
    Date.parse(endThere(next(day, -1), zone)),
    Date.parse(noon(day, 0, zone)),
  ];
  for (const edge of edges) {
    for (const by of [-4 * hourMs, -hourMs, -hourMs / 2, -1, 0, hourMs / 2, hourMs, 3 * hourMs, 4 * hourMs]) {
      const at = instant(edge + by);
      const where = `${at} in ${zone}`;
      const today = dayThere(at, zone);
      expect(dayOf(at, zone), where).toBe(today);
      expect(calendarDay(at, zone), where).toBe(dateThere(at, zone));
      expect(writeTime(at, { timeZone: zone, language: 'sv' }).slice(-5).trim().padStart(5, '0'), where).toBe(
        Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' }),
      );
      for (const left of [-3, -1, 0, 1]) {
        expect(daysLeft(endThere(next(today, left), zone), at, zone), `${where}: ${left} left`).toBe(left);
      }
    }
  }
}

describe('homework days on the nights when clocks change', () => {
  it('finds the changes that there are', () => {
    const of = (zone: string) => changes.filter((change) => change.zone === zone).map(({ at }) => instant(at));
    expect(zones.length).toBeGreaterThan(400);
    expect(changes.length).toBeGreaterThan(1_500);
    expect(of('America/New_York').slice(4, 6)).toEqual(['2026-03-08T07:00:00.000Z', '2026-11-01T06:00:00.000Z']);
    expect(of('Australia/Lord_Howe').slice(0, 1)).toEqual(['2024-04-06T15:00:00.000Z']);
    expect(of('Asia/Almaty')).toEqual(['2024-02-29T18:00:00.000Z']);
    expect(of('Asia/Tokyo')).toEqual([]);
  });

  it('agree with Temporal about every day, its end, its grace and what is due, around each change', {
    timeout: 300_000,
  }, () => {
    const looked = all ? changes : everyNth(changes, 20, seed);
    for (const { zone, at } of looked) look(zone, at);
    expect(looked.length).toBeGreaterThan(80);
  });

  it('agree with Temporal in zones whose clocks never change', { timeout: 300_000 }, () => {
    const still = zones.filter((zone) => changes.every((change) => change.zone !== zone));
    for (const zone of all ? still : everyNth(still, 10, seed)) look(zone, Date.parse('2027-02-28T23:30:00Z'));
  });

  it.each([
    ['half an hour', 'Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
    ['at midnight, forward', 'Africa/Cairo', '2026-04-23T22:00:00Z'],
    ['at midnight, back', 'Asia/Beirut', '2026-10-24T21:00:00Z'],
    ['three quarters past', 'Pacific/Chatham', '2026-04-04T14:00:00Z'],
    ['two hours at once', 'Antarctica/Troll', '2026-03-29T01:00:00Z'],
    ['for Ramadan', 'Africa/Casablanca', '2026-02-15T02:00:00Z'],
    ['in the evening', 'America/Nuuk', '2026-03-29T01:00:00Z'],
    ['a day twice', 'Pacific/Kwajalein', '1969-09-30T13:00:00Z'],
  ])('hold where clocks change %s: %s', (_, zone, at) => {
    look(zone, Date.parse(at));
  });

  it('leave out the day that a zone left out: Samoa had no 30 December 2011', () => {
    const zone = 'Pacific/Apia';
    const at = (wall: string) => new Date(`2011-12-${wall}`).toISOString();
    expect(dayOf(at('30T09:00:00Z'), zone)).toBe('2011-12-29');
    // the new year's eve begins at four; until then it is the evening of the 29th, as the 30th never came
    expect(dayOf(at('30T13:59:59.999Z'), zone)).toBe('2011-12-29');
    expect(dayOf(at('30T14:00:00Z'), zone)).toBe('2011-12-31');
    expect(dayEnd('2011-12-29', zone)).toBe(dayEnd('2011-12-30', zone));
    expect(daysLeft(dayEnd('2011-12-31', zone), at('30T09:00:00Z'), zone)).toBe(2);
  });

  it('do not end before they begin when a plan is for ever', () => {
    for (const zone of ['America/New_York', 'Pacific/Kiritimati']) {
      expect(dayEnd('9999-12-31', zone) > '9999-12-30').toBe(true);
      expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
      expect(dayStart('0001-01-01', zone) < '0001-01-03').toBe(true);
    }
  });
});

describe('the words on those nights', () => {
  // the app said "due today" of what was overdue, and of what was due tomorrow, when it took four elapsed hours off
  it.each([
    ['America/New_York', '2026-03-07', '2026-03-08T04:30:00Z', 'due today'],
    ['America/New_York', '2026-03-07', '2026-03-08T08:30:00Z', 'was due Sat, Mar 7'],
    ['America/New_York', '2026-10-31', '2026-11-01T08:30:00Z', 'due today'],
    ['Europe/Berlin', '2026-03-28', '2026-03-29T02:30:00Z', 'was due Sat, Mar 28'],
    ['Europe/Berlin', '2026-10-24', '2026-10-25T02:30:00Z', 'due today'],
    ['Europe/Berlin', '2026-10-25', '2026-10-25T02:30:00Z', 'due tomorrow'],
    ['Australia/Lord_Howe', '2026-04-04', '2026-04-04T17:15:00Z', 'due today'],
    ['Australia/Sydney', '2026-10-03', '2026-10-03T17:10:00Z', 'was due Sat, Oct 3'],
    ['Africa/Cairo', '2026-04-24', '2026-04-24T00:30:00Z', 'due tomorrow'],
  ])('in %s, due on %s, at %s: %s', (timeZone, day, now, words) => {
    expect(dueWords(dayEnd(day, timeZone), instant(Date.parse(now)), { timeZone, language: 'en-US' })).toBe(words);
  });
});
