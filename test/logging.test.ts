// What patients say, what they are called, and what opens doors must not be found in the log, whichever path it took.
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BackendClient, backendClient, CallFailed } from '../src/cli/backend-client.ts';
import * as sarah from '../src/cli/demo/sarah.ts';
import { demoClientFile, readClientFile } from '../src/start/demo-client.ts';
import { FakeEhr } from './delivery/fake-ehr.ts';
import { preparedFolder } from './start/prepared-folder.ts';
import { freePorts, type Launched, launch, patience, readyUrl, until } from './start/run-process.ts';

const title = 'Zyzzyva-title';
const answer = 'Zyzzyva-answer';
const barrierText = 'Zyzzyva-barrier';
const feedbackText = 'Zyzzyva-feedback';
const name = 'Zyzzyva-Whitcombe';
const wrong = 'Zyzzyva-wrong';
const ehrToken = 'Zyzzyva-ehr-token';

const planned = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(z.object({ id: z.string(), key: z.string() })),
});
const withId = z.object({ id: z.string() });
const ledgerPage = z.object({ rows: z.array(z.object({ state: z.string(), artefact: z.string() })) });

/** All that the service said, once it has ended: only then is nothing of it still in a pipe. */
async function saidBy(service: Launched): Promise<string> {
  const { code, stdout, stderr } = await service.stop();
  expect(code).toBe(0);
  return stdout + stderr;
}

/** The log is there, at its finest grain, and holds none of it. */
function expectClean(log: string): void {
  const lines = log.split('\n').filter((line) => line.startsWith('{'));
  expect(lines.map((line) => JSON.parse(line).msg)).toContain('request');
  const tainted = lines.filter((line) =>
    // our markers; Sarah as her chart has her; a JWT, whoever made it; any kind of credentials
    /Zyzzyva|Sarah|Whitfield|eyJ[\w-]{8}|Bearer|client_assertion|"d":/.test(line),
  );
  expect(tainted).toEqual([]);
  expect(log).not.toContain('Zyzzyva');
}

let service: Launched | undefined;
let dataDir: string;
beforeAll(async () => {
  dataDir = await preparedFolder();
});
afterEach(() => service?.stop());
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Calls that are refused, by status; what they answer doesn't matter here. */
async function refusedWith(call: Promise<unknown>): Promise<number> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CallFailed) return error.status;
    throw error;
  }
  throw new Error('it was taken');
}

async function logOnStepOne(
  api: BackendClient,
  stepId: string,
  performedAt: string,
  patientId: string,
): Promise<string> {
  const { body } = await api.request('POST', `/api/v1/assignments/${stepId}/logs`, {
    sourceId: 'log-1',
    patientId,
    performedAt,
    status: 'completed',
    answers: { situation: answer, prediction: answer, 'suds-peak': 75 },
    withheld: ['prediction'],
  });
  return withId.parse(body).id;
}

describe('with the sandbox EHR', { timeout: patience }, () => {
  it('logs nothing of what came by the API, good or bad, nor of what time moved', async () => {
    const port = await freePorts();
    service = launch('src/main.ts', [], { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'trace' });
    const url = await readyUrl(service);
    const api = backendClient({
      base: url,
      tokenUrl: `${url}/oauth/sandbox/token`,
      credentials: readClientFile(demoClientFile(dataDir)),
      scope: 'system/*.cruds',
      accept: 'application/json',
    });
    const at = (time: string) =>
      api.request('POST', '/sandbox/clock', { tenant: 'sandbox', set: new Date(time).toISOString() });
    await at(sarah.plannedAt);
    const { plan, assignments } = planned.parse(
      (await api.request('POST', '/api/v1/plans', { ...sarah.plan, title, description: title })).body,
    );
    const stepId = assignments.find(({ key }) => key === '1')?.id ?? '';
    const performedAt = '2026-03-02T10:00:00-05:00';
    await at(performedAt);
    const logId = await logOnStepOne(api, stepId, performedAt, 'sarah');
    const feedback = { author: sarah.plan.author, text: feedbackText };
    await api.request('POST', `/api/v1/logs/${logId}/feedback`, feedback);
    const barrier = { code: 'fear', text: barrierText, saidBy: 'patient' };
    await api.request('POST', `/api/v1/assignments/${stepId}/barriers`, barrier);

    const bad = { sourceId: 'log-2', performedAt, status: 'completed' };
    const logs = `/api/v1/assignments/${stepId}/logs`;
    expect(await refusedWith(api.request('POST', logs, { ...bad, answers: { [wrong]: answer } }))).toBe(422);
    expect(await refusedWith(api.request('POST', logs, { ...bad, answers: { 'suds-peak': answer } }))).toBe(422);
    expect(await refusedWith(api.request('POST', logs, { ...bad, [wrong]: answer, answers: {} }))).toBe(400);
    expect(await refusedWith(api.request('GET', `/api/v1/plans/${wrong}`))).toBe(404);
    expect(await refusedWith(api.request('GET', `/api/v1/plans?patientId=${wrong}&${wrong}=${wrong}`))).toBe(400);
    expect(await refusedWith(api.request('GET', `/fhir/sandbox/Task/${wrong}`))).toBe(404);
    await api.request('GET', `/fhir/sandbox/QuestionnaireResponse?patient=sarah&identifier=${wrong}&${wrong}=1`);
    const raw = (path: string, headers: Record<string, string>, body: string) =>
      fetch(`${url}${path}`, { method: 'POST', headers, body }).then(({ status }) => status);
    expect(await raw('/api/v1/plans', { authorization: `Bearer ${wrong}` }, '{}')).toBe(401);
    expect(await raw('/sandbox/clock', { 'content-type': 'application/json' }, `{"set": ${wrong}`)).toBe(400);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await raw('/oauth/sandbox/token', form, `grant_type=${wrong}&client_assertion=${wrong}`)).toBe(400);
    const fhir = { 'content-type': 'application/fhir+json' };
    expect(await raw(`/fhir/sandbox/response/${wrong}/${wrong}`, fhir, `{"item": "${wrong}"}`)).toBeGreaterThan(399);

    await at('2026-04-11T15:00:00-04:00');
    await api.request('POST', `/api/v1/plans/${plan.id}/reports`, { author: sarah.plan.author });
    await until('delivery', async () => {
      const { rows } = ledgerPage.parse((await api.request('GET', '/api/v1/ledger?limit=200')).body);
      return rows.every(({ state }) => state === 'landed') ? true : undefined;
    });
    const said = await saidBy(service);
    // so that a path that was not taken can't pass for a clean one
    expect(said).toContain('"route":"/api/v1/assignments/:assignmentId/logs","status":201');
    expect(said).toContain('"route":"/fhir/:tenant/:type"');
    expectClean(said);
  });
});

describe('with an EHR that repeats in its errors what it was sent', { timeout: patience }, () => {
  let ehr: FakeEhr;
  let ehrServer: Server;
  beforeAll(async () => {
    ehr = await FakeEhr.start();
    ehr.refuse = (resource) =>
      resource.resourceType === 'CarePlan' || resource.resourceType === 'Task'
        ? undefined
        : `cannot store ${JSON.stringify(resource)} of ${name}`;
    ehrServer = createServer((request, response) => void answerAsEhr(request, response));
    ehrServer.listen(0, '127.0.0.1');
    await once(ehrServer, 'listening');
  });
  afterAll(async () => {
    ehrServer.closeAllConnections();
    ehrServer.close();
    await ehr.close();
  });
  const origin = () => `http://127.0.0.1:${(ehrServer.address() as AddressInfo).port}`;
  let tokensAsked = 0;
  let echoes = 0;
  /** It was, once. */
  let busy = false;

  /** The fake EHR behind an authorization server; a patient there has a name, and no request comes in without a token. */
  async function answerAsEhr(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const json = (status: number, value: object, more: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(value));
    const { url = '', method = 'GET', headers } = request;
    if (url.endsWith('/.well-known/smart-configuration'))
      return void json(200, { token_endpoint: `${origin()}/token` });
    if (url === '/token') {
      tokensAsked += 1;
      // the first time no token can be had
      if (tokensAsked === 1) return void json(500, { error: 'server_error', error_description: body });
      return void json(200, { access_token: ehrToken, token_type: 'bearer', expires_in: 300 });
    }
    if (url.endsWith('/metadata')) return void (await pass('GET', {}));
    if (headers.authorization !== `Bearer ${ehrToken}`) return void json(401, { got: headers.authorization });
    if (url.startsWith('/fhir/Patient/')) {
      return void json(200, { resourceType: 'Patient', id: url.split('/').at(-1), name: [{ family: name }] });
    }
    if (method === 'POST' && !busy) {
      busy = true;
      const issue = [{ severity: 'error', code: 'throttled', diagnostics: `busy, come back with ${body}` }];
      return void json(503, { resourceType: 'OperationOutcome', issue }, { 'retry-after': '1' });
    }
    await pass(method, Object.fromEntries(Object.entries(headers).filter(([key]) => /^(content-type|if-)/.test(key))));

    async function pass(verb: string, kept: Record<string, unknown>): Promise<void> {
      const init = { method: verb, headers: kept as Record<string, string>, ...(body === '' ? {} : { body }) };
      const answered = await fetch(`${ehr.base}${url.replace(/^\/fhir/, '')}`, init);
      const text = await answered.text();
      if (text.includes(answer)) echoes += 1;
      const location = answered.headers.get('location');
      response
        .writeHead(answered.status, {
          'content-type': 'application/fhir+json',
          ...(location === null ? {} : { location, etag: answered.headers.get('etag') ?? '' }),
        })
        .end(text);
    }
  }

  it('logs nothing of what the EHR said', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true });
    const TENANTS_FILE = join(dataDir, 'tenants.json');
    const tenant = {
      ...{ id: 'clinic', name: 'Clinic', fhirBase: `${origin()}/fhir`, auth: 'smart', systemClientId: 'intersession' },
      systemScopes: 'system/*.cruds',
      sources: [
        {
          clientId: 'product',
          jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'p-1', alg: 'ES384' }] },
          scopes: 'system/*.cruds',
        },
      ],
    };
    writeFileSync(TENANTS_FILE, JSON.stringify([tenant]));
    service = launch('src/main.ts', [], { PORT: '0', DATA_DIR: dataDir, TENANTS_FILE, LOG_LEVEL: 'trace' });
    const url = await readyUrl(service);
    const api = backendClient({
      base: url,
      tokenUrl: `${url}/oauth/clinic/token`,
      credentials: { clientId: 'product', jwk: { ...(await exportJWK(privateKey)), kid: 'p-1', alg: 'ES384' } },
      scope: 'system/*.cruds',
      accept: 'application/json',
    });
    const by = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    const step = {
      ...{ key: '1', kind: 'self-monitoring', title },
      ...{ schedule: { type: 'once', by }, unlock: { type: 'at-start' } },
    };
    const plan = { sourceId: 'plan-1', patientId: 'pat-1', title, assignments: [step] };
    const made = planned.parse((await api.request('POST', '/api/v1/plans', plan)).body);
    const stepId = made.assignments[0]?.id ?? '';
    await logOnStepOne(api, stepId, new Date(Date.now() - 60_000).toISOString(), 'pat-1');
    await api.request('POST', `/api/v1/assignments/${stepId}/feedback`, { author: 'patient', text: feedbackText });
    await api.request('POST', `/api/v1/plans/${made.plan.id}/barriers`, { code: 'other', text: barrierText });
    const ended = new Set<string | undefined>(['landed', 'rejected']);
    const states = await until('the EHR’s refusals', async () => {
      const { rows } = ledgerPage.parse((await api.request('GET', '/api/v1/ledger?limit=200')).body);
      const stateOf = (word: string) => rows.find(({ artefact }) => artefact === word)?.state;
      return [stateOf('plan'), stateOf('log'), stateOf('feedback')].every((state) => ended.has(state))
        ? rows
        : undefined;
    });
    const inState = (state: string) => states.filter((row) => row.state === state).map(({ artefact }) => artefact);
    expect(inState('landed')).toEqual(['assignment', 'occurrence', 'plan']);
    expect(inState('rejected')).toEqual(expect.arrayContaining(['feedback', 'log']));
    expect(tokensAsked).toBeGreaterThan(1);
    expect(echoes).toBeGreaterThan(0);
    expect(busy).toBe(true);
    // a person may see the EHR's own words; they are kept, only not here
    expectClean(await saidBy(service));
  });
});
