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
 * A date without a zone is read in UTC. Undefined when it is no such value (`2026-02-30` is none).
 *
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function dateRange(value: string): DateRange | undefined {
  const parts = pattern.exec(value)?.groups;
  if (parts === undefined) return undefined;
  const year = Number(parts.year);
  const month = Number(parts.month ?? 1) - 1;
  const day = Number(parts.day ?? 1);
  const milliseconds = Number((parts.fraction ?? '').padEnd(3, '0').slice(0, 3));
  const utc = (fields: readonly [number, number, number, number, number, number, number]): number => {
    const date = new Date(0);
    // setUTCFullYear, as Date.UTC reads the years 0–99 as 1900–1999
    date.setUTCFullYear(fields[0], fields[1], fields[2]);
    return date.setUTCHours(fields[3], fields[4], fields[5], fields[6]);
  };
  const hour = Number(parts.hour ?? 0);
  const minute = Number(parts.minute ?? 0);
  const second = Number(parts.second ?? 0);
  const start = utc([year, month, day, hour, minute, second, milliseconds]);
  if (parts.day !== undefined && new Date(utc([year, month, day, 0, 0, 0, 0])).getUTCDate() !== day) return undefined;

  let next: number;
  if (parts.fraction !== undefined) next = start + 1;
  else if (parts.second !== undefined) next = start + 1000;
  else if (parts.minute !== undefined) next = start + 60_000;
  else if (parts.day !== undefined) next = utc([year, month, day + 1, 0, 0, 0, 0]);
  else if (parts.month !== undefined) next = utc([year, month + 1, 1, 0, 0, 0, 0]);
  else next = utc([year + 1, 0, 1, 0, 0, 0, 0]);

  const offset = offsetMilliseconds(parts.zone);
  const low = start - offset;
  const high = next - 1 - offset;
  if (low < Date.parse(beginningOfTime) || high > Date.parse(endOfTime)) return undefined;
  return { low: new Date(low).toISOString(), high: new Date(high).toISOString() };
}

function offsetMilliseconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
