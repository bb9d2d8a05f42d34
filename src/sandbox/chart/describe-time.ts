import { isObject } from '../resource.ts';
import { type Html, html } from './html.ts';

const dayFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** A FHIR date, dateTime or instant as people write it, in the patient's zone, which is named. */
export function describeTime(value: unknown, zone: string): Html | undefined {
  if (typeof value !== 'string') return undefined;
  return html`<time datetime="${value}">${timeText(value, zone)}</time>`;
}

/** The text alone; what is no time stays as it is. */
export function timeText(value: string, zone: string): string {
  if (/^\d{4}(-\d{2})?$/.test(value)) return value;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  if (!value.includes('T')) return dayFormat.format(date);
  const format = new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    // a patient may live in another zone than whoever reads it
    timeZoneName: 'short',
    timeZone: zone,
  });
  return format.format(date).replaceAll('\u202f', ' ');
}

/** "from – to" of a Period, "until to" where it has no start. */
export function describePeriod(value: unknown, zone: string): Html | undefined {
  if (!isObject(value)) return undefined;
  const { start, end } = value;
  if (start === undefined && end === undefined) return undefined;
  if (start === undefined) return html`until ${describeTime(end, zone)}`;
  return html`${describeTime(start, zone)} – ${describeTime(end, zone) ?? 'open'}`;
}

/** Whole years from a birth date to a day. */
export function ageOn(birthDate: string, day: Date): number {
  const [year = 0, month = 1, date = 1] = birthDate.split('-').map(Number);
  const before = day.getMonth() + 1 < month || (day.getMonth() + 1 === month && day.getDate() < date);
  return day.getFullYear() - year - (before ? 1 : 0);
}
