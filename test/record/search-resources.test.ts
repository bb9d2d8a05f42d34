import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResource } from '../../src/record/store/read-resource.ts';
import type { DatePrefix, SearchCriteria, SearchCriterion } from '../../src/record/store/search-criteria.ts';
import { searchResources } from '../../src/record/store/search-resources.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
let planId: string;
beforeAll(async () => {
  test = await openTestRecord();
  const { state } = await createPlan(test.record, 'north', sarahsPlan);
  planId = state.plan.id;
  const assignmentId = state.assignments.find(({ key }) => key === '1')?.id ?? '';
  for (const { key, ...log } of sarahsLogs.slice(0, 3)) {
    test.setTime(new Date(Date.parse(log.performedAt) + 1).toISOString());
    await logHomework(test.record, 'north', { ...log, assignmentId });
  }
  await createPlan(test.record, 'north', {
    ...sarahsPlan,
    patientId: 'ada',
    sourceId: 'ada',
    period: { start: '2026-03-01' },
  });
}, 30_000);
afterAll(() => test.close());

const search = (type: string, part: Partial<SearchCriteria> = {}) =>
  searchResources(test.record, 'north', {
    type,
    filters: [],
    count: 200,
    include: [],
    revinclude: [],
    summaryCount: false,
    ...part,
  });
const found = async (type: string, param: string, ...anyOf: SearchCriterion[]) =>
  (await search(type, { filters: [{ param, anyOf }] })).matches.length;
const value = (
  text: string,
  match: 'exact' | 'prefix' | 'contains' | 'code-only' | 'system-only' = 'exact',
): SearchCriterion => ({ type: 'value', value: text, match });

describe('searchResources', () => {
  it('matches tokens whole, by code alone and by system alone; several values of one parameter are alternatives', async () => {
    const measure = 'https://intersession.dev/fhir/CodeSystem/measure';
    expect(await found('Observation', 'code', value(`${measure}|suds-peak`))).toBe(3);
    expect(await found('Observation', 'code', value('suds-peak', 'code-only'))).toBe(3);
    expect(await found('Observation', 'code', value('other|suds-peak'))).toBe(0);
    expect(await found('Observation', 'code', value('suds-peak', 'code-only'), value('suds-after', 'code-only'))).toBe(
      6,
    );
    // five of each log, and how often she censored herself
    expect(await found('Observation', 'code', value(measure, 'system-only'))).toBe(18);
  });

  it('wants every filter to hold, and can ask for what is not', async () => {
    const filters = [
      { param: 'patient', anyOf: [value('Patient/sarah')] },
      { param: 'part-of', anyOf: [{ type: 'missing', missing: true } as const] },
    ];
    expect((await search('Task', { filters })).matches).toHaveLength(6);
    expect(
      (await search('Task', { filters: [{ param: 'status', anyOf: [value('draft', 'code-only')], not: true }] }))
        .matches,
    ).toHaveLength(8);
    expect(await found('Task', 'part-of', { type: 'missing', missing: false })).toBe(5);
    expect((await search('Task', { filters: [{ param: 'status', anyOf: [] }] })).matches).toEqual([]);
  });

  it.each<[DatePrefix, string, number]>([
    ['eq', '2026-03-02', 1],
    ['ne', '2026-03-02', 2],
    ['gt', '2026-03-02', 2],
    ['ge', '2026-03-02', 3],
    ['lt', '2026-03-04', 1],
    ['le', '2026-03-04', 2],
    ['sa', '2026-03-04', 1],
    ['eb', '2026-03-04', 1],
    ['ap', '2026-03-04', 1],
  ])('finds points in time by %s', async (prefix, day, n) => {
    const range = { type: 'date', prefix, low: `${day}T00:00:00.000Z`, high: `${day}T23:59:59.999Z` } as const;
    expect(
      (await search('QuestionnaireResponse', { filters: [{ param: 'authored', anyOf: [range] }] })).matches,
    ).toHaveLength(n);
  });

  it.each<[DatePrefix, string, number]>([
    // Sarah's plan is from 1 March to 12 April, Ada's has no end
    ['eq', '2026-03-15', 0],
    ['ap', '2026-03-15', 2],
    ['gt', '2026-05-01', 1],
    ['lt', '2026-03-15', 2],
    ['sa', '2026-03-15', 0],
    ['eb', '2026-05-01', 1],
    ['ge', '2026-05-01', 1],
    ['le', '2026-02-01', 0],
  ])('finds periods, also open ones, by %s', async (prefix, day, n) => {
    expect(
      await found('CarePlan', 'date', {
        type: 'date',
        prefix,
        low: `${day}T00:00:00.000Z`,
        high: `${day}T23:59:59.999Z`,
      }),
    ).toBe(n);
  });

  it('pages by time of change and id without repeating or losing any, while others come in', async () => {
    for (const sort of ['_lastUpdated', '-_lastUpdated'] as const) {
      const before = (await search('Task', { sort })).matches.map(({ resource }) => resource.id);
      const seen: (string | undefined)[] = [];
      let cursor: string | undefined;
      do {
        const page = await search('Task', { sort, count: 4, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...page.matches.map(({ resource }) => resource.id));
        cursor = page.next;
        test.setTime(new Date(Date.parse('2026-03-10T00:00:00Z') + seen.length * 1000).toISOString());
        if (seen.length < 12)
          await createPlan(test.record, 'north', {
            ...sarahsPlan,
            patientId: 'new',
            sourceId: `${sort}${seen.length}`,
          });
      } while (cursor !== undefined && seen.length < 200);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => before.includes(id))).toEqual(before);
    }
    await expect(
      search('Task', { cursor: Buffer.from('["no time","x"]').toString('base64url') }),
    ).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('counts without listing, and beside a page', async () => {
    const filters = [{ param: 'patient', anyOf: [value('Patient/sarah')] }];
    expect(await search('Task', { filters, summaryCount: true })).toEqual({ matches: [], included: [], total: 10 });
    const page = await search('Task', { filters, count: 2, total: true });
    expect([page.matches.length, page.total]).toEqual([2, 10]);
  });

  it('brings along what the matches refer to, and what refers to them, each once', async () => {
    const filters = [
      { param: 'patient', anyOf: [value('Patient/sarah')] },
      { param: 'part-of', anyOf: [{ type: 'missing', missing: false } as const] },
    ];
    const parents = await search('Task', {
      filters,
      include: [{ type: 'Task', param: 'part-of', targetType: 'Task' }],
    });
    expect([parents.matches.length, parents.included.length]).toEqual([4, 2]);
    const back = await search('CarePlan', {
      ids: [planId],
      revinclude: [
        { type: 'QuestionnaireResponse', param: 'based-on' },
        { type: 'Observation', param: 'based-on' },
      ],
    });
    const types = back.included.map(({ resource }) => resource.resourceType);
    expect(types.filter((type) => type === 'QuestionnaireResponse')).toHaveLength(3);
    expect(types.filter((type) => type === 'Observation').length).toBeGreaterThanOrEqual(18);
    expect(back.matches).toHaveLength(1);
  });

  it('finds by id and by time of change', async () => {
    expect((await search('CarePlan', { ids: [planId, 'none'] })).matches).toHaveLength(1);
    const { lastUpdated, version, resource } = await readResource(test.record, 'north', {
      type: 'CarePlan',
      id: planId,
    });
    expect([resource.id, version]).toEqual([planId, version]);
    const at = { low: lastUpdated, high: lastUpdated };
    expect((await search('CarePlan', { ids: [planId], lastUpdated: [{ prefix: 'eq', ...at }] })).matches).toHaveLength(
      1,
    );
    expect((await search('CarePlan', { ids: [planId], lastUpdated: [{ prefix: 'gt', ...at }] })).matches).toEqual([]);
  });

  it('takes hostile text as text', async () => {
    const hostile = `'; drop table resource; --%_\\`;
    for (const match of ['exact', 'prefix', 'contains', 'code-only', 'system-only'] as const) {
      expect(await found('Task', hostile, value(hostile, match))).toBe(0);
      expect(await found('Task', 'status', value('%', match))).toBe(0);
    }
    expect((await search('Task', { ids: [hostile] })).matches).toEqual([]);
  });
});
