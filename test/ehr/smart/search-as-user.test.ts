import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { encounters, lastVisit } from '../../../src/ehr/smart/search-as-user.ts';

interface Stored {
  readonly id: string;
  readonly status: string;
  readonly start: string;
}
type Ways = 'filters' | 'ignores' | 'refuses';

const close: (() => void)[] = [];
afterEach(() => {
  for (const closeServer of close.splice(0)) closeServer();
});

/** An EHR that searches encounters by date, a page at a time, and treats `status` as it likes. */
async function reader(stored: readonly Stored[], ways: Ways) {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://ehr');
    const [status, count] = [searchParams.get('status'), Math.min(Number(searchParams.get('_count')), 25)];
    if (status !== null && ways === 'refuses') return response.writeHead(400).end('{}');
    const until = (searchParams.get('date') ?? '').slice(2);
    const found = stored
      .filter((stored) => stored.start < until)
      .filter((stored) => status === null || ways !== 'filters' || status.split(',').includes(stored.status))
      .sort((a, b) => b.start.localeCompare(a.start));
    const entry = found.slice(0, count).map(({ id, status: is, start }) => ({
      resource: {
        resourceType: 'Encounter',
        id,
        status: is,
        subject: { reference: 'Patient/sarah' },
        period: { start },
      },
    }));
    const link = found.length > count ? [{ relation: 'next', url: 'http://elsewhere.example/next' }] : [];
    response.setHeader('content-type', 'application/fhir+json');
    return response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link, entry }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close.push(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const tenant = { id: 'north', fhirBase: `http://127.0.0.1:${port}` };
  return { tenant, accessToken: 'token', timeoutMs: 2_000, at: new Date('2026-03-02T16:00:00Z') };
}

const at = (minute: number) => new Date(Date.UTC(2026, 1, 1) + minute * 60_000).toISOString();
const visits: readonly Stored[] = [
  { id: 'first', status: 'finished', start: at(0) },
  { id: 'last', status: 'finished', start: at(1) },
  ...Array.from({ length: 120 }, (_, index) => ({
    id: `missed-${index}`,
    status: index % 2 === 0 ? 'cancelled' : 'planned',
    start: at(index + 2),
  })),
];
const sarah = { patientId: 'sarah', before: '2026-03-02T16:00:00.000Z' };

describe('visits behind 120 that nobody kept', () => {
  it.each(['filters', 'ignores', 'refuses'] as const)('are found where the EHR %s a search by status', async (ways) => {
    const by = await reader(visits, ways);
    expect(await lastVisit(by, sarah)).toBe(at(1));
    expect(await lastVisit(by, { ...sarah, except: 'Encounter/last' })).toBe(at(0));
    const offered = await encounters(by, sarah);
    expect(offered).toMatchObject({
      ok: true,
      value: [{ reference: 'Encounter/last' }, { reference: 'Encounter/first' }],
    });
  });

  it('are not looked for without end', async () => {
    const endless = Array.from({ length: 400 }, (_, index) => ({
      id: `x${index}`,
      status: 'cancelled',
      start: at(index),
    }));
    expect(await lastVisit(await reader(endless, 'ignores'), sarah)).toBeUndefined();
  });
});
