import { expect } from 'vitest';
import { tabKeyHash } from '../../smart-app/src/session/tab-secret.ts';
import type { FakeService } from './fake-service.ts';

/** Another device, or tab, signed in by itself. @returns calls the service from there; its answer's JSON */
export async function otherDevice({ origin, launchUrl }: FakeService) {
  const headers = { 'Content-Type': 'application/json' };
  const post = async (path: string, body: object) =>
    (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  const tabSecret = 's'.repeat(43);
  const query = new URL(launchUrl).searchParams;
  const launch = { iss: query.get('iss'), launch: query.get('launch'), tabKeyHash: await tabKeyHash(tabSecret) };
  const state = new URL((await post('/smart/launch', launch)).authorizeUrl).searchParams.get('state');
  const { session, launchId } = await post('/smart/callback', { state, code: 'code-1', tabSecret });
  expect(origin).toContain('127.0.0.1');
  return async (method: string, path: string, body?: object) => {
    const signed = { ...headers, Authorization: `Bearer ${session}`, 'X-Launch': launchId };
    const answer = await fetch(`/app/v1${path}`, {
      method,
      headers: signed,
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBeLessThan(300);
    return answer.json();
  };
}
