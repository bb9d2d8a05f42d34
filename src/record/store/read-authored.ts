import type { Instant } from '../../homework/model.ts';
import { addDays, dayOf, isLocalDate, midnight } from '../../homework/schedule/day-end.ts';
import { toInstant } from '../use-cases/to-instant.ts';

const path = 'QuestionnaireResponse.authored';
const coarse = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/;

/** What a coarse date is read against. */
export interface Received {
  /** When it arrived. */
  readonly at: Instant;
  /** Zone of the patient's days. */
  readonly timeZone: string;
  /** Until when the homework is in time. */
  readonly dueUntil: Instant;
}

/**
 * When a response was written. A date-time is what it says. A year, month or day says no time: what arrived within it
 * happened as it arrived; of what is still to come it is the first moment, and of what is over the last, but not one that would make
 * late what may have been in time.
 * @throws `invalid-request` naming `QuestionnaireResponse.authored`
 * @see https://hl7.org/fhir/R4/datatypes.html#dateTime
 */
export function readAuthored(authored: string, { at, timeZone, dueUntil }: Received): Instant {
  const [, year = '', month, day] = coarse.exec(authored) ?? [];
  const first = `${year}-${month ?? '01'}-${day ?? '01'}`;
  if (year === '' || year === '0000' || !isLocalDate(first)) return toInstant(authored, path);
  const from = midnight(first, timeZone);
  // a day of homework runs on into the night after it
  const until = day === undefined ? midnight(dayAfter(year, month), timeZone) : midnight(addDays(first, 1), timeZone);
  if ((at >= from && at < until) || (day !== undefined && dayOf(at, timeZone) === first)) return at;
  if (at < from) return from;
  const inTime = dueUntil > from && dueUntil < until ? dueUntil : until;
  return new Date(Date.parse(inTime) - 1).toISOString();
}

/** The first day after a month or a year. */
function dayAfter(year: string, month: string | undefined): string {
  const next = month === undefined || month === '12' ? [Number(year) + 1, 1] : [Number(year), Number(month) + 1];
  return next
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0'))
    .join('-')
    .concat('-01');
}
