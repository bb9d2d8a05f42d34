import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, clinician, coordinator, openApp, patient, type Tab } from '../smart/open-app.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const keyOf = async (tab: Tab): Promise<string> => {
  const answer = await app.call(tab, 'GET', '/app/v1/copy-key');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return z.object({ key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }).parse(answer.body).key;
};

it('is one person’s at one EHR: the same at each sign-in, another for everybody else', async () => {
  const first = await app.signIn(clinician);
  const key = await keyOf(first);
  expect(await keyOf(first)).toBe(key);
  expect(await keyOf(await app.signIn(clinician))).toBe(key);
  const others = [await app.signIn(patient), await app.signIn(coordinator), await app.signIn(clinician, app.south)];
  const keys = [key, ...(await Promise.all(others.map(keyOf)))];
  expect(new Set(keys).size).toBe(keys.length);
  // it is not the key that the EHR's tokens are sealed with
  expect(keys).not.toContain(Buffer.from(app.sessionKey).toString('base64url'));
});

it('is not in the answer that the tab stores, and not in the log', async () => {
  const tab = await app.signIn(patient);
  const key = await keyOf(tab);
  expect(JSON.stringify(tab.view)).not.toContain(key);
  expect(app.doors.log()).not.toContain(key);
});

it('is given to nobody when the session has ended', async () => {
  const tab = await app.signIn(patient);
  await app.call(tab, 'DELETE', '/smart/session');
  expect((await app.call(tab, 'GET', '/app/v1/copy-key')).status).toBe(401);
});
