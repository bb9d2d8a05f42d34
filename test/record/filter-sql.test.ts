import { describe, expect, it } from 'vitest';
import type { SearchCriteria, SearchFilter } from '../../src/record/store/search-criteria.ts';
import { searchConditions } from '../../src/record/store/search-sql.ts';
import { newStatement } from '../../src/record/store/statement.ts';

function sqlOf(filters: readonly SearchFilter[], ids?: readonly string[]) {
  const statement = newStatement();
  const criteria: SearchCriteria = {
    ...{ type: 'Task', filters, count: 50, include: [], revinclude: [], summaryCount: false },
    ...(ids === undefined ? {} : { ids }),
  };
  const sql = searchConditions(
    statement,
    { tenantId: 'north', owner: undefined, reader: 'nobody', safety: true },
    criteria,
  ).join(' and ');
  return {
    parameters: statement.parameters.length,
    subqueries: sql.split('from search_value').length - 1,
    size: sql.length,
  };
}
const code = (value: string, match: 'exact' | 'prefix' | 'contains' = 'exact') =>
  ({ type: 'value', value, match }) as const;
const day = (n: number) => {
  const at = new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString();
  return { type: 'date', prefix: 'ge', low: at, high: at } as const;
};
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe('the SQL of a search', () => {
  it.each([
    ['codes', (n: number) => [code(`c${n}`)]],
    ['starts of strings', (n: number) => [code(`c${n}`, 'prefix')]],
    ['days', (n: number) => [day(n)]],
  ])('walks the values of one parameter twice, however often it is given: %s', (_name, anyOf) => {
    for (const count of [2, 30, 200]) {
      expect(sqlOf(times(count, (n) => ({ param: 'x', anyOf: anyOf(n) }))).subqueries).toBe(2);
    }
  });

  it('grows with the filters, and not with a power of them', () => {
    const of = (count: number) => sqlOf(times(count, (n) => ({ param: 'x', anyOf: [code(`c${n}`)] })));
    const [few, many] = [of(20), of(200)];
    expect(many.size).toBeLessThan(few.size * 10.5);
    expect(many.parameters).toBeLessThan(few.parameters * 10);
  });

  it('takes as many alternatives as there are by one parameter, and the same filter twice once', () => {
    const alternatives = times(70_000, (n) => code(`c${n}`));
    expect(sqlOf([{ param: 'x', anyOf: alternatives }]).parameters).toBe(4);
    expect(sqlOf([{ param: 'x', anyOf: times(5_000, day) }]).parameters).toBe(5);
    expect(
      sqlOf(
        [],
        times(70_000, (n) => `id-${n}`),
      ).parameters,
    ).toBe(3);
    const same = { param: 'x', anyOf: [code('a')] };
    expect(sqlOf(times(100, () => same))).toEqual(sqlOf([same]));
  });

  it('puts all that must not be into one subquery, and all that may be missing into one each', () => {
    const not = times(50, (n) => ({ param: 'x', anyOf: [code(`c${n}`)], not: true }));
    expect(sqlOf(not).subqueries).toBe(1);
    const missing = times(50, () => ({ param: 'x', anyOf: [{ type: 'missing', missing: true } as const] }));
    expect(sqlOf(missing).subqueries).toBe(1);
  });
});
