import { dayMs, instantOf, momentOf } from '../../homework/schedule/wall-clock.ts';

/** A closed range of time, both ends included, as UTC instants with milliseconds. */
export interface DateRange {
  readonly low: string;
  readonly high: string;
}

/** Stand-ins for the open end of a Period: PostgreSQL and `Date` both read them, and nothing of ours lies outside. */
export const beginningOfTime = '0001-01-01T00:00:00.000Z';
export const endOfTime = '9999-12-31T23:59:59.999Z';

const pattern =
  /^(?<year>\d{4})(?:-(?<month>0[1-9]|1[0-2])(?:-(?<day>0[1-9]|[12]\d|3[01])(?:T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,9}))?)?(?<zone>Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?)?)?$/;

/**
 * The range of time that a FHIR date, dateTime or instant covers at its own precision: `2026-03` is the whole of March.
 * What has no zone is read on the wall clock of `timeZone`, so that a day may have 23 or 25 hours. Undefined when it is no such value
 * (`2026-02-30` is none), or lies outside of the years 1 to 9999.
 *
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function dateRange(value: string, timeZone: string): DateRange | undefined {
  const parts = pattern.exec(value)?.groups;
  if (parts === undefined || parts.year === '0000') return undefined;
  const at = (text: string | undefined, absent: number): number => (text === undefined ? absent : Number(text));
  const [year, month, day] = [Number(parts.year), at(parts.month, 1) - 1, at(parts.day, 1)];
  if (new Date(wallTime([year, month, day])).getUTCDate() !== day) return undefined;
  const milliseconds = Number((parts.fraction ?? '').padEnd(3, '0').slice(0, 3));
  const clock = [at(parts.hour, 0), at(parts.minute, 0), at(parts.second, 0), milliseconds] as const;
  const start = wallTime([year, month, day], clock);

  let next: number;
  if (parts.fraction !== undefined) next = start + 1;
  else if (parts.second !== undefined) next = start + 1000;
  else if (parts.minute !== undefined) next = start + 60_000;
  else if (parts.day !== undefined) next = start + dayMs;
  else if (parts.month !== undefined) next = wallTime([year, month + 1, 1]);
  else next = wallTime([year + 1, 0, 1]);

  const moment = momentsOf(parts.zone, timeZone);
  // a time of day is as long as its precision, whatever the clocks do in it; only a day can be shorter or longer
  const low = moment(start);
  const high = (parts.minute === undefined ? moment(next) : low + (next - start)) - 1;
  if (high < Date.parse(beginningOfTime) || low > Date.parse(endOfTime)) return undefined;
  return { low: instantOf(low), high: instantOf(high) };
}

function wallTime(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second, ms]: readonly [number, number, number, number] = [0, 0, 0, 0],
): number {
  const date = new Date(0);
  // setUTCFullYear, as Date.UTC reads the years 0–99 as 1900–1999
  date.setUTCFullYear(year, month, day);
  return date.setUTCHours(hour, minute, second, ms);
}

/** How a wall clock with this offset, or without one that of the zone, becomes a moment. */
function momentsOf(offset: string | undefined, timeZone: string): (wall: number) => number {
  if (offset === undefined) return (wall) => momentOf(wall, timeZone);
  if (offset === 'Z') return (wall) => wall;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return (wall) => wall - (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
