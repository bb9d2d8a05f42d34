import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { partsOfView } from '../../../src/http/access/limit-answer.ts';
import { shownBy } from '../../../src/http/access/shown-by.ts';
import { apiRoutes } from '../../../src/http/api/routes.ts';
import { includesOf, revincludesOf, storedTypes } from '../../../src/http/fhir/parse-include.ts';
import { type Answer, type Doors, openDoors } from '../open-doors.ts';
import { bodies } from './commands.ts';
import { markedAnswers, markedPlan, marks, type Sent, sendAll } from './two-systems.ts';

type StoredType = (typeof storedTypes)[number];
type Json = Record<string, unknown>;

let doors: Doors;
let full: string;
/** With everything in it, of one patient. */
let world: Sent;
beforeAll(async () => {
  doors = await openDoors({ quota: { atOnce: 4, waiting: 32, perMinute: 1_000_000 } });
  full = await doors.token('north', undefined, 'a');
  world = await sendAll(doors, { of: 'a', token: full, patientId: 'patient-of-world' });
}, 60_000);
afterAll(() => doors.close());

const actions = ['c', 'r', 'u', 'd', 's'] as const;
const allTypes = Object.keys(searchParameters);
/** Every scope but those; each type by its own name, for `*` stands for all of them. */
const allBut = (missing: readonly string[]): string =>
  allTypes
    .map((type) => [type, actions.filter((action) => !missing.includes(`${type}.${action}`)).join('')])
    .filter(([, left]) => left !== '')
    .map(([type, left]) => `system/${type}.${left}`)
    .join(' ');
const scopesOf = (needs: readonly string[]): string => needs.map((text) => `system/${text}`).join(' ');
const token = (scope: string) => doors.token('north', scope, 'a');

/** What each type alone says, in a plan of A's. */
const contents: Readonly<Record<StoredType, readonly string[]>> = {
  CarePlan: [`${marks.a} plan`, `${marks.a} in short`],
  Goal: [`${marks.a} goal`],
  Task: [`${marks.a} step`, `${marks.a} do`, `${marks.a} because`, `${marks.a} meeting`, `${marks.a} next meetings`],
  QuestionnaireResponse: [`${marks.a} room`],
  Observation: [`${marks.a} barrier`],
  Communication: [`${marks.a} feedback`],
  DocumentReference: ['Homework between visits'],
  Flag: ['Thoughts of harming oneself'],
  Provenance: ['"resourceType":"Provenance"'],
};
const foundIn = ({ text, headers }: Pick<Answer, 'text' | 'headers'>, types: readonly StoredType[]) => {
  const whole = [text, ...headers.values()].join('\n');
  return types.flatMap((type) =>
    contents[type].filter((text) => whole.includes(text)).map((text) => `${type}: ${text}`),
  );
};
/** A report is one text about all the rest, and is shown by its own type alone. */
const withoutReports = (answer: Answer): Pick<Answer, 'text' | 'headers'> => {
  const { reports: _texts, ...rest } = (answer.body ?? {}) as Json;
  return { text: JSON.stringify(rest), headers: answer.headers };
};

const problem = z.looseObject({ code: z.string() });
const unknown = '0d0f7f2c-6f4e-4c55-8f0e-6a3f5f3b9a11';
const addressOf = (path: string) => `/api/v1${path.replace('{artefact}', 'plan').replace(/\{\w+\}/g, unknown)}`;

describe('every route of the API', () => {
  it.each(apiRoutes.map((route) => [`${route.method} ${route.path}`, route]))(
    '%s is refused without each scope that it needs, and with them alone is not',
    async (_name, { method, path, operationId, needs }) => {
      const body = bodies[operationId];
      const ask = (bearer: string) =>
        doors.call(method.toUpperCase(), addressOf(path), { token: bearer, ...(body === undefined ? {} : { body }) });
      for (const need of needs) {
        const others = needs.filter((entry) => entry !== need);
        // a scope for every type is none without its `*`
        const left = need.startsWith('*') ? allBut([]) : allBut([need]);
        for (const scope of [left, ...(others.length === 0 ? [] : [scopesOf(others)])]) {
          const answer = await ask(await token(scope));
          expect([need, answer.status, problem.parse(answer.body).code]).toEqual([need, 403, 'forbidden']);
          expect(answer.text).toContain(`system/${need}`);
        }
      }
      // what needs none is asked with any token
      const answer = await ask(await token(needs.length === 0 ? 'system/Goal.d' : scopesOf(needs)));
      const refused = answer.status === 403 ? problem.parse(answer.body).code : undefined;
      // a signed-in person, or a registration for the tenant, is another matter than a scope
      if (refused === 'forbidden') expect(answer.text).toContain('registration');
      else expect([undefined, 'person-needed']).toContain(refused);
    },
  );
});

describe.each(storedTypes)('the FHIR endpoint and %s', (type) => {
  const at = `/fhir/north/${type}`;

  it('is read with r and searched with s, and by nothing else', async () => {
    const { rows } = await doors.test.database.query<{ id: string }>(
      // what tells of a patient's danger needs Flag's as well
      `select id from resource where type = $1 and (artefact = 'safety') = (type = 'Flag')`,
      [type],
    );
    const id = rows[0]?.id;
    expect(id).toBeDefined();
    const ask = async (bearer: string) => [
      (await doors.call('GET', `${at}/${id}`, { token: bearer })).status,
      (await doors.call('GET', `${at}?_count=1`, { token: bearer })).status,
      (await doors.call('POST', `${at}/_search`, { token: bearer, raw: new URLSearchParams() })).status,
    ];
    expect(await ask(await token(allBut([])))).toEqual([200, 200, 200]);
    // who told something is told to who may read that
    const others = type === 'Provenance' ? storedTypes.filter((storedType) => storedType !== type) : [];
    // the report that was sent names an open safety signal
    const targets = type === 'DocumentReference' ? ['Flag'] : others;
    const base = targets.map((target) => `system/${target}.r`).join(' ');
    for (const action of actions) {
      const may = { r: action === 'r' ? 200 : 403, s: action === 's' ? 200 : 403 };
      expect([action, await ask(await token(`${base} system/${type}.${action}`.trim()))]).toEqual([
        action,
        [may.r, may.s, may.s],
      ]);
      const less = { r: action === 'r' ? 403 : 200, s: action === 's' ? 403 : 200 };
      expect([action, await ask(await token(allBut([`${type}.${action}`])))]).toEqual([
        ...[action, [less.r, less.s, less.s]],
      ]);
    }
  });

  it('comes along with others only with both', async () => {
    const rules = storedTypes.flatMap((of) => [
      ...includesOf(of)
        .filter((rule) => {
          const parameter = searchParameters[of].find(({ name }) => `${of}:${name}` === rule);
          return parameter?.targets?.includes(type) === true;
        })
        .map((rule) => [of, '_include', rule] as const),
      ...revincludesOf(of)
        .filter((rule) => rule.startsWith(`${type}:`))
        .map((rule) => [of, '_revinclude', rule] as const),
    ]);
    expect(rules.length).toBeGreaterThan(0);
    for (const action of ['r', 's'] as const) {
      const bearer = await token(allBut([`${type}.${action}`]));
      for (const [of, name, rule] of rules) {
        const answer = await doors.call('GET', `/fhir/north/${of}?${name}=${rule}`, { token: bearer });
        expect([rule, answer.status]).toEqual([rule, 403]);
      }
    }
  });

  it('is in no resource of another type', async () => {
    const bearer = await token(allBut([`${type}.r`, `${type}.s`]));
    for (const other of storedTypes.filter((storedType) => storedType !== type)) {
      const answer = await doors.call('GET', `/fhir/north/${other}?_count=200`, { token: bearer });
      expect(answer.status).toBe(200);
      // a plan names its steps and its goals, and a report is a text about all of it
      if (other === 'DocumentReference' || (other === 'CarePlan' && (type === 'Task' || type === 'Goal'))) continue;
      expect([other, foundIn(answer, [type])]).toEqual([other, []]);
    }
  });
});

interface Step {
  readonly operationId: string;
  readonly path: string;
  readonly body?: Json;
  /** What it answers who may ask; default 200. */
  readonly status?: number;
}

/** Every command of the API on one plan, in an order in which each is taken; what has a name is sent twice. */
function steps(sent: Sent, name: string): Step[] {
  const { planId, logId, draftId, barrierId, patientId, occurrenceId } = sent;
  const step = `/assignments/${sent.assignmentId('1')}`;
  const twice = (operationId: string, path: string, body: Json): Step[] =>
    [201, 200].map((status) => ({ operationId, path, body: { sourceId: `${name}-${operationId}`, ...body }, status }));
  return [
    ...twice('createPlan', '/plans', markedPlan('a', patientId)),
    ...twice('logHomework', `${step}/logs`, markedAnswers('a', true)),
    { operationId: 'amendLog', path: `/logs/${logId}`, body: { withheld: [] } },
    { operationId: 'completeLog', path: `/logs/${draftId}/complete`, body: {} },
    ...twice('recordBarrier', `${step}/barriers`, { code: 'fear', text: `${marks.a} barrier` }),
    ...twice('recordPlanBarrier', `/plans/${planId}/barriers`, { code: 'fear', text: `${marks.a} barrier` }),
    { operationId: 'talkOverBarrier', path: `/barriers/${barrierId}/talked-over`, body: {} },
    ...twice('giveFeedback', `${step}/feedback`, { author: 'patient', text: `${marks.a} feedback` }),
    ...twice('giveFeedbackOnLog', `/logs/${logId}/feedback`, { author: 'patient', text: `${marks.a} feedback` }),
    ...twice('fileReport', `/plans/${planId}/reports`, { from: '2026-02-27T15:00:00Z', to: '2026-03-01T15:00:00Z' }),
    { operationId: 'getReportPdf', path: `/reports/${sent.reportId}/pdf` },
    ...twice('raiseSafetySignal', '/safety-signals', { patientId, rule: 'self-harm-thoughts' }),
    { operationId: 'excuseOccurrence', path: `/occurrences/${occurrenceId}/excuse`, body: { reason: 'was ill' } },
    { operationId: 'retractLog', path: `/logs/${logId}` },
    {
      operationId: 'moveAssignment',
      path: `/assignments/${sent.assignmentId('2')}/moves`,
      // the words with which a step was declined are a barrier, and that step’s reason as well
      body: { event: 'decline', barrier: { code: 'fear', text: `${marks.a} no thanks` } },
    },
    {
      operationId: 'changePlan',
      path: `/plans/${planId}`,
      body: { basedOn: 1, actor: 'Practitioner/17', title: `${marks.a} plan` },
    },
    {
      operationId: 'addAssignment',
      path: `/plans/${planId}/assignments`,
      body: {
        ...{ key: 'x', kind: 'self-monitoring', title: `${marks.a} another`, unlock: { type: 'by-clinician' } },
        schedule: { type: 'once-within', days: 3 },
      },
      status: 201,
    },
    { operationId: 'startSession', path: `/assignments/${sent.assignmentId('4')}/sessions`, status: 201 },
    {
      operationId: 'changeAssignment',
      path: step,
      body: { basedOn: 1, actor: 'Practitioner/17', instructions: `${marks.a} instructions` },
    },
    {
      operationId: 'makeSmallerStep',
      path: `${step}/smaller`,
      body: {
        ...{ basedOn: 2, actor: 'Practitioner/17', reason: `${marks.a} too hard` },
        smaller: { title: `${marks.a} smaller`, schedule: { type: 'once-within', days: 3 } },
      },
      status: 201,
    },
    { operationId: 'getPlan', path: `/plans/${planId}` },
    { operationId: 'listPlans', path: `/plans?patientId=${patientId}` },
    { operationId: 'listSafetySignals', path: `/safety-signals?patientId=${patientId}` },
    { operationId: 'showTenant', path: '/tenant' },
    { operationId: 'listKinds', path: '/kinds' },
    { operationId: 'listLibraryPlans', path: '/library-plans' },
    { operationId: 'closePlan', path: `/plans/${planId}/close`, body: { status: 'revoked', reason: 'no more' } },
  ];
}
/** Tried below by themselves: they need a scope for every type, a person, or a registration for the tenant. */
const apart = ['listLedger', 'showLedger', 'retryLedger', 'confirmLedger', 'withdrawLedger', 'listMerges'].concat([
  ...['confirmMerge', 'closeSafetySignal', 'showLedgerCheck', 'startLedgerCheck'],
]);
const routeOf = (operationId: string) => {
  const found = apiRoutes.find((apiRoute) => apiRoute.operationId === operationId);
  if (found === undefined) throw new TypeError(`no route ${operationId}`);
  return found;
};
const run = ({ operationId, path, body }: Step, bearer: string) =>
  doors.call(routeOf(operationId).method.toUpperCase(), `/api/v1${path}`, {
    ...{ token: bearer },
    ...(body === undefined ? {} : { body }),
  });

describe('an answer', () => {
  it('of every route is tried here', () => {
    const tried = [...new Set([...steps(world, '').map((step) => step.operationId), ...apart])].sort();
    expect(tried, 'a new route is a line of `steps`, above').toEqual(
      apiRoutes.map(({ operationId }) => operationId).sort(),
    );
  });

  const named: Readonly<Record<string, string>> = { plan: 'CarePlan', goals: 'Goal' };
  const hiddenIn = z.looseObject({ hidden: z.array(z.string()).default([]) });

  it.each(storedTypes)('holds nothing of %s without its r, and names what is left out', async (type) => {
    const sent = await sendAll(doors, { of: 'a', token: full, patientId: `patient-without-${type}` });
    const missing = type === 'Flag' ? ['Flag.r', 'Flag.s'] : [`${type}.r`];
    const bearer = await token(allBut(missing));
    for (const step of steps(sent, `without-${type}`)) {
      const { needs, shows } = routeOf(step.operationId);
      const answer = await run(step, bearer);
      const may = !needs.some((need) => missing.includes(need));
      // the report that was sent names an open safety signal
      const known = type === 'Flag' && step.operationId === 'getReportPdf' ? 404 : (step.status ?? 200);
      const expected = may ? known : 403;
      expect([step.operationId, answer.status, answer.status === expected ? '' : answer.text]).toEqual([
        ...[step.operationId, expected, ''],
      ]);
      // plans are listed to who may search them
      if (step.operationId === 'listPlans' && type === 'CarePlan') continue;
      // but in what is filed now nobody reads of a danger who may not see it
      const isReport = shows === 'report' && type !== 'Flag' && type !== 'DocumentReference';
      const told = type === 'DocumentReference' || shows === 'report' ? answer : withoutReports(answer);
      if (!isReport) expect([step.operationId, foundIn(told, [type])]).toEqual([step.operationId, []]);
      if (shows === 'plan-view' && may) {
        const parts = Object.entries(partsOfView).filter(([, part]) => shownBy[part] === type);
        const own = Object.keys(named).filter((name) => named[name] === type);
        expect(hiddenIn.parse(answer.body).hidden).toEqual([...own, ...parts.map(([name]) => name)]);
        for (const name of parts.map(([part]) => part)) expect(answer.body).not.toHaveProperty(name);
        expect(landingsOf(answer).filter(({ resourceType, artefact }) => tells(type, resourceType, artefact))).toEqual(
          [],
        );
        expect(landingsOf(answer).length).toBeGreaterThan(0);
      }
    }
  });

  it('with no more than its route needs is an id', async () => {
    const sent = await sendAll(doors, { of: 'a', token: full, patientId: 'patient-of-least' });
    for (const step of steps(sent, 'least')) {
      const { needs } = routeOf(step.operationId);
      const answer = await run(step, await token(needs.length === 0 ? 'system/Goal.d' : scopesOf(needs)));
      const expected = step.operationId === 'getReportPdf' ? 404 : (step.status ?? 200);
      expect([step.operationId, answer.status]).toEqual([step.operationId, expected]);
      const unread = storedTypes.filter((type) => !needs.some((need) => [`${type}.r`, `${type}.s`].includes(need)));
      if (step.operationId !== 'getReportPdf') {
        expect([step.operationId, foundIn(answer, unread)]).toEqual([step.operationId, []]);
      }
      if (
        needs.length > 0 &&
        needs.every((need) => !/\.[rs]$/.test(need)) &&
        routeOf(step.operationId).shows !== 'plan-view'
      ) {
        expect(Object.keys(answer.body as Json)).toEqual(['id']);
      }
    }
  });

  const landings = z.looseObject({
    landings: z.array(z.looseObject({ resourceType: z.string(), artefact: z.string() })),
  });
  const landingsOf = ({ body }: Answer) => landings.parse(body).landings;
  const tells = (type: StoredType, resourceType: string, artefact: string): boolean =>
    resourceType === type || (type === 'Flag' && artefact === 'safety');

  it.each(['retry', 'withdraw'])('of the ledger’s %s is the row only for who may read its type', async (verb) => {
    const sent = await sendAll(doors, { of: 'a', token: full, patientId: `patient-of-${verb}` });
    const body = verb === 'withdraw' ? { reason: 'not wanted' } : {};
    const { rows } = await doors.test.database.query<{ artefact: string; id: string; type: string }>(
      `select distinct on (artefact, resource_type) artefact, id, resource_type as type from ledger where plan_id = $1`,
      [sent.planId],
    );
    expect(rows.length).toBeGreaterThan(8);
    for (const { artefact, id, type } of rows) {
      const ask = async (scope: string) =>
        doors.call('POST', `/api/v1/ledger/${artefact}/${id}/${verb}`, {
          // about a safety signal only who writes for the tenant decides
          token: await doors.token('north', scope, artefact === 'safety' ? 'product' : 'a'),
          body,
        });
      const bare = await ask('system/*.u');
      expect([bare.status, bare.body]).toEqual([200, { id }]);
      const own = await ask(`system/*.u system/${type}.r`);
      if (artefact === 'safety' && type !== 'Flag') {
        expect(own.body).toEqual({ id });
        expect((await ask(`system/*.u system/${type}.r system/Flag.r`)).body).toMatchObject({ artefact, id });
      } else expect(own.body).toMatchObject({ artefact, id, resourceType: type });
    }
  });
});

describe('without Flag, a patient’s danger', () => {
  const ids = async () => {
    const { rows } = await doors.test.database.query<{ type: string; id: string }>(
      `select type, id from resource where artefact = 'safety'`,
    );
    expect(new Set(rows.map(({ type }) => type))).toEqual(
      new Set(['Flag', 'Task', 'Communication', 'DocumentReference']),
    );
    return rows;
  };

  it.each([allBut(actions.map((action) => `Flag.${action}`)), allBut(['Flag.r', 'Flag.s'])])(
    'stands in no resource of any type: %s',
    async (scope) => {
      const bearer = await token(scope);
      const signal = await ids();
      for (const { type, id } of signal) {
        const { status } = await doors.call('GET', `/fhir/north/${type}/${id}`, { token: bearer });
        expect([type, status]).toEqual([type, type === 'Flag' ? 403 : 404]);
      }
      for (const type of storedTypes.filter((storedType) => storedType !== 'Flag')) {
        for (const query of [
          '_count=200',
          `_id=${signal.map(({ id }) => id).join(',')}`,
          '_sort=-_lastUpdated&_count=200',
        ]) {
          const { status, text } = await doors.call('GET', `/fhir/north/${type}?${query}&_total=accurate`, {
            token: bearer,
          });
          expect(status).toBe(200);
          const entries = text.slice(text.indexOf('"entry"') === -1 ? text.length : text.indexOf('"entry"'));
          expect([type, signal.filter(({ id }) => entries.includes(id)).map((entry) => entry.type)]).toEqual([
            type,
            [],
          ]);
        }
      }
      const plan = await doors.call('GET', `/api/v1/plans/${world.planId}`, { token: bearer });
      expect(plan.status).toBe(200);
      expect(signal.filter(({ id }) => plan.text.includes(id))).toEqual([]);
      expect(plan.text).not.toContain('"artefact":"safety"');
      for (const path of ['/safety-signals?patientId=patient-of-world', '/ledger', `/ledger/safety/${signal[0]?.id}`]) {
        expect((await doors.call('GET', `/api/v1${path}`, { token: bearer })).status).toBe(403);
      }
    },
  );

  it('with it, stands there', async () => {
    for (const { type, id } of await ids()) {
      expect((await doors.call('GET', `/fhir/north/${type}/${id}`, { token: full })).status).toBe(200);
    }
    expect((await doors.call('GET', `/api/v1/plans/${world.planId}`, { token: full })).text).toContain(
      '"artefact":"safety"',
    );
  });
});
