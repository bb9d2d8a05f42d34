import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectSignal } from '../../src/fhir/project-signal.ts';
import type { SafetySignal } from '../../src/homework/safety/safety-signal.ts';
import type { Database } from '../../src/record/database/database.ts';
import { DeliveryBench, TestClock } from '../delivery/open-delivery.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { type OpenSimulator, openSimulator } from './open-simulator.ts';

const at = new Date().toISOString();
const context = {
  tenantName: 'Riverside',
  sensitivity: 'MH',
  timeZone: 'America/New_York',
  language: 'en-US',
} as const;
const systemScopes = ['Patient.rs', 'Encounter.rs', 'DocumentReference.crus', 'Binary.r']
  .map((scope) => `system/${scope}`)
  .join(' ');

/** Vendors that take notes, at a site that lets nobody update one once it is filed. */
describe.each(['oracle-health', 'epic', 'veradigm'])('a safety signal that is closed, at a site of %s', (vendor) => {
  let database: Database;
  let open: OpenSimulator;
  let bench: DeliveryBench;
  beforeAll(async () => {
    database = await openTestDatabase();
    open = await openSimulator(vendor);
    const { simulator, service } = open;
    await simulator.site({
      grants: { system: systemScopes.split(' ') },
      interactions: { DocumentReference: ['create', 'read', 'search-type'] },
    });
    await simulator.beginVisit('sarah');
    bench = await DeliveryBench.open(
      database,
      simulator.fhirBase,
      { vendor, auth: 'smart', systemClientId: 'intersession-system', systemScopes },
      { clock: new TestClock(new Date().toISOString()), privateJwk: service.privateJwk() },
    );
  }, 60_000);
  afterAll(async () => {
    await bench?.close();
    await open?.close();
    await database?.close();
  });

  it('is a second note that replaces the first, and says so in its first line', async () => {
    const by = { type: 'person', reference: 'Practitioner/dr-okafor' } as const;
    const signal: SafetySignal = {
      ...{ id: randomUUID(), patientId: 'sarah', planId: randomUUID(), ordinal: 1, version: 1 },
      ...{ rule: 'self-harm-thoughts', status: 'open', raisedAt: at, evidence: [{ at, by }] },
    };
    const closed: SafetySignal = {
      ...{ ...signal, version: 2, status: 'closed', closedAt: new Date().toISOString() },
      ...{ closedBy: 'Practitioner/dr-okafor', closeReason: 'Talked it over; safe' },
    };
    const places: string[] = [];
    for (const version of [signal, closed]) {
      const note = projectSignal(version, context).filter(({ id }) => id.endsWith('.note'));
      await bench.want(
        signal.planId,
        note.map((projectedResource) => ({ ...projectedResource, resource: { ...projectedResource.resource } })),
      );
      const row = (await bench.deliver()).get(`safety/${signal.id}.note`);
      expect(row).toMatchObject({ state: 'landed', reason: null });
      places.push(row?.ehr_reference ?? '');
    }
    const [first = '', second = ''] = places;
    expect(second).not.toBe(first);
    const read = await bench.ehr.read('DocumentReference', second.slice(second.indexOf('/') + 1));
    if (!read.ok) throw new Error(read.failure.outcome);
    expect(read.resource.relatesTo).toEqual([{ code: 'replaces', target: { reference: first } }]);
    const [{ attachment }] = read.resource.content as [{ attachment: { data?: string; url?: string } }];
    const binary = attachment.url === undefined ? undefined : await bench.ehr.readLocation(attachment.url, 'Binary');
    const data = binary?.ok === true ? String(binary.resource.data) : (attachment.data ?? '');
    const [line] = Buffer.from(data, 'base64').toString('utf8').split('\n');
    expect(line).toMatch(/^REPLACES the note filed .+, UTC-0[45]:00 \(DocumentReference\/.+\)\.$/);
    expect(line).toContain(first);
  });
});
