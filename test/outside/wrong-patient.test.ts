import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { type Deployment, deploymentOn } from '../delivery/random-patients.ts';
import { openSandboxBench, type SandboxBench } from '../delivery/with-sandbox.ts';
import { openTestDatabase } from '../record/open-test-database.ts';

// The first of three ways in which one patient's chart was overwritten with another's data; the second is
// test/http/source-ids.test.ts, the third test/outside/fhir-clients.test.ts.

let sandbox: SandboxBench;
const databases: Database[] = [];
beforeAll(async () => {
  sandbox = await openSandboxBench();
});
afterAll(async () => {
  for (const database of databases) await database.close();
  await sandbox.close();
});

/** A service whose database is new, for the same hospital: as after a restore, or as a second deployment. */
async function newDeployment(face: string): Promise<Deployment> {
  const database = await openTestDatabase();
  databases.push(database);
  return deploymentOn(database, await sandbox.open(database, face, { id: 'clinic' }));
}

/** What a source sends of a patient, under names that it counts from nought for each export. */
async function send(record: HomeworkRecord, patientId: string): Promise<void> {
  const clientId = 'homework-product';
  const text = `words of ${patientId}`;
  const { planId, state } = await createPlan(record, 'clinic', {
    ...{ clientId, sourceId: 'plan-1', patientId, title: text, period: { start: '2026-03-01' } },
    assignments: [
      {
        ...{ key: 'a', kind: 'self-monitoring', title: text },
        schedule: { type: 'event', event: 'x', count: 3, text, window: { start: '2026-03-01', end: '2099-12-31' } },
        unlock: { type: 'at-start' },
      },
    ],
  });
  const assignmentId = state.assignments[0]?.id ?? '';
  for (const number of [0, 1, 2]) {
    await logHomework(record, 'clinic', {
      ...{ clientId, sourceId: `log-${number}`, assignmentId, performedAt: record.clock.now().toISOString() },
      answers: { situation: text, 'belief-before': 50 + number, 'suds-before': 40 },
    });
  }
  const of = { artefact: 'assignment', id: assignmentId } as const;
  await recordBarrier(record, 'clinic', { clientId, sourceId: 'rep-1', of, code: 'fear', text });
  await fileReport(record, 'clinic', { clientId, sourceId: 'rep-1', planId });
}

const types = ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'DocumentReference'];

/** All that the EHR holds of a patient, whole, by reference. */
async function chartOf({ bench }: Deployment, patientId: string): Promise<Map<string, unknown>> {
  const chart = new Map<string, unknown>();
  const { interactions } = await bench.ehr.capabilities();
  for (const type of types.filter((type) => interactions[type]?.includes('search-type'))) {
    const answer = await bench.ehr.search(type, new URLSearchParams({ patient: patientId }));
    if (!answer.ok) throw new Error(`${type}: ${answer.failure.outcome}`);
    for (const resource of answer.resources) chart.set(`${type}/${resource.id}`, resource);
  }
  return chart;
}

describe.each(['native', 'notes-only'])(
  'the sandbox EHR, face %s, that remembers what our database has lost',
  (face) => {
    it('keeps the first patient’s chart, whatever names a source uses again for the second', async () => {
      const before = await newDeployment(face);
      await send(before.record, 'marcus-bell');
      await before.bench.deliver(3);
      const marcus = await chartOf(before, 'marcus-bell');
      await before.bench.close();

      const after = await newDeployment(face);
      await send(after.record, 'priya-raman');
      const ledger = await after.bench.deliver(3);
      expect(await chartOf(after, 'marcus-bell')).toEqual(marcus);
      const priya = await chartOf(after, 'priya-raman');
      expect(JSON.stringify([...priya.values()])).not.toMatch(/marcus/);
      const landed = [...ledger.values()].filter(
        ({ state, ehr_reference }) => state === 'landed' && ehr_reference !== null,
      );
      expect(landed.map(({ ehr_reference }) => ehr_reference).filter((place) => marcus.has(place ?? ''))).toEqual([]);
      const note = [...ledger.values()].find(({ artefact }) => artefact === 'report');
      expect([note?.state, priya.has(note?.ehr_reference ?? '')]).toEqual(['landed', true]);
      await after.bench.close();
    });

    it('is told the same again without a second copy, when the database is lost and the same is sent', async () => {
      const before = await newDeployment(face);
      await send(before.record, 'tomasz-nowak');
      await before.bench.deliver(3);
      const chart = await chartOf(before, 'tomasz-nowak');
      expect(chart.size).toBeGreaterThan(3);
      await before.bench.close();
      const after = await newDeployment(face);
      await send(after.record, 'tomasz-nowak');
      await after.bench.deliver(3);
      expect([...(await chartOf(after, 'tomasz-nowak')).keys()].sort()).toEqual([...chart.keys()].sort());
      await after.bench.close();
    });
  },
);
