import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { giveFeedback } from '../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { openTestRecord, type TestRecord } from '../record/open-test-record.ts';
import { sarahsLogs, sarahsPlan } from '../record/sarah-case.ts';
import { DeliveryBench, newPrivateJwk, TestClock } from './open-delivery.ts';

const tenant = 'sandbox';
const systemScopes = ['Patient.rs', 'Observation.cruds', 'DocumentReference.cruds', 'CarePlan.cruds', 'Task.cruds']
  .map((scope) => `system/${scope}`)
  .join(' ');
const dataDir = mkdtempSync(join(tmpdir(), 'addenda-sandbox-'));
const cleanUps: (() => unknown)[] = [];
let test: TestRecord;
let bench: DeliveryBench;
let planId: string;
let reportId: string;

const at = async (set: string) => {
  await setSandboxClock(test.record, { tenants: [tenant], set });
  await sweepPlans(test.record, [tenant]);
};
const view = () => getPlan(test.record, tenant, planId);
const stepId = async (key: string) => (await view()).assignments.find((assignment) => assignment.key === key)?.id ?? '';
const logOf = async (time: string) =>
  (await view()).logs.find(({ performedAt }) => performedAt === new Date(time).toISOString())?.id ?? '';

interface Commit {
  readonly interaction: string;
  readonly type: string;
  readonly id: string;
  readonly identifier: string | null;
}
const notes = () =>
  readFileSync(join(dataDir, 'sandbox', 'commits.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Commit => JSON.parse(line))
    .filter(({ type }) => type === 'DocumentReference');
const waiting = async () => {
  const { rows } = await test.database.query<{ artefact: string; id: string }>(
    `select artefact, id from ledger where tenant = $1 and state = 'waiting' and artefact in ('log', 'feedback') order by id`,
    [tenant],
  );
  return rows.map(({ artefact, id }) => `${artefact}/${id}`);
};

beforeAll(async () => {
  test = await openTestRecord();
  cleanUps.push(() => test.close());
  const privateJwk = await newPrivateJwk();
  const { d: _private, ...publicJwk } = privateJwk;
  const keys = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [publicJwk] }));
  });
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => keys.close());
  const serviceUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`;
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', dataDir, serviceUrl });
  cleanUps.push(() => sandbox.close());
  bench = await DeliveryBench.open(
    test.database,
    `${sandbox.url}/fhir/notes-only`,
    { id: tenant, auth: 'smart', systemClientId: 'intersession-system', systemScopes },
    // tokens are about real time: this clock begins at the moment the test begins
    { clock: new TestClock(new Date().toISOString()), privateJwk },
  );
  cleanUps.push(() => bench.close());

  await at('2026-03-01T10:00:00-05:00');
  planId = (await createPlan(test.record, tenant, sarahsPlan)).planId;
  for (const { key, ...log } of sarahsLogs) {
    await at(log.performedAt);
    await logHomework(test.record, tenant, { ...log, assignmentId: await stepId(key), patientId: 'sarah' });
  }
  await at('2026-03-25T15:00:00-04:00');
  const author = 'Practitioner/dr-okafor';
  reportId = (await fileReport(test.record, tenant, { planId, author, signedBy: author })).report.id;
  // the clock of delivery is the machine's: what the record wants is wanted at its own time, long past
  await bench.deliver(3);
}, 120_000);
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Something comes on a day; the day ends; what is due is delivered, and delivered again. */
async function nextDay(
  [day, next]: readonly [string, string],
  change: () => Promise<unknown>,
): Promise<readonly Commit[]> {
  const before = notes().length;
  await at(`${day}T09:00:00-04:00`);
  await change();
  await bench.deliver(2);
  expect(notes()).toHaveLength(before);
  expect(await waiting()).toHaveLength(1);
  for (const hour of ['04:00:00', '04:01:00', '12:00:00']) {
    await at(`${next}T${hour}-04:00`);
    await bench.deliver(2);
  }
  expect(await waiting()).toEqual([]);
  return notes().slice(before);
}

const ours = async () => {
  const found = await bench.ehr.search('DocumentReference', new URLSearchParams({ patient: 'sarah' }));
  if (!found.ok) throw new Error('the search found nothing to read');
  return found.resources.filter(({ identifier }) => JSON.stringify(identifier ?? '').includes('intersession.dev'));
};

async function held(id: string) {
  const { rows } = await test.database.query<{ ehr_reference: string }>(
    `select ehr_reference from ledger where tenant = $1 and artefact = 'report' and id = $2`,
    [tenant, id],
  );
  return rows[0]?.ehr_reference ?? '';
}

describe('an EHR that holds notes alone', () => {
  it('gets the report once, signed, with everything told in it', async () => {
    expect(notes().map(({ identifier }) => identifier)).toEqual([expect.stringContaining(reportId)]);
    expect(await waiting()).toEqual([]);
    const [note] = await ours();
    expect(note).toMatchObject({
      docStatus: 'final',
      authenticator: { reference: 'Practitioner/dr-okafor' },
      // this EHR files plain text, one attachment
      content: [{ attachment: { contentType: 'text/plain' } }],
    });
  });

  it.each<[string, readonly [string, string], () => Promise<unknown>, string]>([
    [
      'a late log',
      ['2026-03-26', '2026-03-27'],
      async () =>
        logHomework(test.record, tenant, {
          assignmentId: await stepId('4b'),
          patientId: 'sarah',
          performedAt: '2026-03-24T10:00:00-04:00',
          answers: { situation: 'Team meeting', 'suds-before': 50, 'suds-peak': 60, 'suds-after': 20, practised: true },
        }),
      '1 log came after it',
    ],
    [
      'an amended log',
      ['2026-03-28', '2026-03-29'],
      async () =>
        amendLog(test.record, tenant, {
          logId: await logOf('2026-03-18T10:00:00-04:00'),
          answers: { situation: 'Team meeting', 'belief-before': 55, 'belief-after': 50, practised: true },
        }),
      '1 log was corrected',
    ],
    [
      'a log taken back',
      ['2026-03-30', '2026-03-31'],
      async () =>
        retractLog(test.record, tenant, {
          logId: await logOf('2026-03-11T15:00:00-04:00'),
        }),
      '1 log was taken back',
    ],
    [
      'feedback on what was told',
      ['2026-04-01', '2026-04-02'],
      async () =>
        giveFeedback(test.record, tenant, {
          of: { artefact: 'log', id: await logOf('2026-03-17T09:00:00-04:00') },
          author: 'Practitioner/dr-okafor',
          text: 'That took courage.',
        }),
      '1 message was sent',
    ],
  ])('gets exactly one addendum for %s, which points to the report', async (_, days, change, words) => {
    const [commit, ...more] = await nextDay(days, change);
    expect(more).toEqual([]);
    expect(commit).toMatchObject({ interaction: 'create', type: 'DocumentReference' });
    const addendum = (await ours()).find(({ id }) => id === commit?.id);
    expect(addendum).toMatchObject({
      docStatus: 'preliminary',
      relatesTo: [{ code: 'appends', target: { reference: await held(reportId) } }],
    });
    const [{ attachment }] = (addendum as unknown as { content: [{ attachment: { data: string } }] }).content;
    const text = Buffer.from(attachment.data, 'base64').toString('utf8').replace(/\s+/g, ' ');
    expect(text).toContain(words);
    expect(text.match(/\d+ (log|time|barrier|message)s? (was|were|came)/g)).toHaveLength(1);
  });
});
