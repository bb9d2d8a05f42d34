import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientHomeworkShape } from '../../src/contract/app/patient-homework.ts';
import { assignPlan } from './app/app-homework.ts';
import { type Doors, openDoors } from './open-doors.ts';
import { rawAnswer } from './raw-answer.ts';
import { sendPlan } from './sarah.ts';
import { type App, clinician, openApp, patient, type Tab } from './smart/open-app.ts';

let app: App;
let doors: Doors;
let sarah: Tab;
let token: string;
let planId: string;
beforeAll(async () => {
  app = await openApp();
  const therapist = await app.signIn(clinician);
  await assignPlan(app, therapist);
  sarah = await app.signIn(patient);
  doors = await openDoors();
  token = await doors.token('north');
  planId = (await sendPlan(doors, token)).planId;
});
afterAll(async () => {
  await app.close();
  await doors.close();
});

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  rawAnswer(`${app.doors.url}${path}`, headers, method);
const askAsProduct = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  rawAnswer(`${doors.url}${path}`, { Authorization: `Bearer ${token}`, ...headers }, method);
const asSarah = () => ({ Authorization: `Bearer ${sarah.session}`, 'X-Launch': sarah.launchId });

describe('an answer', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('of the app is sent as %s to who takes it, the same as without', async (encoding, unpack) => {
    const plain = await ask('/app/v1/patient', asSarah());
    const packed = await ask('/app/v1/patient', { ...asSarah(), 'Accept-Encoding': encoding });
    expect([packed.status, packed.headers['content-encoding']]).toEqual([200, encoding]);
    expect([plain.headers['content-encoding'], packed.headers.vary]).toEqual([
      undefined,
      expect.stringMatching(/accept-encoding/i),
    ]);
    expect(packed.headers['content-type']).toBe(plain.headers['content-type']);
    expect(packed.headers['cache-control']).toBe('no-store');
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 4);
    const [was, is] = [plain.bytes, unpack(packed.bytes)].map((bytes) => JSON.parse(bytes.toString()));
    expect({ ...is, now: was.now }).toEqual(was);
    expect(patientHomeworkShape.safeParse(is).success).toBe(true);
  });

  it('of the API and of the FHIR endpoint too, with its version as it is', async () => {
    for (const path of [`/api/v1/plans/${planId}`, `/fhir/north/CarePlan/${planId}`, '/openapi.json']) {
      const plain = await askAsProduct(path);
      const packed = await askAsProduct(path, { 'Accept-Encoding': 'gzip, deflate, br' });
      expect([path, packed.status, packed.headers['content-encoding']]).toEqual([path, 200, 'br']);
      expect(packed.headers.etag).toBe(plain.headers.etag);
      expect(packed.headers['content-type']).toBe(plain.headers['content-type']);
      expect(brotliDecompressSync(packed.bytes).toString()).toBe(plain.bytes.toString());
    }
  });

  it.each([undefined, 'identity', 'zstd', 'br;q=0'])('is sent as it is to who takes %j', async (accepts) => {
    const { headers, bytes } = await ask('/app/v1/patient', {
      ...asSarah(),
      ...(accepts === undefined ? {} : { 'Accept-Encoding': accepts }),
    });
    expect(headers['content-encoding']).toBeUndefined();
    expect(patientHomeworkShape.safeParse(JSON.parse(bytes.toString())).success).toBe(true);
  });

  it('that is short is sent as it is, an error too', async () => {
    const { status, headers } = await ask('/app/v1/patient', { 'Accept-Encoding': 'br' });
    expect([status, headers['content-encoding']]).toEqual([401, undefined]);
  });

  it('to HEAD has no body', async () => {
    const { status, bytes } = await askAsProduct(`/fhir/north/CarePlan/${planId}`, { 'Accept-Encoding': 'br' }, 'HEAD');
    expect([status, bytes.length]).toEqual([200, 0]);
  });

  // however long it may become
  it.each([
    ['GET', '/app/v1/copy-key'],
    ['GET', '/APP/V1/copy-key/'],
    ['GET', '/.well-known/jwks.json'],
    ['POST', '/oauth/north/token'],
    ['POST', '/smart/callback'],
    ['POST', '/smart/launch'],
  ])('that holds a key or a token is never compressed: %s %s', async (method, path) => {
    const { headers } = await ask(path, { ...asSarah(), 'Accept-Encoding': 'br, gzip' }, method);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary ?? '').not.toMatch(/accept-encoding/i);
  });
});
