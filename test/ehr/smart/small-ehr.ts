import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UserReader } from '../../../src/ehr/smart/read-as-user.ts';

export interface SmallEhr {
  readonly reader: UserReader;
  readonly asked: URL[];
  close(): void;
}

/** An EHR that answers a search with what `find` gives: resources, or a status that refuses. */
export async function openSmallEhr(
  find: (url: URL) => readonly object[] | number | { readonly page: readonly object[]; readonly next: true },
): Promise<SmallEhr> {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://ehr');
    asked.push(url);
    response.setHeader('content-type', 'application/fhir+json');
    const found = find(url);
    if (typeof found === 'number') return response.writeHead(found).end('{"resourceType":"OperationOutcome"}');
    const resources = 'page' in found ? found.page : found;
    const link = 'page' in found ? [{ relation: 'next', url: 'http://elsewhere/page2' }] : [];
    const entry = resources.map((resource) => ({ resource }));
    return response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link, entry }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const tenant = { id: 'north', fhirBase: `http://127.0.0.1:${port}`, timeZone: 'America/New_York' };
  const reader = { tenant, accessToken: 'token', timeoutMs: 2_000, at: new Date('2026-03-02T16:00:00Z') };
  return { reader, asked, close: () => void server.close().closeAllConnections() };
}
