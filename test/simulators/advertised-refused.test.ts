import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { DeliveryBench, TestClock } from '../delivery/open-delivery.ts';
import type { SeededArtefact } from '../delivery/seed-record.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { type OpenSimulator, openSimulator } from './open-simulator.ts';

// Oracle Health takes messages from systems: where it refuses them, feedback is told in the report.
let database: Database;
let open: OpenSimulator;
let bench: DeliveryBench;
beforeAll(async () => {
  database = await openTestDatabase();
  open = await openSimulator('oracle-health');
});
afterAll(async () => {
  await open?.close();
  await database.close();
});
beforeEach(async () => {
  const { simulator, service } = open;
  const systemScopes = ['Patient.rs', 'DocumentReference.crus', 'Communication.crus']
    .map((scope) => `system/${scope}`)
    .join(' ');
  bench = await DeliveryBench.open(
    database,
    simulator.fhirBase,
    { vendor: 'oracle-health', auth: 'smart', systemClientId: 'intersession-system', systemScopes },
    { clock: new TestClock(new Date().toISOString()), privateJwk: service.privateJwk() },
  );
});
afterEach(async () => {
  await bench.close();
  await open.simulator.resetSite();
});

const tried = (since: number) =>
  open.simulator
    .requests()
    .slice(since)
    .filter(({ method, type }) => method === 'POST' && type === 'Communication');
const landing = async () => (await bench.ehr.landings()).find(({ artefact }) => artefact === 'feedback');

function feedback(): SeededArtefact {
  const id = randomUUID();
  return {
    artefact: 'feedback',
    id,
    groupId: `feedback:${id}`,
    resource: {
      resourceType: 'Communication',
      identifier: [{ system: 'https://intersession.dev/id/feedback', value: id }],
      status: 'completed',
      subject: { reference: 'Patient/sarah' },
      recipient: [{ reference: 'Patient/sarah' }],
      sender: { reference: 'Practitioner/dr-okafor' },
      payload: [{ contentString: 'Well done.' }],
    },
  };
}

it.each([405, 403])(
  'one refusal with %i, then the next landing, with evidence; probed anew when the statement changes',
  async (status) => {
    const { simulator } = open;
    await simulator.site({ refusals: [{ type: 'Communication', interaction: 'create', status }] });
    expect(await landing()).toMatchObject({ landing: 'communication', identity: 'system' });
    const since = simulator.requests().length;
    const [first, second] = [feedback(), feedback()];
    await bench.want('p', [first]);
    expect((await bench.deliver()).get(`feedback/${first.id}`)).toMatchObject({ state: 'waiting', landing: 'note' });
    await bench.want('p', [second]);
    expect((await bench.deliver()).get(`feedback/${second.id}`)).toMatchObject({ state: 'waiting', landing: 'note' });
    expect(tried(since)).toHaveLength(1);
    const row = await landing();
    expect(row).toMatchObject({ landing: 'note' });
    expect(row?.reason).toContain(`answered ${status}`);
    expect(await bench.ehr.corrections()).toMatchObject([{ type: 'Communication', interaction: 'create', status }]);

    // the statement changes, and with it goes what practice taught
    await simulator.resetSite();
    await simulator.site({ interactions: { Flag: ['read', 'search-type'] } });
    // waiting for a later try moved the clock; tokens are about real time
    bench.clock.advance(Date.now() - bench.clock.now().getTime());
    await bench.ehr.rediscover();
    expect(await landing()).toMatchObject({ landing: 'communication' });
    const third = feedback();
    await bench.want('p', [third]);
    expect((await bench.deliver()).get(`feedback/${third.id}`)).toMatchObject({
      state: 'landed',
      landing: 'communication',
    });
    const committed = simulator.commits().filter(({ identifier }) => String(identifier).includes(third.id));
    expect(committed.map(({ type, interaction }) => `${interaction} ${type}`)).toEqual(['create Communication']);
  },
);
