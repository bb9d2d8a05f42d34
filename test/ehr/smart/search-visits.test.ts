import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { searchVisits } from '../../../src/ehr/smart/search-visits.ts';

interface Stored {
  readonly id: string;
  readonly status: string;
  readonly start: string;
}
/** What this EHR does with the parameters of a search. */
interface Ways {
  readonly status?: 'filters' | 'ignores' | 'refuses';
  readonly sort?: 'heeds' | 'ignores' | 'refuses';
  readonly date?: 'heeds' | 'ignores' | 'refuses';
}

const close: (() => void)[] = [];
afterEach(() => {
  for (const closeServer of close.splice(0)) closeServer();
});

/** An EHR that answers 25 encounters at a time, and counts how often it is asked. */
async function ehr(stored: readonly Stored[], { status = 'filters', sort = 'heeds', date = 'heeds' }: Ways) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { searchParams } = new URL(request.url ?? '', 'http://ehr');
    const has = (name: string, how: string) => searchParams.has(name) && how === 'refuses';
    if (has('status', status) || has('_sort', sort) || has('date', date)) return response.writeHead(400).end('{}');
    const dates = date === 'heeds' ? searchParams.getAll('date') : [];
    const states = searchParams.get('status')?.split(',');
    const newestFirst = sort === 'heeds' && searchParams.has('_sort');
    const found = stored
      .filter(({ start }) => dates.every((of) => (of.startsWith('lt') ? start < of.slice(2) : start >= of.slice(2))))
      .filter((encounter) => status !== 'filters' || states === undefined || states.includes(encounter.status))
      .sort((a, b) => (newestFirst ? b.start.localeCompare(a.start) : a.start.localeCompare(b.start)));
    const entry = found.slice(0, 25).map(({ id, status: is, start }) => ({
      resource: {
        resourceType: 'Encounter',
        id,
        status: is,
        subject: { reference: 'Patient/sarah' },
        period: { start },
      },
    }));
    const link = found.length > 25 ? [{ relation: 'next', url: 'http://elsewhere.example/next' }] : [];
    response.setHeader('content-type', 'application/fhir+json');
    return response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link, entry }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close.push(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const tenant = { id: 'north', fhirBase: `http://127.0.0.1:${port}` };
  const reader = { tenant, accessToken: 'token', timeoutMs: 2_000, at: new Date('2026-03-02T16:00:00Z') };
  return { reader, asked };
}

const sarah = { patientId: 'sarah', until: '2026-03-02T16:00:00.000Z' };
const found = async (stored: readonly Stored[], ways: Ways) => {
  const { reader, asked } = await ehr(stored, ways);
  const answer = await searchVisits(reader, sarah);
  return { visits: answer.ok ? answer.value.map(({ reference }) => reference) : answer.why, asked };
};

describe('visits behind 120 that nobody kept', () => {
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

  it.each(['filters', 'ignores', 'refuses'] as const)(
    'are found where the EHR %s a search by status',
    async (status) => {
      expect((await found(visits, { status })).visits).toEqual(['Encounter/last', 'Encounter/first']);
    },
  );

  it('are not looked for without end', async () => {
    const endless = visits.map((visit, index) => ({ ...visit, id: `x${index}`, status: 'cancelled' }));
    const many = [0, 1, 2, 3].flatMap((round) =>
      endless.map((visit, index) => ({ ...visit, id: `${round}-${visit.id}`, start: at(round * 500 + index) })),
    );
    const { visits: none, asked } = await found(many, { status: 'ignores' });
    expect(none).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(10);
  });
});

describe('two hundred visits, one a week', () => {
  const weekly: readonly Stored[] = Array.from({ length: 200 }, (_, week) => ({
    id: `week-${week}`,
    status: 'finished',
    start: new Date(Date.UTC(2026, 1, 23, 15) - (199 - week) * 7 * 86_400_000).toISOString(),
  }));

  it.each<[string, Ways]>([
    ['sorts as it is asked', {}],
    ['passes over _sort, and gives the oldest first', { sort: 'ignores' }],
    ['refuses _sort', { sort: 'refuses' }],
    ['refuses a search by status, and passes over _sort', { status: 'refuses', sort: 'ignores' }],
  ])('the newest come first where the EHR %s', async (_, ways) => {
    const { visits, asked } = await found(weekly, ways);
    expect(visits.slice(0, 9)).toEqual(Array.from({ length: 9 }, (_week, index) => `Encounter/week-${199 - index}`));
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  it('what an EHR gives that looks at neither dates nor sorting is taken, and it is asked no further', async () => {
    const { visits, asked } = await found(weekly, { sort: 'ignores', date: 'ignores' });
    expect(visits[0]).toBe('Encounter/week-24');
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it('an EHR that refuses all but the patient is asked by the patient', async () => {
    const few = weekly.slice(-3);
    const ways = { status: 'refuses', sort: 'refuses', date: 'refuses' } as const;
    expect((await found(few, ways)).visits).toEqual([199, 198, 197].map((week) => `Encounter/week-${week}`));
  });
});

it('an EHR that refuses the search altogether tells of no visits, rather than of none', async () => {
  const { reader, asked } = await ehr([], {});
  const tenant = { ...reader.tenant, fhirBase: `${reader.tenant.fhirBase}` };
  close.splice(0).map((closeServer) => closeServer());
  expect(await searchVisits({ ...reader, tenant }, sarah)).toEqual({ ok: false, why: 'unreachable' });
  expect(asked).toEqual([]);
});
