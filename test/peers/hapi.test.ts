import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hapi, startHapi } from './hapi.ts';

let hapi: Hapi;
beforeAll(async () => {
  hapi = await startHapi({ validate: true });
});
afterAll(() => hapi?.close());

async function post(resource: object): Promise<number> {
  const response = await fetch(`${hapi.base}/Task`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });
  await response.arrayBuffer();
  return response.status;
}

test('is an R4 server that keeps what it is given', async () => {
  const metadata = (await (await fetch(`${hapi.base}/metadata`)).json()) as { fhirVersion: string };
  expect(metadata.fhirVersion).toBe('4.0.1');
  expect(await post({ resourceType: 'Task', status: 'requested', intent: 'order' })).toBe(201);
  const found = (await (await fetch(`${hapi.base}/Task?status=requested`)).json()) as { total: number };
  expect(found.total).toBe(1);
});

test('refuses an invalid resource when it validates', async () => {
  expect(await post({ resourceType: 'Task', status: 'wanted', intent: 'order' })).toBe(422);
  expect(await post({ resourceType: 'Task', status: 'requested' })).toBe(422);
});

test('is gone after close', async () => {
  const second = await startHapi();
  expect(second.base).not.toBe(hapi.base);
  await second.close();
  await expect(fetch(`${second.base}/metadata`)).rejects.toThrow();
});
