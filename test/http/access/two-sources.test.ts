import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isSearchableType, searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { safetyRules } from '../../../src/homework/safety-signal.ts';
import { apiRoutes } from '../../../src/http/api/routes.ts';
import { includesOf, revincludesOf, storedTypes } from '../../../src/http/fhir/parse-include.ts';
import { type Answer, type Call, type Doors, openDoors } from '../open-doors.ts';
import { bodies } from './commands.ts';
import { others } from './others.ts';
import { fillWorld, markedAnswers, markedPlan, marks, patients, type World } from './two-systems.ts';

type Json = Record<string, unknown>;

let doors: Doors;
let world: World;
let its: Awaited<ReturnType<typeof others>>;
beforeAll(async () => {
  doors = await openDoors({ quota: { atOnce: 4, waiting: 32, perMinute: 1_000_000 } });
  world = await fillWorld(doors);
  its = await others(doors, 'source:b');
}, 60_000);
afterAll(() => doors.close());

/** An id of the same form that nothing has. */
const unknownLike = (id: string): string => {
  if (id.startsWith('patient-')) return 'patient-of-nobody';
  return /^(first|second)-/.test(id) ? `${id}-unused` : id.replace(/[0-9a-f]/g, 'e');
};

const asB = (method: string, path: string, call: Call = {}) =>
  doors.call(method, path, { ...call, token: world.tokens.b });
const asA = (method: string, path: string, call: Call = {}) =>
  doors.call(method, path, { ...call, token: world.tokens.a });

/** What only the others wrote: their marks, and the words of the safety rules that nothing of B's raised. */
const theirWords = [marks.a, marks.app, ...Object.values(safetyRules)];

/** The answer without what differs with every request, and with the id that was sent as `#`. */
function told(answer: Answer, sent: string) {
  const { status, headers, text } = answer;
  const shown = ['content-type', 'location', 'etag', 'last-modified', 'content-disposition', 'retry-after'];
  return {
    status,
    headers: shown.map((name) => `${name}: ${headers.get(name)?.replaceAll(sent, '#')}`),
    text: text.replaceAll(sent, '#').replace(/"requestId":"[^"]+"/, ''),
  };
}

/** Fails when an answer holds anything of the others', but for what B itself has named. */
function expectNothingOfOthers({ text, headers }: Answer, sent: readonly string[] = []): void {
  const whole = [text, ...headers.values()].join('\n');
  const named = [...its.namedByB, ...sent];
  expect(theirWords.filter((word) => whole.includes(word))).toEqual([]);
  const ids = its.ids.filter((id) => !named.some((one) => one.startsWith(id)));
  expect(ids.filter((id) => whole.includes(id))).toEqual([]);
}

/** The same request with another's id and with one of nobody's: nothing tells the one from the other. */
async function expectAsUnknown(ask: (id: string) => Promise<Answer>, id: string): Promise<Answer> {
  const [foreign, unknown] = [await ask(id), await ask(unknownLike(id))];
  expect(told(foreign, id)).toEqual(told(unknown, unknownLike(id)));
  expectNothingOfOthers(foreign, [id]);
  return foreign;
}

describe('every route of the API, with the id of what another made in its address', () => {
  it.each(apiRoutes.filter(({ path }) => path.includes('{')).map((route) => [`${route.method} ${route.path}`, route]))(
    '%s',
    async (_name, { method, path, operationId, body: schema }) => {
      const body = bodies[operationId];
      expect(body !== undefined).toBe(schema !== undefined);
      const before = await its.held();
      const places = its.placesOf(path);
      expect(places.length).toBeGreaterThan(0);
      for (const { at, id } of places) {
        const ask = (one: string) =>
          asB(method.toUpperCase(), `/api/v1${at.replaceAll(id, one)}`, body === undefined ? {} : { body });
        const { status } = await expectAsUnknown(ask, id);
        expect([403, 404]).toContain(status);
      }
      expect(await its.held()).toBe(before);
    },
  );
});

/** Where B names something inside a command, or asks for something: by the route's id, each `(id) => request`. */
type Ask = readonly [ids: () => readonly string[], ask: (id: string) => Promise<Answer>];
const post = (path: () => string, body: (id: string) => Json): Ask[1] => {
  return (id) => asB('POST', `/api/v1${path()}`, { body: body(id) });
};
const get = (path: (id: string) => string): Ask[1] => {
  return (id) => asB('GET', `/api/v1${path(id)}`);
};
const theirPatients = () => [patients.ofA, patients.ofApp];
const step = () => world.b.assignmentId('1');
const names = () => its.sourceIds;

const inside: Readonly<Record<string, readonly Ask[]>> = {
  createPlan: [
    [
      names,
      post(
        () => '/plans',
        (sourceId) => markedPlan('b', patients.both, { sourceId }),
      ),
    ],
    [
      () => its.idsOf('plan'),
      post(
        () => '/plans',
        (id) =>
          markedPlan('b', patients.both, {
            ...{
              addresses: [`CarePlan/${id}`, `Goal/${id}`],
              encounter: `Encounter/${id}`,
              author: `Practitioner/${id}`,
            },
            goals: [{ description: marks.b, ehrReference: `Goal/${id}` }],
          }),
      ),
    ],
  ],
  fileReport: [
    [
      names,
      post(
        () => `/plans/${world.b.planId}/reports`,
        (sourceId) => ({
          ...{ sourceId, from: '2026-03-01T15:02:00Z', to: '2026-03-10T15:00:00Z' },
        }),
      ),
    ],
  ],
  moveAssignment: [
    [
      names,
      post(
        () => `/assignments/${world.b.assignmentId('3')}/moves`,
        (sourceId) => ({
          ...{ event: 'decline', barrier: { sourceId, code: 'fear' } },
        }),
      ),
    ],
  ],
  logHomework: [
    [
      () => its.idsOf('occurrence'),
      post(
        () => `/assignments/${step()}/logs`,
        (occurrenceId) => ({ ...markedAnswers('b', false), occurrenceId }),
      ),
    ],
    [
      theirPatients,
      post(
        () => `/assignments/${step()}/logs`,
        (patientId) => ({ ...markedAnswers('b', false), patientId }),
      ),
    ],
  ],
  giveFeedback: [
    [
      () => its.idsOf('feedback'),
      post(
        () => `/assignments/${step()}/feedback`,
        (id) => ({ author: 'patient', text: marks.b, inResponseTo: id }),
      ),
    ],
  ],
  giveFeedbackOnLog: [
    [
      () => its.idsOf('feedback'),
      post(
        () => `/logs/${world.b.logId}/feedback`,
        (id) => ({ author: 'patient', text: marks.b, inResponseTo: id }),
      ),
    ],
  ],
  raiseSafetySignal: [
    [
      theirPatients,
      post(
        () => '/safety-signals',
        (patientId) => ({ patientId, rule: 'self-harm-thoughts' }),
      ),
    ],
  ],
  confirmMerge: [
    [
      theirPatients,
      post(
        () => `/merges/${patients.both}/confirm`,
        (survivorId) => ({
          ...{ survivorId, by: 'Practitioner/17', reason: 'twice' },
        }),
      ),
    ],
  ],
  listPlans: [
    [theirPatients, get((patientId) => `/plans?patientId=${patientId}`)],
    [() => its.idsOf('plan'), get((id) => `/plans?patientId=nobody&cursor=${cursorOf(id)}`)],
  ],
  listSafetySignals: [[theirPatients, get((patientId) => `/safety-signals?patientId=${patientId}`)]],
  listLedger: [
    [theirPatients, get((patientId) => `/ledger?patientId=${patientId}`)],
    [() => its.idsOf('plan'), get((planId) => `/ledger?planId=${planId}`)],
  ],
};
const cursorOf = (id: string): string => Buffer.from(JSON.stringify([id])).toString('base64url');
/** Routes in whose body, query or both nothing can be named but what their address names. */
const nothingInside = [
  ...['closePlan', 'excuseOccurrence', 'amendLog', 'completeLog', 'recordBarrier', 'recordPlanBarrier'],
  ...['talkOverBarrier', 'closeSafetySignal', 'retryLedger', 'confirmLedger', 'withdrawLedger'],
  ...['showLedgerCheck', 'startLedgerCheck'],
];

describe('every command and list, with the id of what another made inside', () => {
  it('has its requests here', () => {
    const known = apiRoutes.filter(({ body, query }) => body !== undefined || query !== undefined);
    expect([...Object.keys(inside), ...nothingInside].sort()).toEqual(known.map((one) => one.operationId).sort());
  });

  /** What was made by it is new each time. */
  const likeNew = ({ status, text, headers }: Answer, sent: string) => ({
    status,
    text: text.replaceAll(sent, '#').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid'),
    location: headers.get('location')?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid'),
  });

  it.each(Object.entries(inside))('%s', async (_operation, asks) => {
    const before = await its.held();
    for (const [ids, ask] of asks) {
      expect(ids().length).toBeGreaterThan(0);
      for (const id of ids()) {
        const foreign = await ask(id);
        const unknown = await ask(unknownLike(id));
        expect(likeNew(foreign, id)).toEqual(likeNew(unknown, unknownLike(id)));
        expectNothingOfOthers(foreign, [id]);
      }
    }
    expect(await its.held()).toBe(before);
  });
});

describe('every list of the API', () => {
  const lists = ['/plans', '/ledger', '/safety-signals'] as const;
  const filters: Readonly<Record<(typeof lists)[number], readonly string[]>> = {
    '/plans': [
      ...['', 'status=active', 'status=revoked', `patientId=${patients.both}`],
      `patientId=${patients.both}&status=active`,
    ],
    '/ledger': [
      ...['', 'state=pending', 'state=landed&state=pending', `patientId=${patients.both}`, 'artefact=safety'],
      ...['plan', 'assignment', 'log', 'measure', 'report'].map((artefact) => `artefact=${artefact}`),
    ],
    '/safety-signals': [...['', '&status=open', '&status=closed'].map((more) => `patientId=${patients.both}${more}`)],
  };
  const nextOf = z.looseObject({ next: z.string().optional() });

  it.each(lists)('%s holds what is B’s, page by page', async (list) => {
    for (const filter of filters[list]) {
      const answer = await asB('GET', `/api/v1${list}?${filter}`);
      expect(answer.status).toBe(200);
      expectNothingOfOthers(answer);
      if (list === '/safety-signals') expect(answer.body).toEqual({ signals: [] });
    }
  });

  it.each(['/plans', '/ledger'])('%s goes on from A’s cursors with what is B’s', async (list) => {
    let pages = 0;
    let at: string | undefined = `${list}?limit=${list === '/plans' ? 1 : 20}`;
    while (at !== undefined) {
      const theirs = await asA('GET', `/api/v1${at.replace('/api/v1', '')}`);
      expect(theirs.status).toBe(200);
      at = nextOf.parse(theirs.body).next;
      if (at === undefined) break;
      const mine = await asB('GET', `/api/v1${at.replace('/api/v1', '')}`);
      expect(mine.status).toBe(200);
      expectNothingOfOthers(mine);
      pages += 1;
    }
    expect(pages).toBeGreaterThan(1);
  });

  it('shows B its own plan without a trace of the others’', async () => {
    for (const planId of its.plansOfB()) {
      const answer = await asB('GET', `/api/v1/plans/${planId}`);
      expect(answer.status).toBe(200);
      expectNothingOfOthers(answer);
    }
  });
});

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
    for (const { type, id } of its.resources) {
      const answer = await expectAsUnknown((one) => asB('GET', `/fhir/north/${type}/${one}`), id);
      expect(answer.status).toBe(404);
    }
    for (const type of storedTypes) {
      const id = its.resources.find((one) => one.type === type)?.id ?? '';
      const at = (one: string) => `/fhir/north/${type}/${one}`;
      const headers = { 'if-none-match': 'W/"1"' };
      expect((await expectAsUnknown((one) => asB('GET', at(one), { headers }), id)).status).toBe(404);
      const head = await asB('HEAD', at(id));
      expect([head.status, head.headers.get('etag')]).toEqual([404, null]);
    }
    const [own] = its.resources.filter(({ owner }) => owner === 'source:a');
    expect((await asA('GET', `/fhir/north/${own?.type}/${own?.id}`)).status).toBe(200);
  }, 60_000);

  it.each(storedTypes)(
    'finds no %s of theirs by any value that theirs are found by',
    async (type) => {
      const values = (await its.searchValues()).filter((one) => one.type === type);
      const tried = new Set(values.map(({ param }) => param));
      // `encounter` of a Flag and what nothing of theirs has are missing
      expect(tried.size).toBeGreaterThan(3);
      for (const { param, value, isDate, mine } of values) {
        const query = `${param}=${escaped(value)}&_count=200`;
        const answer = await asB('GET', `/fhir/north/${type}?${query}&_total=accurate`);
        const found = entriesOf(answer);
        if (isDate) expect(found.filter((name) => !its.ofB.has(name))).toEqual([]);
        else expect(found.sort()).toEqual([...mine].sort());
        expect(bundle.parse(answer.body).total).toBe(found.length);
        expectNothingOfOthers(answer, [value, ...value.split(/[|/]/)]);
        const count = await asB('GET', `/fhir/north/${type}?${param}=${escaped(value)}&_summary=count`);
        expect(bundle.parse(count.body).total).toBe(found.length);
      }
      // and what A asks the same way it finds
      let found = 0;
      for (const { param, value } of values.filter((one) => one.owner === 'source:a' && !one.isDate)) {
        if (found > 0) break;
        found = entriesOf(await asA('GET', `/fhir/north/${type}?${param}=${escaped(value)}`)).length;
      }
      expect(found).toBeGreaterThan(0);
    },
    60_000,
  );

  it.each(storedTypes)(
    'finds no %s by id, by what is missing or is not, in any order, by GET or POST',
    async (type) => {
      const theirs = its.resources.filter((one) => one.type === type).map(({ id }) => id);
      expect(theirs.length).toBeGreaterThan(0);
      const of = `/fhir/north/${type}`;
      const search = async (query: string, sent: readonly string[] = []) => {
        const raw = new URLSearchParams(query);
        for (const answer of [await asB('GET', `${of}?${query}`), await asB('POST', `${of}/_search`, { raw })]) {
          const found = entriesOf(answer);
          expect(found.filter((name) => !its.ofB.has(name))).toEqual([]);
          expectNothingOfOthers(answer, sent);
          const { total } = bundle.parse(answer.body);
          if (total !== undefined && !query.includes('count')) expect(total).toBe(found.length);
        }
      };
      await search(`_id=${theirs.join(',')}&_total=accurate`, theirs);
      for (const id of theirs.slice(0, 5)) await search(`_id=${id}`, [id]);
      const orders = searchParameters[type].filter((one) => one.type === 'date').map(({ name }) => name);
      for (const order of ['_lastUpdated', '-_lastUpdated', ...orders, ...orders.map((one) => `-${one}`)]) {
        const query = `_sort=${order}&_count=200&_total=accurate`;
        const answer = await asB('GET', `${of}?${query}`);
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
        const answer = await asB('GET', `/fhir/north/${type}?_count=200&${name}=${rule}`);
        const found = entriesOf(answer);
        brought += found.length;
        expect(found.filter((one) => !its.ofB.has(one))).toEqual([]);
        expectNothingOfOthers(answer);
      }
    }
    if (type !== 'Flag' && type !== 'DocumentReference') expect(brought).toBeGreaterThan(0);
  });

  it.each(storedTypes)('goes on from A’s cursors with B’s own %s', async (type) => {
    let cursors = 0;
    const orders = searchParameters[type].filter((one) => one.type === 'date').map(({ name }) => name);
    for (const order of ['', '&_sort=-_lastUpdated', ...orders.slice(0, 2).map((one) => `&_sort=${one}`)]) {
      let at: string | undefined = `/fhir/north/${type}?_count=4${order}`;
      for (let page = 0; at !== undefined && page < 8; page += 1) {
        const theirs = await asA('GET', at);
        if (theirs.status !== 200) break;
        const next = bundle.parse(theirs.body).link.find(({ relation }) => relation === 'next')?.url;
        at = next?.replace(/^https?:\/\/[^/]+/, '');
        if (at === undefined) break;
        const mine = await asB('GET', at);
        expect(entriesOf(mine).filter((name) => !its.ofB.has(name))).toEqual([]);
        expectNothingOfOthers(mine);
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

describe('logs and metrics', () => {
  it('hold nothing that anyone wrote', async () => {
    const { text } = await doors.call('GET', '/metrics');
    for (const word of Object.values(marks)) {
      expect(text).not.toContain(word);
      expect(doors.log()).not.toContain(word);
    }
  });
});
