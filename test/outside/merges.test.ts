import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BackendClient, backendClient } from '../../src/cli/backend-client.ts';
import { ledgerOf } from '../../src/cli/demo/await-delivery.ts';
import { readClientFile } from '../../src/start/demo-client.ts';
import { type House, openHouse } from '../start/open-house.ts';

// biome-ignore lint/suspicious/noExplicitAny: an EHR's own loose view of resources
type Json = Record<string, any>;

let house: House;
let api: BackendClient;
let ehr: BackendClient;
beforeAll(async () => {
  house = await openHouse();
  api = house.api('sandbox');
  const base = `${house.ehr}/fhir/native`;
  const configuration = z.object({ token_endpoint: z.url() });
  const { token_endpoint: tokenUrl } = configuration.parse(
    await (await fetch(`${base}/.well-known/smart-configuration`)).json(),
  );
  ehr = backendClient({
    ...{ base, tokenUrl, scope: 'system/*.rs', accept: 'application/fhir+json' },
    credentials: readClientFile(join(house.dataDir, 'sandbox', 'reader-client.json')),
  });
}, 60_000);
afterAll(() => house.close());

const monitoring = {
  situation: 'Team meeting',
  prediction: 'they will laugh',
  ...{ 'suds-peak': 75, 'belief-before': 90, 'belief-after': 90 },
};

async function control(path: string, body: unknown, method = 'POST'): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${house.ehr}/control/site/native${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

async function assign(patientId: string): Promise<{ planId: string; first: string }> {
  const body = { patientId, libraryPlan: 'social-anxiety-speaking-up|1.0.0', sourceId: `plan-of-${patientId}` };
  const answer = z.object({
    plan: z.object({ id: z.string() }),
    assignments: z.array(z.object({ id: z.string() })),
  });
  const { plan, assignments } = answer.parse((await api.request('POST', '/api/v1/plans', body)).body);
  return { planId: plan.id, first: assignments[0]?.id ?? '' };
}

const performedAt = new Date(Date.now() - 60_000).toISOString();

async function log(assignmentId: string, patientId: string, sourceId: string): Promise<void> {
  await api.request('POST', `/api/v1/assignments/${assignmentId}/logs`, {
    ...{ sourceId, patientId, performedAt, status: 'completed', answers: monitoring },
  });
}

type Rows = Awaited<ReturnType<typeof ledgerOf>>;

/** Asks until it is so, or says how it stands. */
async function until(planId: string, holds: (rows: Rows) => boolean): Promise<Rows> {
  const deadline = Date.now() + 25_000;
  for (;;) {
    const rows = await ledgerOf(api, planId);
    if (rows.length > 0 && holds(rows)) return rows;
    if (Date.now() > deadline)
      throw new Error(JSON.stringify(rows.map(({ artefact, state, reason }) => [artefact, state, reason])));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const allLanded = (rows: Rows) => rows.every(({ state }) => state === 'landed');
const held = (rows: Rows) => rows.some(({ artefact, state }) => artefact === 'log' && state === 'waiting');

/** What of ours the EHR holds of a patient, each once. */
async function ofPatient(patientId: string): Promise<string[]> {
  const found: string[] = [];
  for (const type of ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation']) {
    const query = type === 'Task' ? `patient=${patientId}` : `subject=Patient/${patientId}`;
    const { body } = await ehr.request('GET', `/${type}?${query}&_count=200`);
    const entries = ((body as Json).entry ?? []) as Json[];
    found.push(
      ...entries
        .flatMap(({ resource }) => [resource.identifier].flat())
        .flatMap((entry: Json | undefined) =>
          entry?.system?.startsWith('https://intersession.dev/id/') ? [`${entry.system}|${entry.value}`] : [],
        ),
    );
  }
  return found.sort();
}

const commits = () => readFileSync(join(house.dataDir, 'sandbox/commits.ndjson'), 'utf8');

describe('two patients who were merged', () => {
  it.each([
    ['the old one names the survivor, the chart is moved', [], 'dre-coleman', 'jordan-pike'],
    ['the read answers with the survivor', ['merge-answers-survivor'], 'ruth-abrams', 'fatima-elsayed'],
    [
      'the chart is left where it was',
      ['merge-leaves-chart', 'merge-answers-survivor'],
      'walter-hughes',
      'priya-raman',
    ],
  ])(
    '%s: waits, and goes on with the survivor once a person has confirmed it',
    async (_how, traits, old, survivor) => {
      await control('', { traits }, 'PATCH');
      const { planId, first } = await assign(old);
      await until(planId, allLanded);
      const before = await ofPatient(old);
      expect(before.length).toBeGreaterThan(5);
      await control('/patients', { patient: old, change: 'merge', into: survivor });

      await log(first, old, `log-of-${old}`);
      const waiting = await until(planId, held);
      const { reason, waitingFor } = waiting.find(({ artefact }) => artefact === 'log') ?? {};
      expect(waitingFor).toEqual({ code: 'patient', standing: 'merged', survivorId: survivor });
      expect(reason).toContain(`Patient/${survivor}`);
      expect(reason).toContain('confirmed');
      expect([...(await ofPatient(old)), ...(await ofPatient(survivor))].sort()).toEqual(before);

      const refused = await house.command(
        'ledger',
        'merge',
        old,
        '--into',
        'sarah',
        '--by',
        'Practitioner/integration-haddad',
        '--reason',
        'no',
      );
      expect(refused.code).not.toBe(0);
      const listed = await house.command('ledger', 'merges');
      expect(listed.stdout).toContain(`merged    ${old} into ${survivor}`);
      const confirmed = await house.command(
        'ledger',
        'merge',
        old,
        '--into',
        survivor,
        '--by',
        'Practitioner/integration-haddad',
        '--reason',
        'twice',
      );
      expect([confirmed.code, confirmed.stdout]).toEqual([0, expect.stringContaining('1 plan moved')]);

      const rows = await until(planId, allLanded);
      expect(rows.filter(({ artefact }) => artefact === 'log')).toHaveLength(1);
      expect(await ofPatient(old)).toEqual([]);
      const after = await ofPatient(survivor);
      // nothing twice, nothing lost
      expect(new Set(after).size).toBe(after.length);
      expect(after).toEqual(expect.arrayContaining(before));
      // sent again under the old id: the same log, and nothing new in the EHR
      const count = commits().length;
      await log(first, old, `log-of-${old}`);
      await until(planId, allLanded);
      expect(commits().length).toBe(count);
    },
    90_000,
  );

  it('what stands there under a third patient is not touched, and is left to a person', async () => {
    await control('', { traits: ['merge-leaves-chart'] }, 'PATCH');
    const { planId } = await assign('sean-obrien');
    const landed = await until(planId, allLanded);
    const carePlan = landed.find(({ artefact }) => artefact === 'plan')?.ehrReference ?? '';
    // the EHR's own people moved the plan to somebody else before the merge
    await control('/patients', { patient: 'sean-obrien', change: 'merge', into: 'mei-lin-zhou' });
    await control('/resources', { reference: carePlan, patient: 'tomasz-nowak' });
    const confirmed = await house.command(
      'ledger',
      'merge',
      'sean-obrien',
      '--into',
      'mei-lin-zhou',
      '--by',
      'Practitioner/x',
      '--reason',
      'twice',
    );
    expect(confirmed.code).toBe(0);
    const rows = await until(
      planId,
      (now) =>
        now.every(({ state }) => state !== 'pending' && state !== 'in-flight' && state !== 'waiting') ||
        now.some(({ state }) => state === 'unknown'),
    );
    const plan = rows.find(({ artefact }) => artefact === 'plan');
    expect(plan).toMatchObject({ state: 'unknown', reason: expect.stringContaining('another patient') });
    const { body } = await ehr.request('GET', `/${carePlan}`);
    expect((body as Json).subject.reference).toBe('Patient/tomasz-nowak');
  }, 60_000);
});

describe('a patient who is not simply there', () => {
  it('inactive: waits with words, and goes on when the EHR holds them as active again', async () => {
    await control('', { traits: [] }, 'PATCH');
    const { planId, first } = await assign('marcus-bell');
    await until(planId, allLanded);
    await control('/patients', { patient: 'marcus-bell', change: 'deactivate' });
    await log(first, 'marcus-bell', 'log-of-marcus');
    const rows = await until(planId, held);
    expect(rows.find(({ artefact }) => artefact === 'log')).toMatchObject({
      ...{ waitingFor: { code: 'patient', standing: 'inactive' }, reason: expect.stringContaining('inactive') },
    });
    expect((await ofPatient('marcus-bell')).filter((text) => text.includes('/log|'))).toEqual([]);
    await control('/patients', { patient: 'marcus-bell', change: 'activate' });
    await until(planId, allLanded);
    expect((await ofPatient('marcus-bell')).filter((text) => text.includes('/log|'))).toHaveLength(1);
  }, 60_000);

  it('gone after they were there: waits with words, and is never called unknown', async () => {
    const { planId, first } = await assign('ines-carvalho');
    await until(planId, allLanded);
    await control('/patients', { patient: 'ines-carvalho', change: 'remove' });
    await log(first, 'ines-carvalho', 'log-of-ines');
    const rows = await until(planId, held);
    expect(rows.find(({ artefact }) => artefact === 'log')).toMatchObject({
      ...{ waitingFor: { code: 'patient', standing: 'gone' }, reason: expect.stringContaining('has them no more') },
    });
  }, 60_000);
});
