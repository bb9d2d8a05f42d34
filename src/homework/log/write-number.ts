import { knownLanguage } from '../schedule/write-day.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A number as the language writes it: `7.5`, `7,5`. Not in groups of thousands, and in the digits that charts have everywhere. */
export function writeNumber(value: number, language: string): string {
  let format = formats.get(language);
  if (format === undefined) {
    const options = { useGrouping: false, maximumFractionDigits: 20, numberingSystem: 'latn' };
    format = new Intl.NumberFormat(knownLanguage(language), options);
    formats.set(language, format);
  }
  return format.format(value);
}
