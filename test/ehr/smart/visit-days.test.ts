import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPatient } from '../../../src/ehr/smart/read-person.ts';
import { searchVisits } from '../../../src/ehr/smart/search-visits.ts';
import { writeDay } from '../../../src/homework/schedule/write-day.ts';

/** An EHR that says of visits no more than their day, and whose names were pasted from elsewhere. */
let server: Server;
let fhirBase: string;
let start: string;
let name: Record<string, unknown>;
beforeAll(async () => {
  server = createServer((request, response) => {
    const visit = { resourceType: 'Encounter', id: 'v1', status: 'finished', period: { start } };
    const about = { subject: { reference: 'Patient/sarah' } };
    const answer = request.url?.includes('/Patient/')
      ? { resourceType: 'Patient', id: 'sarah', name: [name] }
      : { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { ...visit, ...about } }] };
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fhirBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const at = new Date('2026-05-02T12:00:00.000Z');
const reader = (timeZone: string) => ({
  tenant: { id: 't', fhirBase, timeZone },
  accessToken: 'x',
  timeoutMs: 3_000,
  at,
});

describe('what an EHR says of visits and people', () => {
  it.each([
    ['America/New_York', '2026-03-02', 'Mon, 2 Mar 2026'],
    ['Pacific/Honolulu', '2026-03-02', 'Mon, 2 Mar 2026'],
    ['Pacific/Kiritimati', '2026-03-02', 'Mon, 2 Mar 2026'],
    ['Africa/Cairo', '2026-04-24', 'Fri, 24 Apr 2026'],
    ['America/New_York', '2026-03-02T23:30:00', 'Mon, 2 Mar 2026'],
    ['America/New_York', '2026-03-03T04:30:00Z', 'Mon, 2 Mar 2026'],
  ])('is written with the day that was meant, in %s: %s', async (timeZone, said, day) => {
    start = said;
    const of = { patientId: 'sarah', until: '2026-05-02T12:00:00.000Z' };
    const found = await searchVisits(reader(timeZone), of);
    expect(found.ok && found.value.map((visit) => writeDay(visit.start, { timeZone, language: 'en-GB' }))).toEqual([
      day,
    ]);
  });

  it.each([
    [{ given: ['Sarah\u0000'], family: 'Whit\u0007field' }, 'Sarah Whitfield'],
    [{ given: ['Sa\ud83drah'], family: 'Whitfield\u000b' }, 'Sarah Whitfield'],
    [{ text: 'Sarah\uffff Whitfield\u001f' }, 'Sarah Whitfield'],
  ])('is named without what no system can hold: %j', async (said, shown) => {
    name = said;
    const read = await readPatient(reader('UTC'), 'sarah');
    expect(read.ok && read.value.name).toBe(shown);
  });
});
