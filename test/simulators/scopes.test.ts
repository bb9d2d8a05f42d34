import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { askScopes } from '../../src/ehr/smart/ask-scopes.ts';
import { parseScopes } from '../../src/landing/granted-scopes.ts';
import type { Database } from '../../src/record/database/database.ts';
import { DeliveryBench, TestClock } from '../delivery/open-delivery.ts';
import { seededLog, seededPlan } from '../delivery/seed-record.ts';
import { seededReport } from '../delivery/seed-report.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import { type OpenSimulator, openSimulator } from './open-simulator.ts';
import { personToken } from './simulator-client.ts';

/** What a hospital grants: everything that the table of this vendor cites, at the level where the vendor grants writes. */
const cited: Record<string, { level: 'system' | 'user'; writes: readonly string[] }> = {
  epic: { level: 'user', writes: ['DocumentReference'] },
  'oracle-health': { level: 'system', writes: ['DocumentReference', 'Communication'] },
  meditech: { level: 'system', writes: ['QuestionnaireResponse', 'Communication'] },
  veradigm: { level: 'user', writes: ['QuestionnaireResponse', 'Observation', 'DocumentReference'] },
};
const cases = Object.entries(cited).flatMap(([vendor, { level, writes }]) =>
  writes.map((type) => ({ vendor, level, writes, type })),
);

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe.each(Object.keys(cited))('scopes at the simulator of %s', (vendor) => {
  let open: OpenSimulator;
  let bench: DeliveryBench | undefined;
  beforeAll(async () => {
    open = await openSimulator(vendor);
  });
  afterAll(() => open.close());
  afterEach(async () => {
    await bench?.close();
    await open.simulator.resetSite();
  });

  /** Delivers a plan, a log, a report and feedback with these types writable. @returns the types that were written to */
  async function deliverWith(level: 'system' | 'user', writes: readonly string[]) {
    const { simulator, service } = open;
    const reads = [
      'Patient',
      'Encounter',
      'QuestionnaireResponse',
      'Observation',
      'DocumentReference',
      'Communication',
    ];
    const system = [
      ...reads.map((type) => `system/${type}.rs`),
      ...(level === 'system' ? writes.map((type) => `system/${type}.cu`) : []),
    ];
    const user = [
      ...reads.map((type) => `user/${type}.rs`),
      ...(level === 'user' ? writes.map((type) => `user/${type}.cu`) : []),
    ];
    await simulator.site({ grants: { system, user, patient: [] } });
    await simulator.beginVisit('sarah');
    bench = await DeliveryBench.open(
      database,
      simulator.fhirBase,
      {
        vendor,
        auth: 'smart',
        systemClientId: 'intersession-system',
        systemScopes: askScopes(undefined, { ehrLaunch: true, capabilities: [] }).replaceAll('user/', 'system/'),
        clientId: 'intersession-app',
        safetyRoute: { name: 'On-call therapist' },
      },
      { clock: new TestClock(new Date().toISOString()), privateJwk: service.privateJwk() },
    );
    const token = await personToken(simulator, service, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
    await bench.ehr.personGranted(String(token.scope));
    bench.people = [
      {
        userReference: 'Practitioner/dr-okafor',
        role: 'clinician',
        grants: parseScopes(String(token.scope)),
        authorization: async () => `Bearer ${token.access_token}`,
        refused() {},
      },
    ];
    const plan = seededPlan();
    const log = seededLog(plan);
    const feedback = {
      artefact: 'feedback',
      id: `f-${plan.planId}`,
      groupId: `feedback:f-${plan.planId}`,
      resource: {
        resourceType: 'Communication',
        identifier: [{ system: 'https://intersession.dev/id/feedback', value: `f-${plan.planId}` }],
        status: 'completed',
        subject: { reference: 'Patient/sarah' },
        recipient: [{ reference: 'Patient/sarah' }],
        sender: { reference: 'Practitioner/dr-okafor' },
        payload: [{ contentString: 'Well done.' }],
      },
    };
    const before = simulator.requests().length;
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts, seededReport(), feedback]);
    await bench.deliver(3);
    const landings = await bench.ehr.landings();
    const written = simulator
      .requests()
      .slice(before)
      .filter(({ method }) => method === 'POST' || method === 'PUT');
    return { landings, types: new Set(written.map(({ type }) => String(type))) };
  }

  it.each(cases.filter((entry) => entry.vendor === vendor))(
    'without the $level scope for it, $type is never written, and the landing changes',
    async ({ level, writes, type }) => {
      const granted = await deliverWith(level, writes);
      expect([...granted.types]).toContain(type);
      await bench?.close();
      const without = await deliverWith(
        level,
        writes.filter((text) => text !== type),
      );
      expect([...without.types]).not.toContain(type);
      const changed = granted.landings.filter((row, index) => {
        const after = without.landings[index];
        return after?.landing !== row.landing || after?.identity !== row.identity;
      });
      expect(changed.length).toBeGreaterThan(0);
    },
  );
});
