import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSimulator, openSimulator } from '../../simulators/open-simulator.ts';
import { personToken, type Send, sender, systemToken } from '../../simulators/simulator-client.ts';
import { patience } from '../../start/run-process.ts';
import type { Json } from '../open-sandbox.ts';

/** c create, u update, p patch, r read, s search; written by hand from what the vendors state. */
const cells: Record<string, Record<string, string>> = {
  epic: {
    ...{ Task: 'rsu', CarePlan: 'rs', Goal: 'rs', Questionnaire: 'rs', QuestionnaireResponse: 'crs' },
    ...{ Observation: 'crsu', DocumentReference: 'crsu', Communication: 'crs', Provenance: 'r', Flag: 'rs' },
    ...{ Subscription: '' },
  },
  'oracle-health': {
    ...{ Task: '', CarePlan: 'rs', Goal: 'rs', Questionnaire: 'rs', QuestionnaireResponse: 'rsu' },
    ...{ Observation: 'crsu', DocumentReference: 'crsu', Communication: 'cprs', Provenance: 'crs', Flag: '' },
    ...{ Subscription: '' },
  },
  athenahealth: {
    ...{ Task: '', CarePlan: 'rs', Goal: 'rs', Questionnaire: 'rs', QuestionnaireResponse: 'crs' },
    ...{ Observation: 'rs', DocumentReference: 'rs', Communication: '', Provenance: 'rs', Flag: '' },
    ...{ Subscription: '' },
  },
  meditech: {
    ...{ Task: 'r', CarePlan: 'rs', Goal: 'rs', Questionnaire: '', QuestionnaireResponse: 'crsu' },
    ...{ Observation: 'rs', DocumentReference: 'rs', Communication: 'crs', Provenance: 'r', Flag: '' },
    ...{ Subscription: '' },
  },
  veradigm: {
    ...{ Task: '', CarePlan: 'rs', Goal: 'rs', Questionnaire: 'crsu', QuestionnaireResponse: 'crsu' },
    ...{ Observation: 'crsu', DocumentReference: 'crsu', Communication: '', Provenance: 'rs', Flag: '' },
    ...{ Subscription: '' },
  },
};

const more: Record<string, { system: string[]; conditionalCreate: false | undefined; identifier: boolean }> = {
  epic: { system: [], conditionalCreate: false, identifier: true },
  'oracle-health': { system: ['batch'], conditionalCreate: undefined, identifier: false },
  athenahealth: { system: [], conditionalCreate: undefined, identifier: false },
  meditech: { system: [], conditionalCreate: undefined, identifier: false },
  veradigm: { system: [], conditionalCreate: undefined, identifier: false },
};

/** What a person, and what a backend app, is granted of DocumentReference, Observation, QuestionnaireResponse. */
const writes: Record<string, { user: string[]; system: string[] }> = {
  epic: { user: ['DocumentReference.c', 'Observation.c', 'QuestionnaireResponse.c'], system: [] },
  'oracle-health': {
    user: ['DocumentReference.c', 'Observation.c', 'QuestionnaireResponse.u'],
    system: ['DocumentReference.c', 'Observation.c', 'QuestionnaireResponse.u'],
  },
  athenahealth: { user: ['QuestionnaireResponse.c'], system: [] },
  meditech: {
    user: ['DocumentReference.c', 'Observation.c', 'QuestionnaireResponse.c'],
    system: ['DocumentReference.c', 'Observation.c', 'QuestionnaireResponse.c'],
  },
  veradigm: { user: ['DocumentReference.c', 'Observation.c', 'QuestionnaireResponse.c'], system: [] },
};

const codes: Record<string, string> = { c: 'create', r: 'read', u: 'update', p: 'patch', s: 'search-type' };
const requests: Record<string, [method: string, path: string, body?: unknown]> = {
  c: ['POST', '', {}],
  r: ['GET', '/nothing'],
  u: ['PUT', '/nothing', {}],
  p: ['PATCH', '/nothing', []],
  s: ['GET', '?_id=nothing'],
};

describe.each(Object.keys(cells))('the simulator of %s', (vendor) => {
  let open: OpenSimulator;
  let send: Send;
  let person: Json;
  let system: Json;
  let statement: Json;
  let smart: Json;
  beforeAll(async () => {
    open = await openSimulator(vendor);
    const { simulator, service } = open;
    person = await personToken(simulator, service, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
    system = await systemToken(simulator, service);
    send = sender(simulator, person);
    const ask = async (path: string) => (await fetch(`${simulator.fhirBase}${path}`)).json() as Promise<Json>;
    statement = await ask('/metadata');
    smart = await ask('/.well-known/smart-configuration');
  }, patience);
  afterAll(() => open?.close());

  const entryOf = (type: string): Json | undefined =>
    statement.rest[0].resource.find((json: Json) => json.type === type);

  it.each(Object.entries(cells[vendor] ?? {}))('states and does of %s: "%s"', async (type, letters) => {
    const stated = (entryOf(type)?.interaction ?? []).map(({ code }: Json) => code).sort();
    expect(stated).toEqual([...letters].map((letter) => codes[letter]).sort());
    for (const [letter, [method, path, body]] of Object.entries(requests)) {
      const { status } = await send(method, `/${type}${path}`, body);
      expect([letter, status === 405]).toEqual([letter, !letters.includes(letter)]);
    }
    expect((await send('DELETE', `/${type}/nothing`)).status).toBe(405);
  });

  it('has the system interactions, conditional create and search by identifier that it has', async () => {
    const { system: interactions, conditionalCreate, identifier } = more[vendor] ?? {};
    expect((statement.rest[0].interaction ?? []).map(({ code }: Json) => code)).toEqual(interactions);
    const strict = { prefer: 'handling=strict' };
    for (const type of ['QuestionnaireResponse', 'Observation', 'DocumentReference']) {
      expect([type, entryOf(type)?.conditionalCreate]).toEqual([type, conditionalCreate]);
      const names = entryOf(type)?.searchParam.map(({ name }: Json) => name);
      expect([type, names.includes('identifier')]).toEqual([type, identifier]);
      const answered = await send('GET', `/${type}?identifier=x`, undefined, strict);
      expect([type, answered.status]).toEqual([type, identifier ? 200 : 400]);
    }
    const transaction = await send('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [] });
    expect(transaction.status).toBe(405);
  });

  it('names its statement where it refuses what that does not offer', async () => {
    const { status, body } = await send('POST', '/CarePlan', { resourceType: 'CarePlan' });
    expect(status).toBe(405);
    expect(body.issue[0].diagnostics).toMatch(/create on CarePlan.*source: .*CapabilityStatement/);
  });

  it('grants people and backend apps the writes that it grants', () => {
    const wanted = ['DocumentReference.c', 'Observation.c', 'QuestionnaireResponse.c', 'QuestionnaireResponse.u'];
    const granted = (token: Json, level: string) =>
      wanted.filter((scope) => {
        const [type, letter = ''] = scope.split('.');
        return String(token.scope)
          .split(' ')
          .some((text) => {
            const [, own, letters = ''] = /^([a-z]+)\/(.+)$/.exec(text) ? text.split(/[/.]/) : [];
            return text.startsWith(`${level}/`) && (own === type || own === '*') && letters.includes(letter);
          });
      });
    const { user = [], system: backend = [] } = writes[vendor] ?? {};
    for (const [token, level, expected] of [
      [person, 'user', user],
      [system, 'system', backend],
    ] as const) {
      // an update that is granted along with a create is not counted here
      const found = granted(token, level).filter((text) => expected.includes(text) || text.endsWith('.c'));
      expect([level, found]).toEqual([level, expected]);
    }
  });

  it('lists in its SMART configuration what that vendor lists', () => {
    const listed: string[] | undefined = smart.scopes_supported;
    const resourceScopes = listed?.filter((scope) => /^(patient|user|system)\//.test(scope));
    const has = (scope: string) => resourceScopes?.includes(scope) ?? false;
    expect({
      element: listed !== undefined,
      resources: (resourceScopes?.length ?? 0) > 0,
      systemNote: has('system/DocumentReference.crus'),
      systemRead: has('system/*.rs') || has('system/CarePlan.rs'),
      userAll: has('user/*.*'),
    }).toEqual(
      {
        epic: { element: true, resources: false, systemNote: false, systemRead: false, userAll: false },
        'oracle-health': { element: true, resources: true, systemNote: true, systemRead: true, userAll: false },
        athenahealth: { element: false, resources: false, systemNote: false, systemRead: false, userAll: false },
        meditech: { element: true, resources: true, systemNote: true, systemRead: true, userAll: true },
        veradigm: { element: true, resources: true, systemNote: false, systemRead: true, userAll: true },
      }[vendor],
    );
  });
});
