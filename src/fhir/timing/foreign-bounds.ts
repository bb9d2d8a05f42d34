import type { Timing } from 'fhir/r4';
import type { LocalDate } from '../../homework/model.ts';
import { addDays, dayOf, isLocalDate } from '../../homework/schedule/day-end.ts';
import { readInstant } from '../answers/read-value.ts';
import { foreignCodeSystems } from '../systems.ts';
import { refuseTiming, type TimingReader } from './refuse-timing.ts';

/** From which day to which a Timing holds, both of them in it; or for so many days from a day that it does not say. */
export interface Bounds {
  readonly start?: LocalDate;
  readonly end?: LocalDate;
  /** Whole days, where it is said in days or weeks. */
  readonly days?: number;
  /** Its last day, where it starts on that day. */
  readonly lastFrom?: (start: LocalDate) => LocalDate;
}

/** @throws IntersessionError `invalid-request` naming the element that no schedule says */
export function foreignBounds({ repeat }: Timing, reader: TimingReader): Bounds {
  if (repeat?.boundsRange !== undefined)
    refuseTiming(reader, 'repeat.boundsRange', 'is a range, which a schedule cannot say');
  if (repeat?.boundsDuration !== undefined) return durationIn(repeat.boundsDuration, reader);
  if (repeat?.boundsPeriod === undefined) return {};
  const start = dayIn(repeat.boundsPeriod.start, 'repeat.boundsPeriod.start', reader);
  const end = dayIn(repeat.boundsPeriod.end, 'repeat.boundsPeriod.end', reader);
  if (start !== undefined && end !== undefined && end < start)
    refuseTiming(reader, 'repeat.boundsPeriod.end', 'is before its start');
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}

/** A day as it stands, a moment by the homework day that it belongs to. */
function dayIn(said: string | undefined, element: string, reader: TimingReader): LocalDate | undefined {
  if (said === undefined || isLocalDate(said)) return said;
  // R4's dateTime has an offset wherever it has a time
  const moment = readInstant(said);
  if (moment === undefined) return refuseTiming(reader, element, 'is neither a day nor a moment with its offset');
  return dayOf(moment, reader.timeZone);
}

type Duration = NonNullable<NonNullable<Timing['repeat']>['boundsDuration']>;

function durationIn({ value = 0, system, code, unit, comparator }: Duration, reader: TimingReader): Bounds {
  // without a system the unit's words are all that there is; R4 wants UCUM
  const inUnit = system === undefined || system === foreignCodeSystems.ucum ? (code ?? unit) : undefined;
  if (!Number.isInteger(value) || value < 1 || value > 3660 || comparator !== undefined)
    refuseTiming(reader, 'repeat.boundsDuration', 'is no whole number of days, weeks, months or years');
  switch (inUnit) {
    case 'd':
      return wholeDays(value);
    case 'wk':
      return wholeDays(value * 7);
    case 'mo':
      return { lastFrom: (start) => addDays(monthsLater(start, value), -1) };
    case 'a':
      return { lastFrom: (start) => addDays(monthsLater(start, value * 12), -1) };
    default:
      return refuseTiming(reader, 'repeat.boundsDuration', 'is no number of days, weeks, months or years in UCUM');
  }
}

const wholeDays = (days: number): Bounds => ({ days, lastFrom: (start) => addDays(start, days - 1) });

/** The same day so many months later, or that month's last where it has no such day. */
function monthsLater(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}
