import { meantUnit } from '../answers/units-of.ts';
import type { ReadingTiming } from './measured-answers.ts';

/** UCUM codes of times, in milliseconds. */
const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Years that a dateTime can have, in any zone. */
const [first, last] = [Date.parse('0001-01-02T00:00:00Z'), Date.parse('9999-12-30T00:00:00Z')];

/**
 * How long after the beginning a reading was taken, in milliseconds: by a number of minutes (or what unit the item names), an amount
 * of time, or a moment. Undefined for what is none of these, or leads to a year that no dateTime has.
 * @param beginning dateTime with its offset
 */
export function readingOffset({ item, answer }: ReadingTiming, beginning: string): number | undefined {
  const began = Date.parse(beginning);
  const offset =
    answer.valueDateTime === undefined ? elapsed({ item, answer }) : Date.parse(answer.valueDateTime) - began;
  return began + offset >= first && began + offset <= last ? Math.round(offset) : undefined;
}

/** NaN for what is no amount of time. */
function elapsed({ item, answer }: ReadingTiming): number {
  const { valueQuantity = {} } = answer;
  const value = valueQuantity.value ?? answer.valueInteger ?? answer.valueDecimal ?? Number.NaN;
  const unit = meantUnit(item, valueQuantity);
  const byDefault = unit === undefined && valueQuantity.unit === undefined ? 'min' : undefined;
  return value * (milliseconds[valueQuantity.code ?? unit?.code ?? byDefault ?? ''] ?? Number.NaN);
}

/** The moment so many milliseconds after a dateTime, written with the same offset from UTC. */
export function laterBy(beginning: string, offset: number): string {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(beginning) ?? [];
  const shift = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const local = new Date(Date.parse(beginning) + offset + shift).toISOString().slice(0, -1);
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`;
  return `${local.endsWith('.000') ? local.slice(0, -4) : local}${zone}`;
}
