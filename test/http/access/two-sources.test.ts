import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiRoutes } from '../../../src/http/api/routes.ts';
import type { Answer } from '../open-doors.ts';
import { bodies } from './commands.ts';
import { type OpenWorld, openWorld, unknownLike } from './open-world.ts';
import { markedAnswers, markedPlan, marks, patients } from './two-systems.ts';

type Json = Record<string, unknown>;

let of: OpenWorld;
beforeAll(async () => {
  of = await openWorld();
}, 60_000);
afterAll(() => of.doors.close());

describe('every route of the API, with the id of what another made in its address', () => {
  it.each(apiRoutes.filter(({ path }) => path.includes('{')).map((route) => [`${route.method} ${route.path}`, route]))(
    '%s',
    async (_name, { method, path, operationId, body: schema }) => {
      const body = bodies[operationId];
      expect(body !== undefined).toBe(schema !== undefined);
      const before = await of.its.held();
      const places = of.its.placesOf(path);
      expect(places.length).toBeGreaterThan(0);
      for (const { at, id } of places) {
        const ask = (text: string) =>
          of.asB(method.toUpperCase(), `/api/v1${at.replaceAll(id, text)}`, body === undefined ? {} : { body });
        const { status } = await of.expectAsUnknown(ask, id);
        expect([403, 404]).toContain(status);
      }
      expect(await of.its.held()).toBe(before);
    },
  );
});

/** Where B names something inside a command, or asks for something: by the route's id, each `(id) => request`. */
type Ask = readonly [ids: () => readonly string[], ask: (id: string) => Promise<Answer>];
const post = (path: () => string, body: (id: string) => Json): Ask[1] => {
  return (id) => of.asB('POST', `/api/v1${path()}`, { body: body(id) });
};
const get = (path: (id: string) => string): Ask[1] => {
  return (id) => of.asB('GET', `/api/v1${path(id)}`);
};
const theirPatients = () => [patients.ofA, patients.ofApp];
const step = () => of.world.b.assignmentId('1');
const names = () => of.its.sourceIds;

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
      () => of.its.idsOf('plan'),
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
  changePlan: [
    [
      () => of.its.idsOf('plan'),
      (id) =>
        of.asB('PATCH', `/api/v1/plans/${of.world.b.planId}`, {
          body: { basedOn: 1, actor: 'Practitioner/17', goals: [{ id, description: marks.b }] },
        }),
    ],
  ],
  fileReport: [
    [
      names,
      post(
        () => `/plans/${of.world.b.planId}/reports`,
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
        () => `/assignments/${of.world.b.assignmentId('3')}/moves`,
        (sourceId) => ({
          ...{ event: 'decline', barrier: { sourceId, code: 'fear' } },
        }),
      ),
    ],
  ],
  logHomework: [
    [
      () => of.its.idsOf('occurrence'),
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
      () => of.its.idsOf('feedback'),
      post(
        () => `/assignments/${step()}/feedback`,
        (id) => ({ author: 'patient', text: marks.b, inResponseTo: id }),
      ),
    ],
  ],
  giveFeedbackOnLog: [
    [
      () => of.its.idsOf('feedback'),
      post(
        () => `/logs/${of.world.b.logId}/feedback`,
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
    [() => of.its.idsOf('plan'), get((id) => `/plans?patientId=nobody&cursor=${cursorOf(id)}`)],
  ],
  listSafetySignals: [[theirPatients, get((patientId) => `/safety-signals?patientId=${patientId}`)]],
  listLedger: [
    [theirPatients, get((patientId) => `/ledger?patientId=${patientId}`)],
    [() => of.its.idsOf('plan'), get((planId) => `/ledger?planId=${planId}`)],
  ],
};
const cursorOf = (id: string): string => Buffer.from(JSON.stringify([id])).toString('base64url');
/** Routes about the whole tenant, which are not for a source that is held to its own. */
const ofTheTenant = ['listMerges', 'confirmMerge', 'showLedgerCheck', 'startLedgerCheck'];
/** Routes in whose body, query or both nothing can be named but what their address names. */
const nothingInside = [
  ...['changeAssignment', 'makeSmallerStep', 'addAssignment'],
  ...['closePlan', 'excuseOccurrence', 'amendLog', 'completeLog', 'recordBarrier', 'recordPlanBarrier'],
  ...['talkOverBarrier', 'closeSafetySignal', 'retryLedger', 'confirmLedger', 'withdrawLedger'],
  // about the whole tenant: for who sees, or changes, all of it (reach.test.ts)
  ...['showLedgerCheck', 'startLedgerCheck'],
];

describe('every command and list, with the id of what another made inside', () => {
  it('has its requests here', () => {
    const known = apiRoutes.filter(({ body, query }) => body !== undefined || query !== undefined);
    expect(
      [...new Set([...Object.keys(inside), ...nothingInside, ...ofTheTenant])]
        .filter((text) => text !== 'listMerges')
        .sort(),
    ).toEqual(known.map((apiRoute) => apiRoute.operationId).sort());
  });

  /** What was made by it is new each time, and a report does not stand again for what the one before it told. */
  const likeNew = ({ status, text, headers }: Answer, sent: string) => ({
    status,
    text: text
      .replaceAll(sent, '#')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid')
      .replace(/"members":(\[[^\]]*\]|"[^"]*")/g, '"members":"told"'),
    location: headers.get('location')?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid'),
  });

  it.each(Object.entries(inside))('%s', async (_operation, asks) => {
    const before = await of.its.held();
    for (const [ids, ask] of asks) {
      expect(ids().length).toBeGreaterThan(0);
      for (const id of ids()) {
        const foreign = await ask(id);
        const unknown = await ask(unknownLike(id));
        expect(likeNew(foreign, id)).toEqual(likeNew(unknown, unknownLike(id)));
        of.expectNothingOfOthers(foreign, [id]);
      }
    }
    expect(await of.its.held()).toBe(before);
  });
});

it.each(ofTheTenant)('%s is refused, for it is about the whole tenant', async (operationId) => {
  const route = apiRoutes.find((apiRoute) => apiRoute.operationId === operationId);
  const body = bodies[operationId];
  const path = `/api/v1${route?.path.replace('{patientId}', patients.both)}`;
  const before = await of.its.held();
  const answer = await of.asB(route?.method.toUpperCase() ?? '', path, body === undefined ? {} : { body });
  expect([answer.status, (answer.body as Json).code]).toEqual([403, 'forbidden']);
  of.expectNothingOfOthers(answer);
  expect(await of.its.held()).toBe(before);
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
      const answer = await of.asB('GET', `/api/v1${list}?${filter}`);
      expect(answer.status).toBe(200);
      of.expectNothingOfOthers(answer);
      if (list === '/safety-signals') expect(answer.body).toEqual({ signals: [] });
    }
  });

  it.each(['/plans', '/ledger'])('%s goes on from A’s cursors with what is B’s', async (list) => {
    let pages = 0;
    let at: string | undefined = `${list}?limit=${list === '/plans' ? 1 : 20}`;
    while (at !== undefined) {
      const theirs = await of.asA('GET', `/api/v1${at.replace('/api/v1', '')}`);
      expect(theirs.status).toBe(200);
      at = nextOf.parse(theirs.body).next;
      if (at === undefined) break;
      const mine = await of.asB('GET', `/api/v1${at.replace('/api/v1', '')}`);
      expect(mine.status).toBe(200);
      of.expectNothingOfOthers(mine);
      pages += 1;
    }
    expect(pages).toBeGreaterThan(1);
  });

  it('shows B its own plan without a trace of the others’', async () => {
    for (const planId of of.its.plansOfB()) {
      const answer = await of.asB('GET', `/api/v1/plans/${planId}`);
      expect(answer.status).toBe(200);
      of.expectNothingOfOthers(answer);
    }
  });
});

describe('logs and metrics', () => {
  it('hold nothing that anyone wrote', async () => {
    const { text } = await of.doors.call('GET', '/metrics');
    for (const word of Object.values(marks)) {
      expect(text).not.toContain(word);
      expect(of.doors.log()).not.toContain(word);
    }
  });
});
