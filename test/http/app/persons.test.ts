import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appRoutes } from '../../../src/http/app/mount-app.ts';
import { actingAs } from '../../../src/record/actor.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { giveFeedback } from '../../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../../src/record/use-cases/log-homework.ts';
import { type App, clinician, coordinator, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';
import { noSight } from './no-sight.ts';

/** `/app/v1` takes no person from a body: who says so is who is signed in. */
const spoofed = 'Practitioner/spoofed';
const source = { clientId: 'product', name: 'Homework product (demo)' };
const told = { person: spoofed, source: { clientId: 'product', name: 'x' } };
/** Every name that a person goes by in a body of the API, and in answers. */
const names = ['by', 'author', 'actor', 'requester', 'saidBy', 'signedBy', 'closedBy', 'via', 'reportedBy', 'toldMove'];
const everyName: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(names.map((name) => [name, name === 'reportedBy' ? told : spoofed])),
  source: { type: 'practitioner', reference: spoofed },
};

let app: App;
let therapist: Tab;
let sarah: Tab;
let plan: ShownPlan;
beforeAll(async () => {
  app = await openApp({ tenant: { sources: [{ ...source, scopes: '' }] } });
  app.doors.test.setTime('2026-03-02T15:30:00.000Z');
  therapist = await app.signIn(clinician);
  sarah = await app.signIn(patient);
  plan = await assignPlan(app, therapist);
});
afterAll(() => app.close());

const at = (key: string) => `/assignments/${stepOf(plan, key).id}`;
const log = () => ({
  id: randomUUID(),
  performedAt: '2026-03-02T10:00:00-05:00',
  answers: { situation: 'x', 'belief-before': 50, 'suds-before': 40 },
});
const asked: readonly (readonly [string, () => Tab, () => string, () => object])[] = [
  ['barrier', () => sarah, () => `${at('1')}/barriers`, () => ({ code: 'fear' })],
  ['barrier of the plan', () => therapist, () => `/plans/${plan.plan.id}/barriers`, () => ({ code: 'no-time' })],
  ['feedback', () => therapist, () => `${at('1')}/feedback`, () => ({ text: 'Well done' })],
  ['move', () => therapist, () => `${at('2')}/moves`, () => ({ event: 'unlock', reason: 'She asked' })],
  ['decline', () => sarah, () => `${at('2')}/moves`, () => ({ event: 'decline', barrier: { code: 'fear' } })],
  ['withdrawal', () => therapist, () => `${at('3')}/moves`, () => ({ event: 'withdraw', reason: 'Too much' })],
  ['log', () => sarah, () => `${at('1')}/logs`, log],
  ['paper log', () => therapist, () => `${at('1')}/logs`, log],
  ['signal', () => therapist, () => '/safety-signals', () => ({ rule: 'other-concern' })],
];

/** The body with what it claims, in its barrier as well. */
function claiming(body: object, claimed: object): object {
  const inside = 'barrier' in body ? { barrier: { ...(body.barrier as object), ...claimed } } : {};
  return { ...body, ...('barrier' in body && Object.keys(claimed).length === 1 ? {} : claimed), ...inside };
}

describe('who is named in a body of the app', () => {
  it.each(asked)('is nobody in a %s: it is refused, or it is who is signed in', async (_what, tab, path, body) => {
    const taken: number[] = [];
    for (const claimed of [{}, ...Object.keys(everyName).map((name) => ({ [name]: everyName[name] })), everyName]) {
      const answer = await app.call(tab(), 'POST', `/app/v1${path()}`, claiming(body(), claimed));
      expect(answer.text).not.toContain(spoofed);
      taken.push(answer.status);
    }
    expect(taken.some((status) => status < 300)).toBe(true);
    for (const actor of [sarah, therapist])
      expect((await app.call(actor, 'GET', '/app/v1/patient')).text).not.toContain(spoofed);
    const { rows } = await app.doors.test.database.query<{ content: unknown }>(
      `select content from resource where content::text like '%spoofed%' or type = 'Provenance'`,
    );
    expect(rows).toEqual([]);
  });

  it('is in no field that a route reads, but for whom a list is about', () => {
    const routes = appRoutes(noSight);
    const fields = routes.flatMap(({ method, path, schemas }) =>
      schemas.flatMap((schema) =>
        referencesIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).map(
          (field) => `${method} ${path} ${field}`,
        ),
      ),
    );
    expect(fields.filter((field) => !/encounter$/.test(field)).sort()).toEqual([
      'get /roster team',
      'post /ledger/{artefact}/{id}/confirm reference',
      'post /roster/search team',
    ]);
  });

  it('is not in the journal either: it names the session', async () => {
    await app.call(therapist, 'POST', `/app/v1${at('1')}/feedback`, { text: 'Go on', author: spoofed });
    const { rows } = await app.doors.test.database.query<{ actor: string; signed_in: boolean }>(
      'select distinct actor, session is not null as signed_in from plan_change where plan_id = $1 order by actor',
      [plan.plan.id],
    );
    expect(rows).toEqual([
      { actor: 'user:Patient/sarah', signed_in: true },
      { actor: 'user:Practitioner/dr-okafor', signed_in: true },
    ]);
  });
});

describe('what a source system told', () => {
  it('is shown in the app with the system’s name, to both sides and on the roster, and never as entered in the app', async () => {
    const record = actingAs(app.doors.test.record, { type: 'source', clientId: 'product' });
    const author = 'Practitioner/dr-okafor';
    const made = await createPlan(record, 'north', {
      ...{ patientId: 'sarah', libraryPlan: 'social-anxiety-speaking-up|1.0.0', author },
    });
    const assignmentId = made.state.assignments[0]?.id ?? '';
    const of = { artefact: 'assignment', id: assignmentId } as const;
    await giveFeedback(record, 'north', { of, author, text: 'As I said' });
    const { log: sent } = await logHomework(record, 'north', {
      ...{
        assignmentId,
        performedAt: '2026-03-02T10:00:00-05:00',
        source: { type: 'practitioner', reference: author },
      },
      answers: { situation: 'x', 'belief-before': 50, 'suds-before': 40 },
    });
    const page = z.looseObject({
      plans: z.array(
        z.looseObject({ plan: z.looseObject({}), feedback: z.array(z.unknown()), logs: z.array(z.unknown()) }),
      ),
    });
    for (const tab of [sarah, therapist]) {
      const { plans } = page.parse((await app.call(tab, 'GET', '/app/v1/patient')).body);
      const theirs = plans.find(({ plan: listed }) => listed.reportedBy !== undefined);
      expect(theirs?.plan).toMatchObject({ reportedBy: { person: author, source } });
      expect(theirs?.feedback).toMatchObject([{ text: 'As I said', reportedBy: { person: author, source } }]);
      expect(theirs?.logs).toMatchObject([{ id: sent.id, reportedBy: { person: author, source } }]);
      const own = plans.find(({ plan: listed }) => listed.id === plan.plan.id);
      expect(own?.logs.length).toBeGreaterThan(0);
      expect(JSON.stringify(own)).not.toContain('reportedBy');
    }
    const roster = await app.call(await app.signIn(coordinator), 'GET', '/app/v1/roster');
    expect(roster.text).toContain('Okafor, as told by ');
    // a correction of the patient's own answers in the app is theirs; one that a clinician makes stays what was told
    const mine = await logHomework(record, 'north', {
      ...{ assignmentId, performedAt: '2026-03-02T10:10:00-05:00' },
      answers: { situation: 'y', 'belief-before': 50, 'suds-before': 40 },
    });
    const right = { answers: { situation: 'z', 'belief-before': 40, 'suds-before': 40 } };
    for (const [tab, id] of [
      [sarah, mine.log.id],
      [therapist, sent.id],
    ] as const)
      expect((await app.call(tab, 'PATCH', `/app/v1/logs/${id}`, right)).status).toBe(200);
    const { rows } = await app.doors.test.database.query<{ id: string; via: string | null }>(
      `select id, body->>'via' as via from log where id = any($1)`,
      [[mine.log.id, sent.id]],
    );
    expect(Object.fromEntries(rows.map(({ id, via }) => [id, via]))).toEqual({
      [mine.log.id]: null,
      [sent.id]: 'product',
    });
  });
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly pattern?: string;
}

/** Fields that take a reference into the EHR. */
function referencesIn(schema: unknown, path: readonly string[] = []): string[] {
  const { properties = {}, anyOf = [], oneOf = [], items, pattern = '' } = schema as Schema;
  const inside = [
    ...Object.entries(properties).flatMap(([key, property]) => referencesIn(property, [...path, key])),
    ...[...anyOf, ...oneOf, ...(items === undefined ? [] : [items])].flatMap((schema) => referencesIn(schema, path)),
  ];
  return [...new Set(/\[A-Z\]\[A-Za-z\]\+|Practitioner/.test(pattern) ? [path.join('.'), ...inside] : inside)];
}
