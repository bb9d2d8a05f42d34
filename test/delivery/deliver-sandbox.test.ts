import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/record/database/database.ts';
import { openTestDatabase } from '../record/open-test-database.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { type SeededArtefact, seededLog, seededPlan } from './seed-record.ts';
import { openSandboxBench, type SandboxBench } from './with-sandbox.ts';

let database: Database;
let sandbox: SandboxBench;
let bench: DeliveryBench;

beforeAll(async () => {
  database = await openTestDatabase();
  sandbox = await openSandboxBench();
});
afterAll(async () => {
  await sandbox.close();
  await database.close();
});
afterEach(() => bench.close());

async function open(face: 'native' | 'notes-only'): Promise<void> {
  bench = await sandbox.open(database, face);
}

const lines = (file: string): { face: string; type: string; identifier: string | null; requestId: string }[] =>
  readFileSync(join(sandbox.dataDir, 'sandbox', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

function report(plan: { planId: string }, members: readonly { artefact: string; id: string; version: number }[]) {
  const id = randomUUID();
  const text = `What was done\n\n[IS:${id}:v1]\n`;
  const artefact: SeededArtefact = {
    artefact: 'report',
    id,
    groupId: `report:${id}`,
    resource: {
      resourceType: 'DocumentReference',
      identifier: [{ system: 'https://intersession.dev/id/report', value: id }],
      status: 'current',
      docStatus: 'preliminary',
      type: { text: 'Progress note' },
      subject: { reference: 'Patient/sarah' },
      date: '2026-03-25T19:00:00.000Z',
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
    },
  };
  const store = async () => {
    const { tenant, clock } = bench;
    const parameters = [tenant.id, plan.planId, clock.now()];
    await database.query(
      `insert into plan (tenant, id, version, updated_at, patient_id, status, body) values ($1, $2, 1, $3, 'sarah', 'active', $4::jsonb) on conflict do nothing`,
      [...parameters, JSON.stringify({ patientId: 'sarah' })],
    );
    await database.query(
      `insert into report (tenant, id, version, updated_at, plan_id, status, body) values ($1, $4, 1, $3, $2, 'filed', $5::jsonb) on conflict do nothing`,
      [...parameters, id, JSON.stringify({ planId: plan.planId, patientId: 'sarah', members })],
    );
    await bench.want(plan.planId, [artefact]);
  };
  return { id, store };
}

describe('the sandbox EHR, face native', () => {
  it('takes a plan and its log with a real token, each once, also when told again', async () => {
    await open('native');
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    const ledger = await bench.deliver(1);
    expect([...ledger.values()].map(({ state, last_outcome }) => [state, last_outcome])).toEqual(
      new Array(7).fill(['landed', null]),
    );
    const commits = () => lines('commits.ndjson').filter(({ identifier }) => identifier?.includes(plan.planId));
    const before = commits();
    expect(before).toHaveLength(4);
    const { rows } = await database.query<{ id: string }>('select id from attempt where tenant = $1', [
      bench.tenant.id,
    ]);
    expect(rows.map(({ id }) => id)).toContain(before[0]?.requestId);
    await bench.lose();
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    const again = await bench.deliver(1);
    expect(new Set([...again.values()].map(({ state }) => state))).toEqual(new Set(['landed']));
    expect(commits()).toEqual(before);
  });
});

describe('the sandbox EHR, face notes-only', () => {
  it('gets observations and one note, and is never asked about CarePlan or Task', async () => {
    await open('notes-only');
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    const before = await bench.deliver(1);
    expect(before.get(`plan/${plan.planId}`)).toMatchObject({ state: 'waiting', landing: 'note' });
    expect(before.get(`plan/${plan.planId}`)?.why).toEqual({ code: 'report' });
    expect(before.get(`measure/${log.logId}.suds-peak`)).toMatchObject({ state: 'landed', landing: 'observation' });
    const members = [...before.values()]
      .filter(({ landing }) => landing === 'note')
      .map(({ artefact, id, wanted }) => ({ artefact, id, version: wanted }));
    expect(members).toHaveLength(5);
    const filed = report(plan, members);
    await filed.store();
    const after = await bench.deliver(1);
    const note = after.get(`report/${filed.id}`)?.ehr_reference;
    expect(note).toMatch(/^DocumentReference\//);
    for (const { artefact, id } of members) {
      expect(after.get(`${artefact}/${id}`)).toMatchObject({ state: 'landed', landed: 1, ehr_reference: note });
    }
    const asked = lines('requests.ndjson').filter(({ face }) => face === 'notes-only');
    expect(asked.filter(({ type }) => type === 'CarePlan' || type === 'Task')).toEqual([]);
    expect(asked.filter(({ type }) => type === 'DocumentReference').length).toBeGreaterThan(0);
  });

  it('gets no second note and no second observation when our database was lost', async () => {
    await open('notes-only');
    const plan = seededPlan();
    const log = seededLog(plan);
    const filed = report(plan, [{ artefact: 'plan', id: plan.planId, version: 1 }]);
    const tell = async () => {
      await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
      await filed.store();
      return bench.deliver(1);
    };
    const first = await tell();
    const commits = () => lines('commits.ndjson').filter(({ face }) => face === 'notes-only').length;
    const count = commits();
    await bench.lose();
    const second = await tell();
    expect(commits()).toBe(count);
    expect(second.get(`report/${filed.id}`)?.ehr_reference).toBe(first.get(`report/${filed.id}`)?.ehr_reference);
    expect(second.get(`plan/${plan.planId}`)).toMatchObject({ state: 'landed', landed: 1 });
  });

  it('keeps in waiting what changed after the report that told of it', async () => {
    await open('notes-only');
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.want(plan.planId, [plan.plan]);
    const filed = report(plan, [{ artefact: 'plan', id: plan.planId, version: 1 }]);
    await filed.store();
    const ledger = await bench.deliver(1);
    expect(ledger.get(`plan/${plan.planId}`)).toMatchObject({ state: 'waiting', wanted: 2, landed: 1 });
  });
});
