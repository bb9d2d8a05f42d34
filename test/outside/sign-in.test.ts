import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, clinician, codeOf, coordinator, openApp } from '../http/smart/open-app.ts';
import { runHere } from '../start/run-here.ts';

/** Inputs of the world outside, replayed by name: at the doors where people sign in, and at the doctor. */
const outside = resolve(import.meta.dirname, '../fixtures/outside');
const fixture = (name: string): Record<string, unknown> =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(join(outside, name), 'utf8')));
let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('token-response-of-a-large-ehr.json', () => {
  const { _note: _n, access_token: _a, ...said } = fixture('token-response-of-a-large-ehr.json');

  it('opens the chart that it names, with its banner off and its encounter', async () => {
    app.north.resources.set('Patient/pat-1', { resourceType: 'Patient', id: 'pat-1', name: [{ family: 'One' }] });
    // it grants no openid that is spelled otherwise, and no reading by more than user/Patient.read
    const launch = { ...clinician, patient: 'pat-1', response: (answer: object) => ({ ...answer, ...said }) };
    const { view } = await app.signIn(launch);
    expect(view).toMatchObject({ role: 'clinician', patient: { id: 'pat-1' }, needPatientBanner: false });
  });

  it('opens nobody’s chart for a coordinator where its patient is empty', async () => {
    const launch = { ...coordinator, response: (answer: object) => ({ ...answer, ...said, patient: '' }) };
    expect((await app.signIn(launch)).view).not.toHaveProperty('patient');
  });
});

describe('token-responses-from-reports.json', () => {
  const { _note: _n, ...cases } = fixture('token-responses-from-reports.json');

  it.each(Object.entries(cases))('%s is taken', async (_name, said) => {
    const launch = { ...clinician, response: (answer: object) => ({ ...answer, ...Object(said) }) };
    expect((await app.signIn(launch)).view).toMatchObject({ role: 'clinician', patient: { id: 'sarah' } });
  });
});

describe('smart-configuration-1.0.json', () => {
  it('lets nobody sign in, and says why', async () => {
    const other = await openApp();
    const body = fixture('smart-configuration-1.0.json');
    other.north.settings.answers = { '/fhir/.well-known/smart-configuration': { status: 200, body } };
    const launch = { iss: other.north.fhirBase, launch: 'x', tabKeyHash: other.newTab().tabKeyHash };
    const answer = await other.doors.call('POST', '/smart/launch', { body: launch });
    expect([answer.status, codeOf(answer), answer.text]).toEqual([502, 'ehr-unfit', expect.stringContaining('PKCE')]);
    await other.close();
  });
});

const shape = z.looseObject({
  fhirVersion: z.string().nullable(),
  signIn: z.array(
    z.looseObject({ who: z.string(), can: z.string(), because: z.array(z.string()), ask: z.array(z.string()) }),
  ),
  landings: z.array(z.looseObject({ artefact: z.string(), landing: z.string(), reason: z.string() })),
});

describe('the doctor', () => {
  const served: Record<string, unknown> = {};
  let server: Server;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'intersession-outside-'));
    server = createServer((request, response) => {
      const found = served[request.url ?? ''];
      response.writeHead(found === undefined ? 404 : 200).end(JSON.stringify(found ?? {}));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks an EHR that answers these fixtures, with a tenant in front of it. */
  async function live(statement: string, smart: string | undefined, tenant: object, ...words: string[]) {
    served['/fhir/metadata'] = fixture(statement);
    served['/fhir/.well-known/smart-configuration'] = smart === undefined ? undefined : fixture(smart);
    const fhirBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir/`;
    const smartTenant = {
      ...{ id: 'clinic', name: 'Clinic', fhirBase, auth: 'smart', systemClientId: 'x', clientId: 'app' },
      ...{ crisisLine: { label: 'Lifeline', phone: '555-0199' }, safetyRoute: { name: 'On call' } },
    };
    const file = join(folder, 'tenants.json');
    writeFileSync(file, JSON.stringify([{ ...smartTenant, ...tenant }]));
    return runHere(['doctor', ...words], { TENANTS_FILE: file, DATA_DIR: folder });
  }

  it.each([
    ['statement-stu3.json', 'STU3 (3.0.1)'],
    ['statement-r4b.json', 'R4B (4.3.0)'],
    ['statement-r5.json', 'R5 (5.0.0)'],
  ])('names the version of %s, and promises nothing', async (name, version) => {
    const { stdout, code } = await live(name, 'smart-configuration-1.0.json', {}, '--json');
    expect(code).toBe(0);
    const { fhirVersion, landings } = shape.parse(JSON.parse(stdout));
    expect(version).toContain(fhirVersion);
    expect(new Set(landings.map(({ landing }) => landing))).toEqual(new Set(['app-only']));
    for (const { reason, artefact } of landings.filter(({ artefact: kind }) => kind !== 'safety'))
      expect([artefact, reason]).toEqual([artefact, expect.stringContaining(version)]);
    const table = await live(name, 'smart-configuration-1.0.json', {});
    expect(table.stdout).toContain(`FHIR:    ${version}; what is written is R4: nothing is promised`);
  });

  it('recognises conformance-dstu2.json and says what it is, live and from a file', async () => {
    const said = 'is a Conformance, not a CapabilityStatement: the server speaks FHIR DSTU2';
    const asked = await live('conformance-dstu2.json', undefined, {});
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining(said)]);
    const words = ['--capability-statement', join(outside, 'conformance-dstu2.json')];
    const read = await runHere(['doctor', ...words], { DATA_DIR: folder });
    expect([read.code, read.stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  it('says of smart-configuration-1.0.json who can sign in and what to ask for, before the first launch', async () => {
    const { stdout } = await live('statement-r4b.json', 'smart-configuration-1.0.json', {}, '--json');
    const { signIn } = shape.parse(JSON.parse(stdout));
    expect(signIn.map(({ who, can }) => [who, can])).toEqual([
      ['clinicians, from a chart', 'no'],
      ['people by themselves', 'no'],
      ['the service itself', 'yes'],
    ]);
    expect(signIn[0]?.because.join()).toMatch(/PKCE with S256.*names no issuer/);
    expect(signIn[0]?.ask.join(' ')).toMatch(/code_challenge_methods_supported.*tenant's issuer/);
    const table = await live('statement-r4b.json', 'smart-configuration-1.0.json', {});
    expect(table.stdout).toContain('Who can sign in');
    expect(table.stdout).toMatch(/clinicians, from a chart +no/);
    expect(Math.max(...table.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const sheet = await live('statement-r4b.json', 'smart-configuration-1.0.json', {}, '--sheet');
    expect(sheet.stdout).toContain('- Ask for the issuer of its id_tokens');
  });

  it('takes the tenant’s issuer for the one that is missing', async () => {
    const issuer = 'https://login.ehr.example';
    const { stdout } = await live('statement-r4b.json', 'smart-configuration-1.0.json', { issuer }, '--json');
    expect(shape.parse(JSON.parse(stdout)).signIn[0]?.because.join()).not.toContain('issuer');
  });

  it('says that nobody can sign in where there is no SMART configuration', async () => {
    const { stdout } = await live('statement-r4b.json', undefined, {}, '--json');
    expect(shape.parse(JSON.parse(stdout)).signIn.map(({ can }) => can)).toEqual(['no', 'no', 'no']);
  });
});
