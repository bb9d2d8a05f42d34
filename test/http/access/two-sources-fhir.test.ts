import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isSearchableType, searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { includesOf, revincludesOf, storedTypes } from '../../../src/http/fhir/parse-include.ts';
import type { Answer } from '../open-doors.ts';
import { type OpenWorld, openWorld } from './open-world.ts';

let of: OpenWorld;
beforeAll(async () => {
  of = await openWorld();
}, 60_000);
afterAll(() => of.doors.close());

const bundle = z.looseObject({
  total: z.number().optional(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
  entry: z
    .array(z.looseObject({ resource: z.looseObject({ resourceType: z.string(), id: z.string().optional() }) }))
    .default([]),
});
const entriesOf = ({ status, body, text }: Answer): string[] => {
  if (status !== 200) throw new Error(`no searchset: ${status} ${text}`);
  return bundle
    .parse(body)
    .entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`)
    .filter((name) => !/^(Questionnaire|PlanDefinition|ActivityDefinition|OperationOutcome)\//.test(name));
};
const escaped = (value: string) => encodeURIComponent(value.replace(/[\\,$]/g, (found) => `\\${found}`));

describe('the FHIR endpoint', () => {
  it('reads nothing of the others’, and says no more than of what never was', async () => {
    for (const { type, id } of of.its.resources) {
      const answer = await of.expectAsUnknown((text) => of.asB('GET', `/fhir/north/${type}/${text}`), id);
      expect(answer.status).toBe(404);
    }
    for (const type of storedTypes) {
      const id = of.its.resources.find((resource) => resource.type === type)?.id ?? '';
      const at = (text: string) => `/fhir/north/${type}/${text}`;
      const headers = { 'if-none-match': 'W/"1"' };
      expect((await of.expectAsUnknown((text) => of.asB('GET', at(text), { headers }), id)).status).toBe(404);
      const head = await of.asB('HEAD', at(id));
      expect([head.status, head.headers.get('etag')]).toEqual([404, null]);
    }
    const [own] = of.its.resources.filter(({ owner }) => owner === 'source:a');
    expect((await of.asA('GET', `/fhir/north/${own?.type}/${own?.id}`)).status).toBe(200);
  }, 60_000);

  it.each(storedTypes)(
    'finds no %s of theirs by any value that theirs are found by',
    async (type) => {
      const values = (await of.its.searchValues()).filter((searchValue) => searchValue.type === type);
      const tried = new Set(values.map(({ param }) => param));
      // `encounter` of a Flag and what nothing of theirs has are missing
      expect(tried.size).toBeGreaterThan(3);
      for (const { param, value, isDate, mine } of values) {
        const query = `${param}=${escaped(value)}&_count=200`;
        const answer = await of.asB('GET', `/fhir/north/${type}?${query}&_total=accurate`);
        const found = entriesOf(answer);
        if (isDate) expect(found.filter((name) => !of.its.ofB.has(name))).toEqual([]);
        else expect(found.sort()).toEqual([...mine].sort());
        expect(bundle.parse(answer.body).total).toBe(found.length);
        of.expectNothingOfOthers(answer, [value, ...value.split(/[|/]/)]);
        const count = await of.asB('GET', `/fhir/north/${type}?${param}=${escaped(value)}&_summary=count`);
        expect(bundle.parse(count.body).total).toBe(found.length);
      }
      // and what A asks the same way it finds
      let found = 0;
      for (const { param, value } of values.filter((value) => value.owner === 'source:a' && !value.isDate)) {
        if (found > 0) break;
        found = entriesOf(await of.asA('GET', `/fhir/north/${type}?${param}=${escaped(value)}`)).length;
      }
      expect(found).toBeGreaterThan(0);
    },
    60_000,
  );

  it.each(storedTypes)(
    'finds no %s by id, by what is missing or is not, in any order, by GET or POST',
    async (type) => {
      const theirs = of.its.resources.filter((resource) => resource.type === type).map(({ id }) => id);
      expect(theirs.length).toBeGreaterThan(0);
      const at = `/fhir/north/${type}`;
      const search = async (query: string, sent: readonly string[] = []) => {
        const raw = new URLSearchParams(query);
        for (const answer of [await of.asB('GET', `${at}?${query}`), await of.asB('POST', `${at}/_search`, { raw })]) {
          const found = entriesOf(answer);
          expect(found.filter((name) => !of.its.ofB.has(name))).toEqual([]);
          of.expectNothingOfOthers(answer, sent);
          const { total } = bundle.parse(answer.body);
          if (total !== undefined && !query.includes('count')) expect(total).toBe(found.length);
        }
      };
      await search(`_id=${theirs.join(',')}&_total=accurate`, theirs);
      for (const id of theirs.slice(0, 5)) await search(`_id=${id}`, [id]);
      const orders = searchParameters[type]
        .filter((searchParameter) => searchParameter.type === 'date')
        .map(({ name }) => name);
      for (const order of ['_lastUpdated', '-_lastUpdated', ...orders, ...orders.map((order) => `-${order}`)]) {
        const query = `_sort=${order}&_count=200&_total=accurate`;
        const answer = await of.asB('GET', `${at}?${query}`);
        if (answer.status === 200) await search(query);
      }
      for (const { name } of searchParameters[type]) {
        await search(`${name}:missing=true&_count=200`);
        await search(`${name}:missing=false&_count=200`);
      }
      for (const id of theirs.slice(0, 3)) await search(`identifier:not=${id}&_count=200`, [id]);
      await search(`_lastUpdated=gt2020-01-01&_count=200&_total=accurate`);
      for (const mode of ['true', 'text', 'data']) await search(`_summary=${mode}&_count=200`);
    },
    60_000,
  );

  it.each(storedTypes)('brings nothing of theirs along with B’s own %s', async (type) => {
    let brought = 0;
    for (const name of ['_include', '_revinclude'] as const) {
      for (const rule of name === '_include' ? includesOf(type) : revincludesOf(type)) {
        const answer = await of.asB('GET', `/fhir/north/${type}?_count=200&${name}=${rule}`);
        const found = entriesOf(answer);
        brought += found.length;
        expect(found.filter((text) => !of.its.ofB.has(text))).toEqual([]);
        of.expectNothingOfOthers(answer);
      }
    }
    if (type !== 'Flag' && type !== 'DocumentReference') expect(brought).toBeGreaterThan(0);
  });

  it.each(storedTypes)('goes on from A’s cursors with B’s own %s', async (type) => {
    let cursors = 0;
    const orders = searchParameters[type]
      .filter((searchParameter) => searchParameter.type === 'date')
      .map(({ name }) => name);
    for (const order of ['', '&_sort=-_lastUpdated', ...orders.slice(0, 2).map((order) => `&_sort=${order}`)]) {
      let at: string | undefined = `/fhir/north/${type}?_count=4${order}`;
      for (let page = 0; at !== undefined && page < 8; page += 1) {
        const theirs = await of.asA('GET', at);
        if (theirs.status !== 200) break;
        const next = bundle.parse(theirs.body).link.find(({ relation }) => relation === 'next')?.url;
        at = next?.replace(/^https?:\/\/[^/]+/, '');
        if (at === undefined) break;
        const mine = await of.asB('GET', at);
        expect(entriesOf(mine).filter((name) => !of.its.ofB.has(name))).toEqual([]);
        of.expectNothingOfOthers(mine);
        cursors += 1;
      }
    }
    if (!['Flag', 'Goal', 'CarePlan'].includes(type)) expect(cursors).toBeGreaterThan(0);
  });

  it('has every type that is searched in these tests', () => {
    const others = ['Questionnaire', 'PlanDefinition', 'ActivityDefinition'];
    expect([...storedTypes, ...others].sort()).toEqual(Object.keys(searchParameters).filter(isSearchableType).sort());
  });
});
