import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isSearchableType, type SearchableType, searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { isDefinitionType } from '../../../src/http/fhir/definitions.ts';
import { includesOf, isHeld, revincludesOf, storedTypes } from '../../../src/http/fhir/parse-include.ts';
import { type Doors, openDoors } from '../open-doors.ts';
import { sendAll } from './two-systems.ts';

let doors: Doors;
let full: string;
beforeAll(async () => {
  doors = await openDoors({ quota: { atOnce: 4, waiting: 32, perMinute: 1_000_000 } });
  full = await doors.token('north');
  // as the system that sees the whole tenant: the safety signals of its patients are in reach
  const patientId = 'patient-of-includes';
  const sent = await sendAll(doors, { of: 'a', token: await doors.token('north', undefined, 'a'), patientId });
  const body = { event: 'pause', reason: 'away' };
  await doors.call('POST', `/api/v1/assignments/${sent.assignmentId('1')}/moves`, { token: full, body });
}, 60_000);
afterAll(() => doors.close());

interface IncludeRow {
  readonly of: SearchableType;
  readonly name: '_include' | '_revinclude';
  /** `Task:focus`, and the same for each type that it may lead to: `Task:focus:Flag`. */
  readonly value: string;
  /** Types that may come along. */
  readonly brings: readonly string[];
}

const searchableTypes = Object.keys(searchParameters).filter(isSearchableType);

/** Every include that is offered of any type, with and without the type that it leads to. */
const rows: readonly IncludeRow[] = searchableTypes.flatMap((of) => [
  ...includesOf(of).flatMap((value): IncludeRow[] => {
    const targets = searchParameters[of].find(({ name }) => `${of}:${name}` === value)?.targets ?? [];
    const held = targets.filter(isHeld);
    return [
      { of, name: '_include', value, brings: held },
      ...targets.map((target): IncludeRow => {
        return { of, name: '_include', value: `${value}:${target}`, brings: held.filter((type) => type === target) };
      }),
    ];
  }),
  ...revincludesOf(of).flatMap((value): IncludeRow[] => {
    const brings = [value.slice(0, value.indexOf(':'))];
    return [
      { of, name: '_revinclude', value, brings },
      { of, name: '_revinclude', value: `${value}:${of}`, brings },
    ];
  }),
]);

const bundle = z.object({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.object({ resource: z.looseObject({ resourceType: z.string() }), search: z.object({ mode: z.string() }) }))
    .default([]),
});
const typesIn = (body: unknown): string[] => [
  ...new Set(bundle.parse(body).entry.map(({ resource }) => resource.resourceType)),
];
const rs = (types: readonly string[]): string => types.map((type) => `system/${type}.rs`).join(' ');
const ask = async (scope: string, { of, name, value }: Pick<IncludeRow, 'of' | 'name' | 'value'>) =>
  doors.call('GET', `/fhir/north/${of}?_count=200&${name}=${value}`, {
    token: await doors.token('north', scope),
    headers: { prefer: 'handling=strict' },
  });

describe('with the scope of the type that is searched and no other', () => {
  it.each(rows.map((row) => [`${row.of}?${row.name}=${row.value}`, row] as const))(
    '%s brings nothing of another type',
    async (_name, row) => {
      const foreign = row.brings.filter((type) => type !== row.of);
      const bare = await ask(rs([row.of]), row);
      expect(bare.status).toBe(foreign.length === 0 ? 200 : 403);
      if (bare.status === 200) expect(typesIn(bare.body).filter((type) => type !== row.of)).toEqual([]);
      // each of what may come along is needed, to be read and to be searched
      for (const missing of foreign) {
        const others = foreign.filter((type) => type !== missing);
        for (const half of ['', ` system/${missing}.r`, ` system/${missing}.s`, ` system/${missing}.cud`]) {
          const answer = await ask(rs([row.of, ...others]) + half, row);
          expect([half, answer.status, answer.text.includes('"Bundle"')]).toEqual([half, 403, false]);
        }
      }
      expect((await ask(rs([row.of, ...row.brings]), row)).status).toBe(200);
    },
  );

  it('is a table of something: with all scopes, of each type that can come along there is one', async () => {
    const came = new Set<string>();
    for (const row of rows) {
      const answer = await ask('system/*.rs', row);
      const included = bundle.parse(answer.body).entry.filter(({ search }) => search.mode === 'include');
      for (const { resource } of included) {
        expect([row.value, row.brings]).toEqual([row.value, expect.arrayContaining([resource.resourceType])]);
        came.add(resource.resourceType);
      }
    }
    expect([...storedTypes, 'Questionnaire'].filter((type) => !came.has(type))).toEqual([]);
    expect(rows.length).toBeGreaterThan(60);
  });
});

/** Ways round the table: asked along with what is allowed, in a form, all at once, on a second page. */
describe('a safety signal by way of its review Task, with system/Task.rs alone', () => {
  const flag = '_include=Task:focus:Flag';

  it.each([
    `Task?_include=Task:part-of&${flag}`,
    `Task?${flag}&_include=Task:part-of`,
    'Task?_include=Task:part-of,Task:focus:Flag',
    'Task?_include=*',
    'Task?_include=Task:*',
    'Task?_include:iterate=Task:focus:Flag',
    'Task?_include:recurse=Task:focus',
    'Task?_revinclude=Flag:author',
    'Task?focus:Flag.status=active',
    'Task?_has:Flag:author:status=active',
    'Task?code=safety-review',
  ])('%s', async (query) => {
    const token = await doors.token('north', 'system/Task.rs');
    for (const prefer of ['handling=strict', 'handling=lenient']) {
      const answer = await doors.call('GET', `/fhir/north/${query}`, { token, headers: { prefer } });
      if (answer.status === 200) {
        expect(typesIn(answer.body).filter((type) => type !== 'Task' && type !== 'OperationOutcome')).toEqual([]);
        expect(answer.text).not.toContain('"code":"safety-review"');
        expect(answer.text).not.toContain('"reference":"Flag/');
      } else expect([400, 403]).toContain(answer.status);
    }
  });

  it('not by a form, and not on the second page of somebody who may', async () => {
    const token = await doors.token('north', 'system/Task.rs');
    const form = new URLSearchParams({ _include: 'Task:focus:Flag' });
    expect((await doors.call('POST', '/fhir/north/Task/_search', { token, raw: form })).status).toBe(403);
    const first = await doors.call('GET', `/fhir/north/Task?_count=1&${flag}`, { token: full });
    const { link } = z.object({ link: z.array(z.object({ relation: z.string(), url: z.url() })) }).parse(first.body);
    const { search } = new URL(link.find(({ relation }) => relation === 'next')?.url ?? '');
    expect((await doors.call('GET', `/fhir/north/Task${search}`, { token: full })).status).toBe(200);
    expect((await doors.call('GET', `/fhir/north/Task${search}`, { token })).status).toBe(403);
  });
});

it('what is stored, and so needs a scope when it comes along, is every type that is searched but the definitions', () => {
  expect([...storedTypes].sort()).toEqual(searchableTypes.filter((type) => !isDefinitionType(type)).sort());
});
