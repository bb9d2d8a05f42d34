import type { ReportContent } from '../../../homework/report/report-model.ts';
import { codePoint, hanFormOf, type SetLine, setLine } from './drawable-text.ts';
import { familyNames, type HanForm } from './fonts.ts';

/** What the template `report.typ` reads; all of it is data, none of it is markup. */
export interface SetReport {
  readonly title: string;
  readonly language: string;
  readonly region: string | null;
  readonly rtl: boolean;
  readonly paper: 'a4' | 'us-letter';
  readonly date: Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>;
  /** Families by form of Han, in the order in which letters are looked for. */
  readonly fonts: Readonly<Record<HanForm, readonly string[]>>;
  readonly headline: SetLine;
  readonly opening: readonly SetLine[];
  /** A sentence about the characters that no font draws; absent when there are none. */
  readonly missing: SetLine | null;
  readonly sections: readonly {
    readonly title: SetLine;
    readonly table: { readonly head: readonly SetLine[]; readonly rows: readonly (readonly SetLine[])[] } | null;
    readonly entries: readonly {
      readonly heading: SetLine | null;
      /** Neighbours of one direction are one list, with its marks at that side. */
      readonly lists: readonly (readonly [rtl: boolean, lines: readonly SetLine[]])[];
    }[];
  }[];
  readonly closing: readonly SetLine[];
  /** What it speaks of, as metadata of the file. */
  readonly keywords: readonly string[];
}

/** Countries that print on Letter. */
const letter = new Set(['US', 'CA', 'MX', 'PH', 'CO', 'CL', 'VE']);

/** A report, line by line, as the typesetter takes it. @param refused clusters that it could not draw */
export function setReport(
  content: ReportContent,
  patientName: string | undefined,
  refused: ReadonlySet<string>,
): SetReport {
  const { headline, title, period, sections, members, marker } = content;
  const missing = new Set<number>();
  const { language, region, rtl, han } = localeOf(content);
  const line = (text: string) => setLine(text, { han, missing, refused });
  // a heading that says nothing is none to who hears the report read
  const heading = (text: string) => line(/[^\s\p{Default_Ignorable_Code_Point}]/u.test(text) ? text : '–');
  const filled = (lines: readonly (string | undefined)[]) =>
    lines.filter((text) => text !== undefined && text !== '').map((text) => line(text ?? ''));
  const body = {
    headline: heading(headline),
    opening: filled([patientName, title, period]),
    sections: sections.map(({ title: of, table, entries }) => ({
      title: heading(of),
      table:
        table === undefined ? null : { head: table.head.map(line), rows: table.rows.map((cells) => cells.map(line)) },
      entries: entries.map((entry) => ({
        heading: entry.heading === undefined ? null : heading(entry.heading),
        lists: listsOf(entry.lines.map(line)),
      })),
    })),
    closing: filled([marker]),
    keywords: members.split(' ').filter((member) => member !== ''),
  };
  const at = new Date(content.date);
  return {
    ...body,
    title: `Homework between visits: ${title.toWellFormed().replace(/\p{Cc}+/gu, ' ')}`,
    ...{ language, region, rtl },
    paper: letter.has(region ?? '') ? 'us-letter' : 'a4',
    date: {
      ...{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() },
      ...{ hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() },
    },
    fonts: {
      ...{ simplified: familyNames('simplified'), traditional: familyNames('traditional') },
      ...{ japanese: familyNames('japanese'), korean: familyNames('korean') },
    },
    missing: missing.size === 0 ? null : line(missingSentence(missing)),
  };
}

function listsOf(lines: readonly SetLine[]): readonly (readonly [boolean, readonly SetLine[]])[] {
  const lists: [boolean, SetLine[]][] = [];
  for (const line of lines) {
    const last = lists.at(-1);
    if (last?.[0] === line.rtl) last[1].push(line);
    else lists.push([line.rtl, [line]]);
  }
  return lists;
}

/** Names each once; what is in it can be drawn. */
function missingSentence(missing: ReadonlySet<number>): string {
  const [first, ...more] = [...missing].sort((a, b) => a - b).map(codePoint);
  return more.length === 0
    ? `No font of this service draws the character ${first}: its number stands in its place, in brackets.`
    : `No font of this service draws the characters ${[first, ...more].join(', ')}: their numbers stand in their places, in brackets.`;
}

function localeOf(content: ReportContent): Pick<SetReport, 'language' | 'region' | 'rtl'> & { readonly han: HanForm } {
  const { language, region, script } = parseLocale(content.language);
  return {
    // the typesetter knows languages of two or three letters, and no regions by number (`es-419`)
    language: /^[a-z]{2,3}$/.test(language) ? language : 'en',
    region: /^[A-Z]{2}$/.test(region ?? '') ? (region ?? null) : null,
    rtl: ['ar', 'he', 'fa', 'ur', 'ps', 'yi', 'dv', 'sd', 'ug'].includes(language),
    han: hanOfLanguage(language, script, region) ?? hanFormOf(JSON.stringify(content)) ?? 'simplified',
  };
}

function hanOfLanguage(language: string, script: string | undefined, region: string | undefined): HanForm | undefined {
  if (language === 'ja') return 'japanese';
  if (language === 'ko') return 'korean';
  if (language !== 'zh' && language !== 'yue') return undefined;
  if (script !== undefined) return script === 'Hant' ? 'traditional' : 'simplified';
  return language === 'yue' || ['TW', 'HK', 'MO'].includes(region ?? '') ? 'traditional' : 'simplified';
}

function parseLocale(tag: string): Pick<Intl.Locale, 'language' | 'region' | 'script'> {
  try {
    return new Intl.Locale(tag);
  } catch {
    return new Intl.Locale('en');
  }
}
