import { rememberFew } from '../../foundation/remember-few.ts';
import type { Instant } from '../model.ts';

/**
 * What the clock on the wall of a zone shows, written as milliseconds as though that clock were UTC's: every day of it has 24 h, so
 * calendar arithmetic on it is exact. Nothing but `Intl` is needed, which the service and the patient's browser both have.
 */
export type WallMs = number;

export const dayMs = 86_400_000;

/** More zones than a service has patients in; a zone has thousands of spellings (`america/NEW_YORK`). */
const zonesKept = 200;

/** @throws RangeError when the runtime does not know the zone. */
const formatOf = rememberFew(zonesKept, (timeZone) => {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-US-u-ca-iso8601', { timeZone, hourCycle: 'h23', second: 'numeric', ...numeric });
});

/** The wall clock of a zone at a moment, both in milliseconds. */
export function wallOf(ms: number, timeZone: string): WallMs {
  const wall = new Date(0);
  const at: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(ms)) at[type] = Number(value);
  // setUTCFullYear, as Date.UTC reads the years 0–99 as 1900–1999
  wall.setUTCFullYear(at.year ?? 0, (at.month ?? 1) - 1, at.day ?? 1);
  // offsets are whole seconds, so what is below a second is the same on every clock
  return wall.setUTCHours(at.hour ?? 0, at.minute ?? 0, at.second ?? 0, ((ms % 1000) + 1000) % 1000);
}

/**
 * The moment at which that clock shows this. What it shows twice, when clocks go back, is the first of both; what it never shows,
 * when they go forward, is as long after the change as it would have been without it. So Temporal's `compatible`, and RFC 5545.
 */
export function momentOf(wall: WallMs, timeZone: string): number {
  // no clock is more than a day from UTC's, and no zone changes twice in two days
  const by = (ms: number): number => wall - (wallOf(ms, timeZone) - ms);
  const [before, after] = [by(wall - dayMs), by(wall + dayMs)];
  const shown = [before, after].filter((ms) => wallOf(ms, timeZone) === wall);
  return shown.length === 0 ? before : Math.min(...shown);
}

const firstMs = Date.parse('0001-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/** A moment as an instant; never before the year 1 nor after 9999, which people write for "always" and no other form could be compared with. */
export function instantOf(ms: number): Instant {
  return new Date(Math.min(Math.max(ms, firstMs), lastMs)).toISOString();
}
