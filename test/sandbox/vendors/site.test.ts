import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSimulator, openSimulator } from '../../simulators/open-simulator.ts';
import { note, wordsOf } from '../../simulators/sarahs-things.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { personToken, type Send, sender, systemToken } from '../../simulators/simulator-client.ts';
import { patience } from '../../start/run-process.ts';

let open: OpenSimulator;
let simulator: Simulator;
let clinician: Send;
const order = { user: 'Practitioner/dr-okafor', patient: 'sarah' };
beforeAll(async () => {
  open = await openSimulator('epic');
  simulator = open.simulator;
  clinician = sender(simulator, await personToken(simulator, open.service, order));
}, patience);
afterAll(() => open?.close());
afterEach(() => simulator.resetSite());

const file = () => clinician('POST', '/DocumentReference', note());
const statement = async () => (await fetch(`${simulator.fhirBase}/metadata`)).json();

describe('202, held for review', () => {
  it('is nowhere until it is accepted; then it stands where the answer said', async () => {
    await simulator.site({ holdForReview: ['DocumentReference'] });
    const before = simulator.commits().length;
    const held = await file();
    const path = held.headers.get('location')?.slice(simulator.fhirBase.length) ?? '';
    expect([held.status, held.body, path]).toEqual([202, {}, expect.stringMatching(/^\/DocumentReference\/[\w-]+$/)]);
    expect((await clinician('GET', path)).status).toBe(404);
    expect(simulator.commits()).toHaveLength(before);
    expect(await simulator.reviews()).toMatchObject([{ type: 'DocumentReference', state: 'held' }]);
    await simulator.decide(path.slice(1), 'accept');
    expect((await clinician('GET', path)).body.docStatus).toBe('preliminary');
    expect(simulator.commits().slice(before)).toMatchObject([
      { interaction: 'create', requestId: held.headers.get('x-request-id') },
    ]);
    expect(await simulator.reviews()).toEqual([]);
  });

  it('is gone when it was refused, with the reason', async () => {
    await simulator.site({ holdForReview: ['DocumentReference'] });
    const before = simulator.commits().length;
    const path = (await file()).headers.get('location')?.slice(simulator.fhirBase.length) ?? '';
    await simulator.decide(path.slice(1), 'refuse', 'wrong chart');
    const { status, body } = await clinician('GET', path);
    expect([status, wordsOf(body)]).toEqual([410, 'Refused at review: wrong chart']);
    expect(simulator.commits()).toHaveLength(before);
    await expect(simulator.decide(path.slice(1), 'accept')).rejects.toThrow('404');
  });

  it('still refuses at once what is wrong in itself', async () => {
    await simulator.site({ holdForReview: ['DocumentReference'] });
    expect((await clinician('POST', '/DocumentReference', note({ docStatus: 'amended' }))).status).toBe(422);
  });
});

it.each([403, 405] as const)('advertises and refuses with %i until it is switched off', async (status) => {
  await simulator.site({ refusals: [{ type: 'DocumentReference', interaction: 'create', status }] });
  const stated = (await statement()).rest[0].resource.find(
    (entry: { type: string }) => entry.type === 'DocumentReference',
  );
  expect(stated.interaction).toContainEqual({ code: 'create' });
  const refused = await file();
  expect([refused.status, wordsOf(refused.body)]).toEqual([status, expect.stringContaining('is advertised, and')]);
  await simulator.site({ refusals: [] });
  expect((await file()).status).toBe(201);
});

it('changes its statement, and does what it then states', async () => {
  await simulator.site({
    interactions: { DocumentReference: ['read', 'search-type'], Task: [] },
    searchParameters: { Observation: ['_id'] },
  });
  const { resource } = (await statement()).rest[0];
  const typed = new Map<string, { interaction: unknown; searchParam: { name: string }[] }>(
    resource.map((entry: { type: string }) => [entry.type, entry]),
  );
  expect(typed.get('DocumentReference')?.interaction).toEqual([{ code: 'read' }, { code: 'search-type' }]);
  expect(typed.has('Task')).toBe(false);
  expect(typed.get('Observation')?.searchParam.map(({ name }) => name)).toEqual(['_id']);
  expect([(await file()).status, (await clinician('GET', '/Task/epic-task-sarah')).status]).toEqual([405, 405]);
  await simulator.resetSite();
  expect((await file()).status).toBe(201);
});

it('grants what the site grants', async () => {
  await simulator.site({
    grants: { system: ['system/Patient.rs', 'system/DocumentReference.c'], user: ['user/*.rs'] },
  });
  const system = await systemToken(simulator, open.service);
  expect(String(system.scope).split(' ').sort()).toEqual(['system/DocumentReference.c', 'system/Patient.rs']);
  expect((await sender(simulator, system)('POST', '/DocumentReference', note())).status).toBe(201);
  const person = await personToken(simulator, open.service, order);
  expect(String(person.scope)).toContain('user/*.rs');
  const { encounter: _none, ...own } = note();
  expect(String(person.scope)).not.toMatch(/user\/\S+c/);
  expect((await sender(simulator, person)('POST', '/DocumentReference', own)).status).toBe(201); // by patient/ scopes
  await simulator.site({ grants: { user: ['user/*.rs'], patient: ['patient/*.rs'] } });
  const reader = await personToken(simulator, open.service, order);
  expect((await sender(simulator, reader)('POST', '/DocumentReference', own)).status).toBe(403);
});

it('does not say which scopes it granted', async () => {
  await simulator.site({ tokenScope: 'silent' });
  expect((await systemToken(simulator, open.service)).scope).toBeUndefined();
  expect((await personToken(simulator, open.service, order)).scope).toBeUndefined();
});

it('issues tokens that hold as long as the site says', async () => {
  await simulator.site({ tokenSeconds: 7 });
  expect((await systemToken(simulator, open.service)).expires_in).toBe(7);
  expect((await personToken(simulator, open.service, order)).expires_in).toBe(7);
});

it('a token that is over is a 401', async () => {
  await simulator.site({ tokenSeconds: 2 });
  const send = sender(simulator, await systemToken(simulator, open.service));
  const asked = async () => (await send('GET', '/Patient/sarah')).status;
  expect(await asked()).toBe(200);
  // by time, not by tries: a fast machine asks hundreds of times within the second
  await expect.poll(asked, { interval: 100 }).toBe(401);
});

it('answers more requests than the limit with 429 and Retry-After', async () => {
  await simulator.site({ rateLimit: { requests: 2, perSeconds: 600 } });
  const answers = [];
  for (const _time of [1, 2, 3]) answers.push(await clinician('GET', '/Patient/sarah'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(500);
  expect(simulator.requests().at(-1)).toMatchObject({ type: 'Patient', status: 429 });
});

it('shows attachments by the address of a Binary that can be read', async () => {
  await simulator.site({ attachments: 'binary' });
  const made = await file();
  const shown = await clinician('GET', `/DocumentReference/${made.body.id}`);
  const { attachment } = shown.body.content[0];
  expect(attachment).toEqual({ contentType: 'text/plain', url: expect.stringMatching(/^Binary\/[\w.-]+$/) });
  const binary = await clinician('GET', `/${attachment.url}`);
  expect([binary.status, binary.body.contentType, binary.body.data]).toEqual([
    200,
    'text/plain',
    note().content[0].attachment.data,
  ]);
  expect((await clinician('GET', '/Binary/nothing.0')).status).toBe(404);
  const other = await personToken(simulator, open.service, { user: 'Patient/marcus-bell', patient: 'marcus-bell' });
  expect((await sender(simulator, other)('GET', `/${attachment.url}`)).status).toBe(403);
});

it('begins and ends visits, and neither is a write of an app', async () => {
  const before = simulator.commits().length;
  const opened = async (patient: string) =>
    (await clinician('GET', `/Encounter?patient=${patient}&status=in-progress`)).body.total;
  expect([await opened('sarah'), await opened('marcus-bell')]).toEqual([1, 0]);
  await simulator.beginVisit('marcus-bell', 'Practitioner/dr-lindqvist');
  expect(await opened('marcus-bell')).toBe(1);
  expect(await simulator.endVisits('marcus-bell')).toHaveLength(1);
  expect(await opened('marcus-bell')).toBe(0);
  expect(simulator.commits()).toHaveLength(before);
});

it('refuses settings, visits and decisions that are none, naming what is wrong', async () => {
  await expect(simulator.site({ tokenSeconds: 0 })).rejects.toThrow('tokenSeconds');
  await expect(simulator.site({ colour: 'red' })).rejects.toThrow('colour');
  await expect(simulator.beginVisit('nobody')).rejects.toThrow('404');
  await expect(simulator.decide('DocumentReference/nothing', 'accept')).rejects.toThrow('404');
  await expect(simulator.fault({ face: 'native', action: 'drop-before-commit' })).rejects.toThrow(
    'must be one of epic',
  );
});
