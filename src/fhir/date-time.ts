import { rememberFew } from '../foundation/remember-few.ts';
import type { Instant } from '../homework/model.ts';

const formatOf = rememberFew(
  200,
  (timeZone) => new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
);

/**
 * A FHIR dateTime (or instant) of a moment as the patient's clock shows it: `2026-03-02T10:00:00-05:00`; milliseconds
 * stand only when there are any.
 * @see https://hl7.org/fhir/R4/datatypes.html#dateTime
 */
export function toDateTime(at: Instant, timeZone: string): string {
  const moment = new Date(at);
  const name = formatOf(timeZone)
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const offset = name === undefined || name === 'GMT' ? '+00:00' : name.slice('GMT'.length);
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const shift = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  const local = new Date(moment.getTime() + shift).toISOString().slice(0, -1);
  return `${local.endsWith('.000') ? local.slice(0, -4) : local}${offset}`;
}

/** The moment that a FHIR dateTime or instant with an offset names. */
export function toInstant(dateTime: string): Instant {
  return new Date(dateTime).toISOString();
}
