import type { Instant, LocalDate } from '../model.ts';

/** How days and times are written: in whose zone, and in which language. */
export interface WritingPlace {
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const withItsYear = { ...day, year: 'numeric' } as const;
const withItsTime = { ...day, hour: 'numeric', minute: '2-digit' } as const;

/** A calendar day as the language writes it: `Mon, Mar 2, 2026`, `Mon 2 Mar 2026`, `Mo., 2. März 2026`. */
export function writeDate(date: LocalDate, language: string, withYear = true): string {
  return write(`${date}T12:00:00.000Z`, { timeZone: 'UTC', language }, withYear ? withItsYear : day);
}

/** The calendar day of an instant in a zone. */
export function writeDay(at: Instant, place: WritingPlace, withYear = true): string {
  return write(at, place, withYear ? withItsYear : day);
}

/** `Mon, Mar 2, 10:00 AM`, `Mo., 2. März, 10:00` */
export function writeTime(at: Instant, place: WritingPlace): string {
  return write(at, place, withItsTime);
}

function write(at: Instant, { timeZone, language }: WritingPlace, options: Intl.DateTimeFormatOptions): string {
  const name = `${language} ${timeZone} ${Object.keys(options).join(' ')}`;
  let format = formats.get(name);
  if (format === undefined) {
    // whatever calendar and digits a language has besides: in a chart a day is one that everybody there can look up
    const chart = { ...options, timeZone, calendar: 'gregory', numberingSystem: 'latn' };
    format = new Intl.DateTimeFormat(knownLanguage(language), chart);
    formats.set(name, format);
  }
  // engines put narrow no-break spaces into times; a chart's viewer may have no glyph for them
  return format.format(new Date(at)).replace(/[\u00a0\u202f]/g, ' ');
}

/** The language, if it is a tag that the runtime can read at all, else English. */
export function knownLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
