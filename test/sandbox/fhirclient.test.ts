// A client that neither the sandbox nor the service had a hand in: if the usual SMART library launches here, others will.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSandbox, openSandbox } from './open-sandbox.ts';
import { makeLaunch } from './smart-app.ts';

interface SmartClient {
  patient: { id: string | null };
  user: { fhirUser: string | null };
  request(path: string): Promise<{ resourceType: string; id: string }>;
}
interface SmartApi {
  authorize(options: Record<string, unknown>): Promise<string | undefined>;
  ready(): Promise<SmartClient>;
}
const smart: (request: IncomingMessage, response: ServerResponse, storage: object) => SmartApi = createRequire(
  import.meta.url,
)('fhirclient');

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

/** As much of a request and a response as the library's Node entry looks at. */
function visit(url: string): [IncomingMessage, ServerResponse] {
  const request = { url, protocol: 'http', headers: { host: new URL(ehr.service.url).host }, socket: {} };
  const response = { headersSent: false, writeHead() {}, setHeader() {}, redirect() {}, end() {} };
  return [request, response] as Partial<IncomingMessage>[] as [IncomingMessage, ServerResponse];
}

describe('fhirclient', () => {
  it('launches, gets the patient in context, and reads with its token', async () => {
    const kept = new Map<string, unknown>();
    const storage = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, value: unknown) => {
        kept.set(key, value);
        return value;
      },
      unset: async (key: string) => kept.delete(key),
    };
    const { iss, launch } = await makeLaunch(ehr, { face: 'native', user: 'Practitioner/dr-okafor', patient: 'sarah' });
    const begun = await smart(...visit(`/launch?${new URLSearchParams({ iss, launch })}`), storage).authorize({
      ...{ clientId: 'intersession-app', redirectUri: `${ehr.service.url}/callback`, iss, launch },
      ...{ scope: 'launch openid fhirUser patient/*.rs', noRedirect: true, pkceMode: 'required' },
    });
    const answer = await fetch(begun ?? '', { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(`${ehr.service.url}/callback`);

    const client = await smart(...visit(`/callback${back.search}`), storage).ready();
    expect(client.patient.id).toBe('sarah');
    expect(client.user.fhirUser).toContain('Practitioner/dr-okafor');
    expect(await client.request('Patient/sarah')).toMatchObject({ resourceType: 'Patient', id: 'sarah' });
    await expect(client.request('Patient/tomasz-nowak')).rejects.toThrow(/403|404/);
  });
});
