import type { Communication, DocumentReference, FhirResource, Observation, QuestionnaireResponse } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { completeLog } from '../../src/record/use-cases/complete-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { after, before, first, newAnswers, oldAnswers, second } from '../kinds/walk-diary.ts';
import { openTestRecord, type TestRecord } from '../record/open-test-record.ts';
import type { DeliveryBench } from './open-delivery.ts';
import type { LedgerState } from './seed-record.ts';
import { openSandboxBench, type SandboxBench } from './with-sandbox.ts';

const tenant = 'sandbox';
const scopes = (...types: readonly string[]) =>
  ['Patient.rs', ...types.map((type) => `${type}.cruds`)].map((scope) => `system/${scope}`).join(' ');

let sandbox: SandboxBench;
let test: TestRecord;
let bench: DeliveryBench;
beforeAll(async () => {
  sandbox = await openSandboxBench();
});
afterEach(async () => {
  await bench.close();
  await test.close();
});
afterAll(() => sandbox.close());

async function open(face: string, systemScopes?: string): Promise<void> {
  test = await openTestRecord();
  const more = { id: tenant, ...(systemScopes === undefined ? {} : { systemScopes }) };
  bench = await sandbox.open(test.database, face, more, { timeoutMs: 20_000 });
}

const at = (set: string) => setSandboxClock(test.record, { tenants: [tenant], set });

async function makePlan(title: string): Promise<{ planId: string; assignmentId: string }> {
  const { planId } = await createPlan(test.record, tenant, {
    ...{ patientId: 'sarah', title, author: 'Practitioner/dr-okafor' },
    assignments: [
      {
        ...{ key: 'a', kind: 'walk-diary', title: 'A walk', unlock: { type: 'at-start' } },
        schedule: {
          ...{ type: 'event', event: 'walk', count: 9, text: 'nine walks' },
          window: { start: '2026-03-01', end: '2026-04-12' },
        },
      },
    ],
  });
  const [assignment] = (await getPlan(test.record, tenant, planId)).assignments;
  return { planId, assignmentId: assignment?.id ?? '' };
}

async function log(
  assignmentId: string,
  answers: object,
  performedAt: string,
  status?: 'in-progress',
): Promise<string> {
  const given = { assignmentId, patientId: 'sarah', performedAt, answers: { ...answers }, ...(status && { status }) };
  return (await logHomework(test.record, tenant, given)).log.id;
}

interface Told {
  /** Logs by the order of what happened: amended, finished, new in the running plan; new in the new plan. */
  readonly logs: readonly string[];
  /** The reports of both plans. */
  readonly reports: readonly string[];
}

/** A running plan through the bump, and a plan that is made after it; all of it delivered as it comes. */
async function play(): Promise<Told> {
  test.install(before);
  await at('2026-03-01T10:00:00-05:00');
  const running = await makePlan('Walks');
  await at('2026-03-02T12:00:00-05:00');
  const amended = await log(running.assignmentId, oldAnswers, '2026-03-02T11:00:00-05:00');
  const begun = await log(running.assignmentId, { weather: 'hail' }, '2026-03-02T11:30:00-05:00', 'in-progress');
  await bench.deliver(3);

  test.install(after);
  await at('2026-03-03T12:00:00-05:00');
  const fresh = await makePlan('New walks');
  const { record } = test;
  await amendLog(record, tenant, { logId: amended, answers: { ...oldAnswers, tension: 40, weather: 'sun' } });
  await completeLog(record, tenant, { logId: begun, answers: { ...oldAnswers, weather: 'hail' } });
  const later = await log(running.assignmentId, { ...oldAnswers, weather: 'snow' }, '2026-03-03T11:00:00-05:00');
  const anew = await log(fresh.assignmentId, newAnswers, '2026-03-03T11:00:00-05:00');
  await bench.deliver(3);
  const author = 'Practitioner/dr-okafor';
  const reports: string[] = [];
  for (const { planId } of [running, fresh]) {
    reports.push((await fileReport(record, tenant, { planId, author, signedBy: author })).report.id);
  }
  await bench.deliver(6);
  return { logs: [amended, begun, later, anew], reports };
}

/** What stands in the EHR where the ledger says that a row is. */
async function standing<R extends FhirResource>(row: LedgerState | undefined): Promise<R> {
  const [type = '', id = ''] = row?.ehr_reference?.split('/') ?? [];
  const answer = await bench.ehr.read(type, id);
  if (!answer.ok) throw new Error(`${row?.ehr_reference}: ${JSON.stringify(answer.failure)}`);
  return answer.resource as unknown as R;
}

async function tensions(ledger: ReadonlyMap<string, LedgerState>, logId: string): Promise<unknown[]> {
  const rows = [...ledger].filter(
    ([key, row]) => key.startsWith(`measure/${logId}.`) && row.ehr_reference?.startsWith('Observation/'),
  );
  const observations = await Promise.all(rows.map(([, row]) => standing<Observation>(row)));
  return observations.map(({ code, status, valueInteger, valueQuantity }) => [
    ...[code.coding?.[0]?.code, valueInteger ?? valueQuantity?.value, status],
  ]);
}

async function textOf(row: LedgerState | undefined): Promise<string> {
  const filed = await standing<DocumentReference | Communication>(row);
  if (filed.resourceType === 'Communication') {
    return (filed.payload ?? []).map(({ contentString }) => contentString ?? '').join('\n');
  }
  const [{ attachment } = { attachment: {} }] = filed.content;
  return Buffer.from(attachment.data ?? '', 'base64').toString('utf8');
}

describe('a questionnaire’s second version beside its first, in the EHR', () => {
  it.each<[string, string, string, string | undefined]>([
    ['native', 'native', 'native', undefined],
    ['questionnaire-response', 'native', 'note', scopes('QuestionnaireResponse', 'Observation', 'DocumentReference')],
  ])('where a log lands as %s', async (landing, face, _plans, systemScopes) => {
    await open(face, systemScopes);
    const { logs, reports } = await play();
    const ledger = await bench.ledger();
    const rows = logs.map((id) => ledger.get(`log/${id}`));
    expect(rows.map((row) => [row?.landing, row?.state])).toEqual(new Array(4).fill([landing, 'landed']));
    const responses = await Promise.all(rows.map((row) => standing<QuestionnaireResponse>(row)));
    expect(responses.map(({ questionnaire, status }) => [questionnaire, status])).toEqual([
      [first, 'amended'],
      [first, 'completed'],
      [first, 'completed'],
      [second, 'completed'],
    ]);
    const [amended, , , anew] = responses.map(({ item = [] }) => item);
    expect(amended?.map(({ linkId, text }) => [linkId, text])).toContainEqual(['note', 'What was it like?']);
    expect(JSON.stringify(amended)).toContain('"display":"Feeling bad"');
    expect(anew?.map(({ linkId, text }) => [linkId, text])).toContainEqual(['note', 'What did you notice?']);
    expect(JSON.stringify(anew)).toContain('"display":"Feeling mixed"');
    expect(await tensions(ledger, logs[0] ?? '')).toEqual([['suds-peak', 40, 'amended']]);
    expect((await tensions(ledger, logs[3] ?? '')).toSorted()).toEqual([
      ['practice-attempts', 2, 'final'],
      ['suds-peak', 60, 'final'],
    ]);
    expect(await textOf(ledger.get(`report/${reports[0]}`))).toMatch(/Weather\s+hail[\s\S]*Weather\s+snow/);
    expect(await textOf(ledger.get(`report/${reports[1]}`))).toMatch(/Set\s+out\s+2\s+times/);
  });

  it.each<[string, string, string | undefined, number]>([
    ['notes beside observations', 'notes-only', undefined, 1],
    ['notes alone', 'native', scopes('DocumentReference'), 0],
    ['messages alone', 'native', scopes('Communication'), 0],
  ])('where a log is told in %s', async (_what, face, systemScopes, measures) => {
    await open(face, systemScopes);
    const { logs, reports } = await play();
    const ledger = await bench.ledger();
    const [told, anew] = await Promise.all(reports.map((id) => textOf(ledger.get(`report/${id}`))));
    expect(told).toMatch(/Tension\s+peak 40[\s\S]*Weather\s+sun/);
    expect(told).toMatch(/Weather\s+hail[\s\S]*Weather\s+snow/);
    expect(told).not.toMatch(/Strain|Set out|Noticed/);
    expect(anew).toMatch(/Strain\s+peak 60[\s\S]*Set\s+out\s+2\s+times[\s\S]*Noticed:\s+"A\s+blackbird"/);
    expect(anew).not.toMatch(/Tension|Weather/);
    expect(await tensions(ledger, logs[0] ?? '')).toHaveLength(measures);
    for (const id of logs) expect(ledger.get(`log/${id}`)).toMatchObject({ state: 'landed' });
  });

  it('where nothing is taken: all of it stays in the app', async () => {
    await open('native', scopes());
    const { logs } = await play();
    const ledger = await bench.ledger();
    for (const id of logs) expect(ledger.get(`log/${id}`)).toMatchObject({ landing: 'app-only', ehr_reference: null });
  });
});
