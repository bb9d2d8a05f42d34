import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { needsPerson } from '../../src/homework/needs-person.ts';
import { openApi } from '../../src/http/api/openapi.ts';
import { apiRoutes } from '../../src/http/api/routes.ts';
import { type Answer, type Doors, openDoors } from './open-doors.ts';
import { logBody, type SentPlan, sendPlan } from './sarah.ts';

const name = 'Homework product (demo)';
const source = { clientId: 'product', name };
const okafor = 'Practitioner/dr-okafor';
let doors: Doors;
let token: string;
let plan: SentPlan;
beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
  plan = await sendPlan(doors, token);
  await at('2026-03-11T20:00:00.000Z');
});
afterAll(() => doors.close());

/** It is another time, in which the old token may have expired. */
async function at(instant: string): Promise<void> {
  doors.test.setTime(instant);
  token = await doors.token('north');
}
const send = (method: string, path: string, body?: unknown) =>
  doors.call(method, `/api/v1${path}`, { token, ...(body === undefined ? {} : { body }) });
const fhir = (path: string, scope?: string) =>
  (scope === undefined ? Promise.resolve(token) : doors.token('north', scope)).then((given) =>
    doors.call('GET', `/fhir/north/${path}`, { token: given, headers: { prefer: 'handling=strict' } }),
  );
const idOf = ({ body }: Answer) => z.looseObject({ id: z.string() }).parse(body).id;
const codeOf = ({ body }: Answer) => z.looseObject({ code: z.string() }).parse(body).code;
const bundle = z.looseObject({
  entry: z.array(z.looseObject({ resource: z.looseObject({ resourceType: z.string(), id: z.string() }) })).default([]),
});
const idsIn = ({ body }: Answer) => bundle.parse(body).entry.map(({ resource }) => resource.id);
const log = (sourceId: string, change: object) =>
  send('POST', `/assignments/${plan.assignmentId('1')}/logs`, { ...logBody('1.1'), sourceId, ...change });

/** Every way in which a source names a person, what it names, and where the answer must say who told it. */
const ways: readonly {
  readonly way: string;
  readonly person: string | undefined;
  readonly answer: () => Promise<Answer>;
  readonly told?: (body: Record<string, unknown>) => unknown;
}[] = [
  {
    way: 'the author of a plan',
    person: okafor,
    answer: () => send('GET', `/plans/${plan.planId}`),
    told: ({ plan: own }) => (own as Record<string, unknown>).reportedBy,
  },
  {
    way: 'who asked for an assignment',
    person: okafor,
    answer: () => send('GET', `/plans/${plan.planId}`),
    told: ({ assignments }) => (assignments as Record<string, unknown>[])[0]?.reportedBy,
  },
  { way: 'a log of the patient', person: 'patient', answer: () => log('w-1', { source: { type: 'patient' } }) },
  {
    way: 'a log by a clinician',
    person: 'Practitioner/17',
    answer: () => log('w-2', { source: { type: 'practitioner', reference: 'Practitioner/17' } }),
  },
  {
    way: 'a log by a relative',
    person: 'RelatedPerson/sister',
    answer: () => log('w-3', { source: { type: 'related-person', reference: 'RelatedPerson/sister' } }),
  },
  {
    way: 'a barrier of an assignment',
    person: 'PractitionerRole/nurse-4',
    answer: () =>
      send('POST', `/assignments/${plan.assignmentId('1')}/barriers`, {
        code: 'fear',
        saidBy: 'PractitionerRole/nurse-4',
      }),
  },
  {
    way: 'a barrier of the plan, by default',
    person: 'patient',
    answer: () => send('POST', `/plans/${plan.planId}/barriers`, { code: 'no-time' }),
  },
  {
    way: 'feedback as the clinician',
    person: okafor,
    answer: () =>
      send('POST', `/assignments/${plan.assignmentId('1')}/feedback`, { author: okafor, text: 'Well done' }),
  },
  {
    way: 'a draft of a report',
    person: okafor,
    answer: () => send('POST', `/plans/${plan.planId}/reports`, { author: okafor }),
  },
  {
    way: 'a report in nobody’s name',
    person: undefined,
    answer: () =>
      send('POST', `/plans/${plan.planId}/reports`, { from: '2026-03-02T00:00:00Z', to: '2026-03-04T00:00:00Z' }),
  },
  {
    way: 'a worry in a clinician’s name',
    person: okafor,
    answer: () => send('POST', '/safety-signals', { patientId: 'sarah', rule: 'other-concern', by: okafor }),
    told: ({ evidence }) => (evidence as Record<string, unknown>[]).at(-1)?.reportedBy,
  },
  {
    way: 'a worry of its own',
    person: undefined,
    answer: () => send('POST', '/safety-signals', { patientId: 'sarah', rule: 'harm-by-others' }),
    told: ({ evidence }) => (evidence as Record<string, unknown>[]).at(-1)?.reportedBy,
  },
  {
    way: 'who talked a barrier over',
    person: 'Practitioner/23',
    answer: async () => {
      const said = await send('POST', `/assignments/${plan.assignmentId('1')}/barriers`, { code: 'too-hard' });
      return send('POST', `/barriers/${idOf(said)}/talked-over`, { actor: 'Practitioner/23' });
    },
    told: ({ talkedOver }) => (talkedOver as Record<string, unknown>).reportedBy,
  },
  {
    way: 'a barrier that was talked over, by nobody it names',
    person: undefined,
    answer: async () => {
      const said = await send('POST', `/assignments/${plan.assignmentId('1')}/barriers`, { code: 'forgot' });
      return send('POST', `/barriers/${idOf(said)}/talked-over`, {});
    },
    told: ({ talkedOver }) => (talkedOver as Record<string, unknown>).reportedBy,
  },
  {
    way: 'a move that somebody decided',
    person: 'Practitioner/23',
    answer: () =>
      send('POST', `/assignments/${plan.assignmentId('4c')}/moves`, {
        ...{ event: 'withdraw', actor: 'Practitioner/23', reason: 'Too much at once' },
      }),
    told: ({ reportedMove }) => (reportedMove as Record<string, unknown>).reportedBy,
  },
  {
    way: 'a change of a step',
    person: 'Practitioner/23',
    answer: () =>
      send('PATCH', `/assignments/${plan.assignmentId('4b')}`, {
        ...{ basedOn: 1, actor: 'Practitioner/23', title: 'Say one thing' },
      }),
    told: ({ changes }) => (changes as Record<string, unknown>[]).at(-1)?.reportedBy,
  },
  {
    way: 'a smaller step',
    person: 'Practitioner/23',
    answer: () =>
      send('POST', `/assignments/${plan.assignmentId('4b')}/smaller`, {
        ...{ basedOn: 2, actor: 'Practitioner/23', reason: 'Too much at once' },
        smaller: { title: 'Say it to one', schedule: { type: 'once-within', days: 3 } },
      }),
  },
  {
    way: 'another step',
    person: 'PractitionerRole/nurse-4',
    answer: () =>
      send('POST', `/plans/${plan.planId}/assignments`, {
        ...{ key: '9', kind: 'self-monitoring', title: 'Notice it', requester: 'PractitionerRole/nurse-4' },
        ...{ schedule: { type: 'once-within', days: 3 }, unlock: { type: 'by-clinician' } },
      }),
    told: ({ assignments }) => (assignments as Record<string, unknown>[]).find(({ key }) => key === '9')?.reportedBy,
  },
  {
    way: 'other words of the plan',
    person: okafor,
    answer: () => send('PATCH', `/plans/${plan.planId}`, { basedOn: 1, actor: okafor, title: 'Speaking up at work' }),
    told: ({ plan: own }) => ((own as Record<string, unknown>).changes as Record<string, unknown>[]).at(-1)?.reportedBy,
  },
];

describe('a person whom a source system names', () => {
  it.each(ways)('$way: is told by that system, and by nobody who is signed in', async ({ person, answer, told }) => {
    const answered = await answer();
    expect([200, 201]).toContain(answered.status);
    const body = z.record(z.string(), z.unknown()).parse(answered.body);
    const reportedBy = told === undefined ? body.reportedBy : told(body);
    expect(reportedBy).toEqual({ ...(person === undefined ? {} : { person }), source });
    // what a page or a program would take for something that the person did has the system's name beside it
    expect(answered.text).not.toContain('"via"');
  });

  it('closes no signal, unlocks nothing and accepts nothing, whoever it is and however it is asked', async () => {
    const raised = await send('POST', '/safety-signals', { patientId: 'sarah', rule: 'not-safe-now', by: okafor });
    const before = await send('GET', `/plans/${plan.planId}`);
    for (const by of [okafor, 'PractitionerRole/nurse-4', 'RelatedPerson/sister']) {
      const asked: [string, object][] = [
        [`/safety-signals/${idOf(raised)}/close`, { by, reason: 'Talked on the phone' }],
        [`/assignments/${plan.assignmentId('2')}/moves`, { event: 'unlock', actor: by, reason: 'She asked' }],
        [`/assignments/${plan.assignmentId('1')}/moves`, { event: 'accept-as-done', actor: by, reason: 'Enough' }],
      ];
      for (const [path, body] of asked) {
        const refused = await send('POST', path, body);
        expect([path, refused.status, codeOf(refused)]).toEqual([path, 403, 'person-needed']);
      }
    }
    expect((await send('GET', `/plans/${plan.planId}`)).text).toBe(before.text);
    const still = await send('GET', '/safety-signals?patientId=sarah&status=open');
    expect(still.text).toContain(idOf(raised));
  });

  it('stays what was told when another door changes nothing of it: the journal says which client', async () => {
    const { rows } = await doors.test.database.query<{ actor: string }>(
      'select distinct actor from plan_change where plan_id = $1',
      [plan.planId],
    );
    expect(rows).toEqual([{ actor: 'source:product' }]);
  });
});

describe('Provenance at our endpoint', () => {
  const author = (reference: string) => ({
    type: { coding: [{ code: 'author' }] },
    who: { reference },
    onBehalfOf: { display: 'north clinic' },
  });
  const assembler = {
    type: { coding: [{ code: 'assembler' }] },
    who: {
      ...{ type: 'Device', display: name },
      identifier: { system: 'https://intersession.dev/id/source', value: 'product' },
    },
    onBehalfOf: { display: 'north clinic' },
  };

  it('names the person as stated and the system that told it, also where a Communication goes to the EHR', async () => {
    const about = `/assignments/${plan.assignmentId('1')}/feedback`;
    const id = idOf(await send('POST', about, { author: 'Practitioner/31', text: 'Go on' }));
    const read = await fhir(`Provenance/${id}.told`);
    expect(read.body).toMatchObject({
      target: [{ reference: expect.stringContaining(`Communication/${id}`) }],
      recorded: '2026-03-11T20:00:00.000Z',
      activity: { coding: [{ code: 'CREATE' }] },
      agent: [author('https://ehr.example/fhir/Practitioner/31'), assembler],
    });
    expect((await fhir(`Communication/${id}`)).body).toMatchObject({
      sender: { display: `Clinician, as told by ${name}` },
    });
    const { rows } = await doors.test.database.query("select from ledger where resource_type = 'Provenance'", []);
    expect(rows).toEqual([]);
  });

  it('says the same of what a log was changed to, and of a move', async () => {
    const id = idOf(await log('p-1', { source: { type: 'practitioner', reference: 'Practitioner/40' } }));
    expect((await fhir(`QuestionnaireResponse/${id}`)).body).toMatchObject({
      author: { display: `Clinician, as told by ${name}` },
      source: { reference: expect.stringContaining('Patient/sarah') },
    });
    await at('2026-03-11T20:05:00.000Z');
    await send('PATCH', `/logs/${id}`, { answers: { situation: 'Tuesday', 'belief-before': 80, 'belief-after': 80 } });
    expect((await fhir(`Provenance/${id}.told`)).body).toMatchObject({
      recorded: '2026-03-11T20:05:00.000Z',
      activity: { coding: [{ code: 'UPDATE' }] },
    });
    const step = plan.assignmentId('4b');
    await send('POST', `/assignments/${step}/moves`, {
      event: 'withdraw',
      actor: 'Practitioner/41',
      reason: 'Not now',
    });
    expect((await fhir(`Provenance/${step}.moved`)).body).toMatchObject({
      activity: { coding: [{ code: 'UPDATE' }] },
      agent: [author('https://ehr.example/fhir/Practitioner/41'), assembler],
    });
  });

  it('is found by what it tells of, when, in whose name, by its id and time of change', async () => {
    const id = idOf(await log('p-2', { source: { type: 'practitioner', reference: 'Practitioner/55' } }));
    for (const query of [
      `target=QuestionnaireResponse/${id}`,
      'agent=Practitioner/55',
      `recorded=ge2026-03-11&agent=Practitioner/55`,
      `_id=${id}.told`,
      `_lastUpdated=ge2026-03-11&target=QuestionnaireResponse/${id}`,
      `patient=sarah&agent=Practitioner/55&_sort=-recorded`,
    ])
      expect([query, idsIn(await fhir(`Provenance?${query}`))]).toEqual([query, [`${id}.told`]]);
    expect(idsIn(await fhir('Provenance?agent=Practitioner/56'))).toEqual([]);
    const along = await fhir(`QuestionnaireResponse?_id=${id}&_revinclude=Provenance:target`);
    expect(idsIn(along)).toEqual([id, `${id}.told`]);
    const statement = await doors.call('GET', '/fhir/north/metadata', { headers: { accept: 'application/fhir+json' } });
    expect(statement.text).toContain('homework-provenance');
  });

  it('is told only to who may read what it tells of', async () => {
    const id = idOf(await log('p-3', { source: { type: 'practitioner', reference: 'Practitioner/60' } }));
    const found = (scope: string) => fhir('Provenance?agent=Practitioner/60', scope).then(idsIn);
    expect(await found('system/Provenance.rs')).toEqual([]);
    expect(await found('system/Provenance.rs system/Task.rs')).toEqual([]);
    expect(await found('system/Provenance.rs system/QuestionnaireResponse.rs')).toEqual([`${id}.told`]);
    const read = (scope: string) => fhir(`Provenance/${id}.told`, scope).then(({ status }) => status);
    expect(await read('system/Provenance.r system/Task.r')).toBe(404);
    expect(await read('system/Provenance.r system/QuestionnaireResponse.r')).toBe(200);
    expect(await read('system/QuestionnaireResponse.r')).toBe(403);
    const tasks = await fhir('Provenance?_summary=count', 'system/Provenance.rs system/Task.rs');
    const all = await fhir('Provenance?_summary=count');
    const total = (answer: Answer) => z.looseObject({ total: z.number() }).parse(answer.body).total;
    expect(total(tasks)).toBeGreaterThan(0);
    expect(total(tasks)).toBeLessThan(total(all));
  });

  it('of a worry names each who told it, with the log that it rests on', async () => {
    await at('2026-03-11T20:10:00.000Z');
    const sent = await log('p-4', {
      ...{ performedAt: '2026-03-11T15:30:00-04:00', answers: { situation: 'x', 'self-harm-thoughts': true } },
    });
    expect(sent.status).toBe(201);
    const signals = await send('GET', '/safety-signals?patientId=sarah');
    const shape = z.looseObject({ signals: z.array(z.looseObject({ id: z.string(), rule: z.string() })) });
    const signal = shape.parse(signals.body).signals.find(({ rule }) => rule === 'self-harm-thoughts');
    expect((await fhir(`Provenance/${signal?.id}.told-1`)).body).toMatchObject({
      agent: [{ who: { reference: expect.stringContaining('Patient/sarah') } }, assembler],
      entity: [{ role: 'source', what: { reference: expect.stringContaining(`QuestionnaireResponse/${idOf(sent)}`) } }],
    });
    const note = z.looseObject({
      content: z.array(z.looseObject({ attachment: z.looseObject({ data: z.string() }) })),
    });
    const { content } = note.parse((await fhir(`DocumentReference/${signal?.id}.note`)).body);
    const text = Buffer.from(content[0]?.attachment.data ?? '', 'base64').toString('utf8');
    expect(text).toContain(`by the patient, as told by ${name}`);
  });
});

/** Fields of request bodies that name a person, and how each is answered; a new one must be added here, with a way above. */
const known = new Set([
  ...['createPlan author', 'createPlan assignments.requester', 'logHomework source.reference'],
  ...['moveAssignment actor', 'moveAssignment barrier.saidBy', 'recordBarrier saidBy', 'recordPlanBarrier saidBy'],
  ...['giveFeedback author', 'giveFeedbackOnLog author', 'fileReport author', 'raiseSafetySignal by'],
  ...['closeSafetySignal by', 'confirmMerge by', 'confirmLedger by', 'retryLedger by', 'withdrawLedger by'],
  ...['changePlan actor', 'changeAssignment actor', 'makeSmallerStep actor', 'addAssignment requester'],
  ...['startLedgerCheck by', 'talkOverBarrier actor'],
]);
/** References in bodies that name things. */
const things = /\b(encounter|addresses|reasons|ehrReference|measure|questionnaire)\b|confirmLedger reference/;

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
}

describe('the API', () => {
  const document = openApi({ publicUrl: 'https://x.example', sandbox: false }) as unknown as {
    readonly paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>;
    readonly components: { readonly schemas: Record<string, Schema> };
  };
  const body = z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) });

  /** Paths of all fields of a schema that take a reference into the EHR. */
  function references(schema: Schema, path: readonly string[]): string[] {
    if (schema.$ref !== undefined) {
      const own = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
      return own === undefined ? [] : references(own, path);
    }
    const inside = [
      ...Object.entries(schema.properties ?? {}).flatMap(([key, property]) => references(property, [...path, key])),
      ...[schema.items].flatMap((entry) => (entry === undefined ? [] : references(entry, path))),
      ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((list = []) =>
        list.flatMap((schema) => references(schema, path)),
      ),
    ];
    const takes = /Practitioner|RelatedPerson|\[A-Z\]\[A-Za-z\]\+\\?\//.test(schema.pattern ?? '');
    return takes ? [path.join('.'), ...inside] : inside;
  }

  it('has no field that names a person of which it is not known how it is answered', () => {
    const found = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ operationId, requestBody }) => {
        const content = body.safeParse(requestBody);
        if (!content.success) return [];
        return Object.values(content.data.content).flatMap(({ schema }) =>
          references(schema as Schema, []).map((path) => `${operationId} ${path}`),
        );
      }),
    );
    const people = [...new Set(found)].filter((text) => !things.test(text));
    expect(people.sort()).toEqual([...known].sort());
  });

  it('makes no change that is not in the table of what needs a person', () => {
    const writes = apiRoutes.filter(({ method }) => method !== 'get').map(({ operationId }) => operationId);
    const acts = Object.keys(needsPerson);
    const missing = writes.filter((text) => text !== 'moveAssignment' && !acts.includes(text));
    expect(missing).toEqual([]);
    // a signature is no request of its own: it comes with a report, in the app alone
    const further = acts.filter((act) => !act.startsWith('move ') && !writes.includes(act));
    expect(further).toEqual(['signReport']);
  });
});
