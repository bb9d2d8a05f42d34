import { momentSaid } from '../schedule/moment-said.ts';

/** One name of a person, as whoever keeps their record wrote it down. */
export interface PersonName {
  /** `official`, `usual`, `temp`, `nickname`, `anonymous`, `old`, `maiden`; absent: not said. */
  readonly use?: string;
  /** The whole name as it is to be shown. */
  readonly text?: string;
  readonly family?: string;
  readonly given: readonly string[];
  readonly prefix: readonly string[];
  readonly suffix: readonly string[];
  /** When the name began and ended to be in use: an ISO instant, or a day, month or year. */
  readonly start?: string;
  readonly end?: string;
  /** Which of the two comes first, where the record says so of this very name. */
  readonly first?: 'family' | 'given';
  /** BCP 47, of this very name. */
  readonly language?: string;
}

/** Names that are this person's no longer, whatever else is said of them. */
const past: ReadonlySet<string | undefined> = new Set(['old', 'maiden']);
/** What is shown first; a use that nobody knows stands behind those that say how it is meant. */
const ranks: Readonly<Record<string, number>> = { official: 0, usual: 1, '': 2, temp: 3, nickname: 5, anonymous: 6 };
const unknownUse = 4;
/** Languages in which the family name comes first. */
const familyFirst: ReadonlySet<string> = new Set([
  'ja',
  'zh',
  'cmn',
  'yue',
  'wuu',
  'nan',
  'hak',
  'ko',
  'vi',
  'hu',
  'km',
]);
/** Scripts that are written by those languages alone. */
const familyFirstScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * A person's name in one line: never one that is old, a maiden name, over or not yet begun; the official one before the
 * usual one before one without use. Its `text` as it stands when there is one, else its parts in the order of its
 * language. undefined when the record holds no current name: a name that the person has given up is not said in its place.
 * @param options.at now
 * @param options.languages BCP 47, of the record and of those who read it: the first that is said counts
 * @see https://hl7.org/fhir/R4/datatypes.html#HumanName
 */
export function sayName(names: readonly PersonName[], options: NameOptions): string | undefined {
  return currentName(names, options)?.line;
}

/** By what a person's name is put in order: the family name, then the given ones. */
export type NameOrder = readonly [family: string, given: string];

/** The same of the name that `sayName` says; of one whose family name is not told apart the whole line. undefined: there is no current name. */
export function nameOrder(names: readonly PersonName[], options: NameOptions): NameOrder | undefined {
  const current = currentName(names, options);
  if (current === undefined) return undefined;
  const { family, given } = current.name;
  return family === undefined ? [current.line, ''] : [family.trim(), given.join(' ').trim()];
}

interface NameOptions {
  readonly at: Date;
  readonly languages: readonly (string | undefined)[];
}

function currentName(names: readonly PersonName[], { at, languages }: NameOptions) {
  const current = names
    .filter(({ use }) => !past.has(use))
    .filter((name) => isCurrent(name, at.getTime()))
    .map((name) => ({
      name,
      line: lineOf(name, languages),
      rank: ranks[name.use ?? ''] ?? unknownUse,
      start: name.start,
    }))
    .filter(({ line }) => line !== '');
  const best = Math.min(...current.map(({ rank }) => rank));
  const alike = current.filter(({ rank }) => rank === best);
  // of two that are both in use, the one that is said to have begun last
  const newest = alike.reduce<(typeof alike)[number] | undefined>(
    (chosen, entry) => (chosen === undefined || begins(entry.start) > begins(chosen.start) ? entry : chosen),
    undefined,
  );
  return newest;
}

function lineOf(name: PersonName, languages: readonly (string | undefined)[]): string {
  const text = name.text?.trim() ?? '';
  if (text !== '') return text;
  const family = name.family === undefined ? [] : [name.family];
  const middle = isFamilyFirst(name, languages) ? [...family, ...name.given] : [...name.given, ...family];
  const parts = [...name.prefix, ...middle, ...name.suffix].map((part) => part.trim());
  return parts.filter((part) => part !== '').join(' ');
}

function isFamilyFirst(name: PersonName, languages: readonly (string | undefined)[]): boolean {
  if (name.first !== undefined) return name.first === 'family';
  if (name.language !== undefined) return hasFamilyFirst(name.language);
  // how it is written says more of a name than the language of the record that it stands in
  if (familyFirstScript.test([name.family, ...name.given].join())) return true;
  const language = languages.find((language) => language !== undefined);
  return language !== undefined && hasFamilyFirst(language);
}

function hasFamilyFirst(language: string): boolean {
  return familyFirst.has(language.toLowerCase().replace(/[-_].*/, ''));
}

const hour = 3_600_000;
/** A day without zone begins first, and ends last, at the two ends of the map: a name counts while it may be in use. */
const earliestDay = 14 * hour;
const latestDay = 12 * hour;

function isCurrent({ start, end }: PersonName, now: number): boolean {
  return begins(start) <= now && (spanOf(end)?.to ?? Number.POSITIVE_INFINITY) > now;
}

/** Milliseconds; a start that is not said, or no time, was always. */
function begins(start: string | undefined): number {
  return spanOf(start)?.from ?? Number.NEGATIVE_INFINITY;
}

/**
 * In milliseconds, from when to when it may be what is said: a year, month or day anywhere on earth, a time at that moment. undefined
 * for what is not said, or no time.
 */
function spanOf(said: string | undefined): { readonly from: number; readonly to: number } | undefined {
  if (said === undefined) return undefined;
  const days = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(said);
  if (days === null) {
    const at = momentSaid(said, 'UTC');
    return Number.isNaN(at) ? undefined : { from: at, to: at };
  }
  const [, year, month, day] = days;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const to = month === undefined ? Date.UTC(y + 1, 0) : day === undefined ? Date.UTC(y, m + 1) : Date.UTC(y, m, d + 1);
  return { from: Date.UTC(y, m, d) - earliestDay, to: to + latestDay };
}
