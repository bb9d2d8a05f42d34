import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runHere } from '../../start/run-here.ts';

const interaction = (...codes: string[]) => codes.map((code) => ({ code }));
const statements: Record<string, unknown> = {
  '/notes/metadata': [{ type: 'DocumentReference', interaction: interaction('create', 'read') }],
  '/closed/metadata': [{ type: 'Observation', interaction: interaction('read') }],
};
const smart = { '/notes/.well-known/smart-configuration': { scopes_supported: ['openid'] } };
const asked: string[] = [];
const crisisLine = { label: 'Lifeline', phone: '555-0199' };
let server: Server;
let base: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'intersession-doctor-'));
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    const resource = statements[request.url ?? ''];
    const found =
      resource === undefined
        ? (smart as Record<string, unknown>)[request.url ?? '']
        : { resourceType: 'CapabilityStatement', rest: [{ mode: 'server', resource }] };
    response.writeHead(found === undefined ? 503 : 200).end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `doctor` for one tenant, at the path of that EHR. */
function doctor(path: string, tenant: object, ...words: string[]) {
  const file = join(folder, 'tenants.json');
  const smartTenant = { auth: 'smart', systemClientId: 'x', systemScopes: 'system/Patient.rs' };
  const entry = { id: 'clinic', name: 'Clinic', fhirBase: `${base}${path}`, ...smartTenant, ...tenant };
  writeFileSync(file, JSON.stringify([entry]));
  return runHere(['doctor', '--tenant', 'clinic', ...words], { TENANTS_FILE: file, DATA_DIR: folder });
}
const rowsOf = (stdout: string) =>
  z
    .looseObject({
      landings: z.array(
        z.strictObject({
          ...{ artefact: z.string(), landing: z.string(), identity: z.string() },
          ...{ reason: z.string(), toImprove: z.string().nullable() },
        }),
      ),
    })
    .parse(JSON.parse(stdout)).landings;
const rowOf = (stdout: string, artefact: string) => rowsOf(stdout).find((row) => row.artefact === artefact);

describe('doctor, live', () => {
  it('takes the scopes that the tenant asks for, says so, and asks for no token', async () => {
    const scopes = 'system/DocumentReference.c system/Patient.rs';
    const { code, stdout } = await doctor('/notes', { systemScopes: scopes }, '--json');
    expect(code).toBe(0);
    expect(rowOf(stdout, 'report')).toMatchObject({ landing: 'note', identity: 'system' });
    expect(rowOf(stdout, 'report')?.reason).toContain('as requested');
    expect(asked.filter((text) => !text.startsWith('GET') || !text.endsWith(' '))).toEqual([]);
    const table = await doctor('/notes', { systemScopes: scopes });
    expect(table.stdout).toContain('as this tenant asks for (doctor asks for no token)');
  });

  it('counts on a person’s token only where the app has a client', async () => {
    const without = await doctor('/notes', { safetyRoute: { name: 'On call' } }, '--json');
    expect(rowOf(without.stdout, 'report')).toMatchObject({ landing: 'app-only', identity: 'none' });
    const { stdout } = await doctor('/notes', { clientId: 'app', crisisLine }, '--json');
    expect(rowOf(stdout, 'report')).toMatchObject({ landing: 'note', identity: 'delegated' });
  });

  it('lets scopes and vendor be named instead, and takes what the site set', async () => {
    const landings = { feedback: { landing: 'app-only', because: 'messages stay with us' } };
    const words = ['--scopes', 'user/DocumentReference.c', '--vendor', 'epic', '--json'];
    const { stdout } = await doctor('/notes', { landings, encounterRule: 'ask' }, ...words);
    expect(rowOf(stdout, 'report')).toMatchObject({ landing: 'note', identity: 'delegated' });
    expect(rowOf(stdout, 'report')?.reason).toContain('found by encounterRule ask');
    expect(rowOf(stdout, 'feedback')).toMatchObject({ landing: 'app-only' });
    expect(rowOf(stdout, 'feedback')?.reason).toContain('messages stay with us');
  });

  it('exits with 1 where a safety signal would reach nobody, and with 0 once people are named', async () => {
    const nobody = await doctor('/closed', {}, '--json');
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toContain('A safety signal would reach nobody');
    expect(rowOf(nobody.stdout, 'safety')?.toImprove).toContain('Name a safetyRoute');
    const named = await doctor('/closed', { safetyRoute: { name: 'On-call therapist', phone: '555-0100' } }, '--json');
    expect({ code: named.code, stderr: named.stderr }).toEqual({ code: 0, stderr: '' });
    expect(rowOf(named.stdout, 'safety')?.reason).toContain('On-call therapist, 555-0100');
  });

  it('writes an onboarding sheet with the tenant’s own names', async () => {
    const safetyRoute = { name: 'On-call therapist' };
    const { code, stdout } = await doctor(
      '/notes',
      { clientId: 'app-17', crisisLine, vendor: 'epic', safetyRoute },
      '--sheet',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Connecting Intersession: Clinic \(Epic\)$/m);
    expect(stdout).toContain('app-17');
    expect(stdout).toContain('http://127.0.0.1:4000/callback');
  });

  it('ends with 1 where a signal would only reach the chart once a person opens it, and nobody is named to call', async () => {
    const { code, stderr } = await doctor('/notes', { clientId: 'app-17', crisisLine, vendor: 'epic' });
    expect(code).toBe(1);
    expect(stderr).toContain('safetyRoute');
  });

  it('says what an EHR answered that does not state itself', async () => {
    const { code, stderr } = await doctor('/elsewhere', {});
    expect(code).toBe(1);
    expect(stderr).toBe(
      `intersession doctor: the EHR of tenant "clinic" answered 503 to GET ${base}/elsewhere/metadata\n`,
    );
  });
});
