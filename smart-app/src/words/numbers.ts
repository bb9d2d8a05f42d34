import type { Place } from './dates.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A rating as the language writes it, with the decimals that it was given: `7.5`, `7,25`; what a sum leaves behind is no decimal. */
export function writeNumber(value: number, { language }: Pick<Place, 'language'>): string {
  const known = formats.get(language) ?? new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  formats.set(language, known);
  return known.format(value);
}

/** The same with its unit, where it has one: `45 %`, `7 of 10`, `65`. */
export function writeMeasured(value: number, unit: string, place: Pick<Place, 'language'>): string {
  return unit === '' ? writeNumber(value, place) : `${writeNumber(value, place)} ${unit}`;
}
