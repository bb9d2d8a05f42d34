import type { Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchValues } from '../../src/fhir/search/search-values.ts';
import { parseSearch } from '../../src/http/fhir/parse-search.ts';
import type { Database } from '../../src/record/database/database.ts';
import { anyDateCondition } from '../../src/record/store/date-sql.ts';
import { newStatement } from '../../src/record/store/statement.ts';
import { openTestDatabase } from '../record/open-test-database.ts';

/*
 * Every prefix against every kind of date, by the words of the specification taken as sets: time is the hours of February
 * to May 2026 here, and a range is the set of its hours. An open end takes all hours of that side along.
 * See https://hl7.org/fhir/R4/search.html#prefix
 */
const hourMs = 3_600_000;
const first = Date.parse('2026-02-01T00:00:00Z') / hourMs;
const last = Date.parse('2026-06-01T00:00:00Z') / hourMs - 1;
const all = Array.from({ length: last - first + 1 }, (_, n) => first + n);
type Hours = ReadonlySet<number>;

/** The hours from the one to the other moment, the other excluded; absent: an open end. */
function hours(from: string | undefined, until: string | undefined): Hours {
  const begin = from === undefined ? first : Date.parse(`${from}:00Z`) / hourMs;
  const end = until === undefined ? last + 1 : Date.parse(`${until}:00Z`) / hourMs;
  return new Set(all.filter((hour) => hour >= begin && hour < end));
}
const contains = (outer: Hours, inner: Hours): boolean => [...inner].every((hour) => outer.has(hour));
const overlap = (a: Hours, b: Hours): boolean => [...a].some((hour) => b.has(hour));
function above(range: Hours): Hours {
  const end = Math.max(...range);
  return new Set(all.filter((hour) => hour > end));
}
function below(range: Hours): Hours {
  const begin = Math.min(...range);
  return new Set(all.filter((hour) => hour < begin));
}

/** What the specification says of a resource's value and a searched one. */
const oracle: Readonly<Record<string, (value: Hours, searched: Hours) => boolean>> = {
  eq: (value, searched) => contains(searched, value),
  ne: (value, searched) => !contains(searched, value),
  gt: (value, searched) => overlap(above(searched), value),
  lt: (value, searched) => overlap(below(searched), value),
  ge: (value, searched) => overlap(above(searched), value) || contains(searched, value),
  le: (value, searched) => overlap(below(searched), value) || contains(searched, value),
  sa: (value, searched) => !overlap(searched, value) && contains(above(searched), value),
  eb: (value, searched) => !overlap(searched, value) && contains(below(searched), value),
};

const on = (value: string): Pick<Task, 'authoredOn'> => ({ authoredOn: value });
const during = (start?: string, end?: string): Pick<Task, 'executionPeriod'> => ({
  executionPeriod: { ...(start && { start }), ...(end && { end }) },
});
/** A Task with one date, and the hours that it covers. In UTC, so that a day begins when its hours do. */
const values: readonly (readonly [string, Partial<Task>, Hours])[] = [
  ['a day', on('2026-03-10'), hours('2026-03-10T00', '2026-03-11T00')],
  ['a month', on('2026-03'), hours('2026-03-01T00', '2026-04-01T00')],
  [
    'an hour of a dateTime with an offset',
    during('2026-03-10T05:00:00-05:00', '2026-03-10T05:59:59.999-05:00'),
    hours('2026-03-10T10', '2026-03-10T11'),
  ],
  [
    'a Period within a day',
    during('2026-03-10T08:00:00Z', '2026-03-10T11:59:59.999Z'),
    hours('2026-03-10T08', '2026-03-10T12'),
  ],
  ['a Period of one day', during('2026-03-10', '2026-03-10'), hours('2026-03-10T00', '2026-03-11T00')],
  ['a Period of days', during('2026-03-08', '2026-03-12'), hours('2026-03-08T00', '2026-03-13T00')],
  ['a Period that ends on the day', during('2026-03-05', '2026-03-10'), hours('2026-03-05T00', '2026-03-11T00')],
  ['a Period that begins on the day', during('2026-03-10', '2026-03-15'), hours('2026-03-10T00', '2026-03-16T00')],
  ['a Period before', during('2026-03-01', '2026-03-04'), hours('2026-03-01T00', '2026-03-05T00')],
  ['a Period after', during('2026-03-20', '2026-03-24'), hours('2026-03-20T00', '2026-03-25T00')],
  ['a Period without an end, begun before', during('2026-03-02'), hours('2026-03-02T00', undefined)],
  ['a Period without an end, begun on the day', during('2026-03-10'), hours('2026-03-10T00', undefined)],
  ['a Period without an end, begun after', during('2026-03-22'), hours('2026-03-22T00', undefined)],
  ['a Period without a beginning, ended before', during(undefined, '2026-03-04'), hours(undefined, '2026-03-05T00')],
  [
    'a Period without a beginning, ended on the day',
    during(undefined, '2026-03-10'),
    hours(undefined, '2026-03-11T00'),
  ],
  ['a Period without a beginning, ended after', during(undefined, '2026-03-22'), hours(undefined, '2026-03-23T00')],
];
const searches: readonly (readonly [string, Hours])[] = [
  ['2026-03-10', hours('2026-03-10T00', '2026-03-11T00')],
  ['2026-03', hours('2026-03-01T00', '2026-04-01T00')],
  ['2026-03-09', hours('2026-03-09T00', '2026-03-10T00')],
  ['2026-03-12', hours('2026-03-12T00', '2026-03-13T00')],
  ['2026-04', hours('2026-04-01T00', '2026-05-01T00')],
];

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const stored = values.map(([name, part]) => {
  const task: Task = { resourceType: 'Task', status: 'requested', intent: 'order', ...part };
  const found = searchValues(task, 'UTC').find(({ param, low }) => low !== undefined && param !== 'modified');
  return { name, low: found?.low, high: found?.high };
});

/** The values that a search finds, given so often: its own way is taken when it is given once. */
async function found(text: string, times: number): Promise<string[]> {
  const now = new Date('2026-03-20T00:00:00Z');
  const addresses = { bases: {}, timeZone: 'UTC', now };
  const { criteria } = parseSearch('Task', [['period', text]], addresses as never);
  const dates = criteria.filters.flatMap(({ anyOf }) => anyOf).filter(({ type }) => type === 'date');
  const statement = newStatement();
  const rows = statement.bind(JSON.stringify(stored));
  const condition = anyDateCondition(statement, Array.from({ length: times }, () => dates).flat() as never);
  const answer = await database.query<{ name: string }>(
    `select s.name from jsonb_to_recordset(${rows}::jsonb) as s(name text, low timestamptz, high timestamptz) where ${condition}`,
    statement.parameters,
  );
  return answer.rows.map(({ name }) => name).sort();
}

describe('a search by date', () => {
  const cases = Object.keys(oracle).flatMap((prefix) =>
    searches.map(([text, searched]) => [prefix, text, searched] as const),
  );

  it.each(cases)('%s%s finds what the specification says', async (prefix, text, searched) => {
    const meant = values
      .filter(([, , value]) => oracle[prefix]?.(value, searched))
      .map(([name]) => name)
      .sort();
    expect(await found(`${prefix}${text}`, 1)).toEqual(meant);
    expect(await found(`${prefix}${text}`, 2)).toEqual(meant);
  });

  it('means eq without a prefix, and ne all else', async () => {
    for (const [text] of searches) {
      const equal = await found(`eq${text}`, 1);
      expect(await found(text, 1)).toEqual(equal);
      expect([...equal, ...(await found(`ne${text}`, 1))].sort()).toEqual(values.map(([name]) => name).sort());
    }
  });

  it('is about so for ap: a tenth of the time since then to either side', async () => {
    // ten days ago, so a day to either side: the 9th to the 11th
    const near = hours('2026-03-09T00', '2026-03-12T00');
    const meant = values
      .filter(([, , value]) => overlap(near, value))
      .map(([name]) => name)
      .sort();
    expect(await found('ap2026-03-10', 1)).toEqual(meant);
    expect(await found('ap2026-03-10', 2)).toEqual(meant);
  });
});
