import type { Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type BackendClient, CallFailed } from '../../src/cli/backend-client.ts';
import { awaitDelivery } from '../../src/cli/demo/await-delivery.ts';
import { readEhr } from '../oracle/read-ehr.ts';
import { type House, openHouse } from '../start/open-house.ts';

/**
 * What people of neighbouring products complain of when a plan is changed that runs (carekit#209, caseflow#7055, tasknotes#1875,
 * uhabits#270): three changes in a day, instructions written over, done tasks that take the new words, percentages of the past that
 * fall. Against the running service and the EHR beside it.
 */
let house: House;
const clients = new Map<string, BackendClient>();
beforeAll(async () => {
  house = await openHouse();
}, 120_000);
afterAll(() => house.close());

const api = (tenant: string): BackendClient => {
  const known = clients.get(tenant) ?? house.api(tenant);
  clients.set(tenant, known);
  return known;
};
const setClock = (tenant: string, set: string) => api(tenant).request('POST', '/sandbox/clock', { tenant, set });

const planView = z.looseObject({
  plan: z.looseObject({ id: z.string(), revision: z.number() }),
  assignments: z.array(z.looseObject({ id: z.string(), key: z.string(), title: z.string(), revision: z.number() })),
  adherence: z.looseObject({ plan: z.looseObject({ percent: z.number().optional() }) }),
  landings: z.array(
    z.looseObject({ artefact: z.string(), id: z.string(), state: z.string(), landing: z.string().nullable() }),
  ),
});

const window = { start: '2026-03-02', end: '2026-03-31' };
const meetings = (count: number) => ({ type: 'event', event: 'meeting', count, text: `${count} meetings`, window });
const body = {
  ...{ patientId: 'sarah', title: 'Speaking up', period: { start: '2026-03-02' } },
  assignments: [
    {
      ...{ key: '1', kind: 'self-monitoring', title: 'Say one thing', instructions: 'First words.' },
      ...{ schedule: meetings(3), unlock: { type: 'at-start' } },
    },
  ],
};

async function running(tenant: string) {
  await setClock(tenant, '2026-03-02T15:00:00Z');
  const made = planView.parse((await api(tenant).request('POST', '/api/v1/plans', body)).body);
  const [step] = made.assignments;
  if (step === undefined) throw new Error('the plan has a step');
  await setClock(tenant, '2026-03-03T15:00:00Z');
  await api(tenant).request('POST', `/api/v1/assignments/${step.id}/logs`, {
    ...{ sourceId: `log of ${made.plan.id}`, performedAt: '2026-03-03T14:00:00Z', source: { type: 'patient' } },
    answers: { situation: 'Team meeting' },
  });
  await awaitDelivery(api(tenant), made.plan.id, 60_000);
  return { planId: made.plan.id, step };
}
const shown = async (tenant: string, planId: string) =>
  planView.parse((await api(tenant).request('GET', `/api/v1/plans/${planId}`)).body);
async function change(tenant: string, planId: string, to: object) {
  const [step] = (await shown(tenant, planId)).assignments;
  const path = `/api/v1/assignments/${step?.id}`;
  return api(tenant).request('PATCH', path, { basedOn: step?.revision, actor: 'Practitioner/dr-okafor', ...to });
}
/** The Tasks of a step in the EHR itself, the step's own first. */
async function inChart(stepId: string): Promise<Task[]> {
  const ehr = await readEhr(`${house.ehr}/fhir/native`, house.dataDir);
  const held = await ehr.search<Task>('Task', { patient: 'sarah' });
  const ours = ({ identifier = [] }: Task) => identifier[0]?.value ?? '';
  return held.filter((task) => ours(task).startsWith(stepId)).toSorted((a, b) => (ours(a) < ours(b) ? -1 : 1));
}

describe('a step that is changed three times in one day', () => {
  it('is one Task in the chart with the new words and all that it was; what was done keeps its own, and its share', async () => {
    const { planId, step } = await running('sandbox');
    const before = await shown('sandbox', planId);
    const was = await inChart(step.id);
    await change('sandbox', planId, { instructions: 'Second words.', reason: 'Said simpler' });
    await change('sandbox', planId, { title: 'Say one sentence', schedule: meetings(2) });
    await change('sandbox', planId, { instructions: 'Third words.' });
    const rows = await awaitDelivery(api('sandbox'), planId, 60_000);
    expect(rows.filter(({ state }) => state !== 'landed')).toEqual([]);
    const is = await inChart(step.id);
    expect(is.map(({ id }) => id)).toEqual(was.map(({ id }) => id));
    const [assignment] = is;
    expect(assignment?.description).toBe('Say one sentence');
    expect(JSON.stringify(assignment)).toContain('Third words.');
    expect(assignment?.note?.map(({ text }) => text)).toEqual([
      'Instructions: “Second words.” (was “First words.”). Reason: Said simpler',
      expect.stringContaining('Title: “Say one sentence” (was “Say one thing”); how often and by when: 2 meetings'),
      'Instructions: “Third words.” (was “Second words.”).',
    ]);
    // the time that was done is the very version that it was
    expect(is[1]).toEqual(was[1]);
    expect(is[1]?.description).toBe('Say one thing');
    expect(is[2]?.description).toBe('Say one sentence');
    expect((await shown('sandbox', planId)).adherence.plan.percent).toBe(before.adherence.plan.percent);
  }, 120_000);

  it('is told in the next note where the EHR takes no Task: nothing is lost, nothing is doubled', async () => {
    const { planId } = await running('sandbox-notes');
    await change('sandbox-notes', planId, { title: 'Say one sentence', reason: 'Said simpler' });
    const waiting = (await shown('sandbox-notes', planId)).landings.find(({ artefact }) => artefact === 'assignment');
    expect(waiting).toMatchObject({ state: 'waiting', landing: 'note' });
    await api('sandbox-notes').request('POST', `/api/v1/plans/${planId}/reports`, {
      ...{ from: '2026-03-02T00:00:00Z', to: '2026-03-03T15:00:00Z' },
    });
    await awaitDelivery(api('sandbox-notes'), planId, 60_000);
    const told = (await shown('sandbox-notes', planId)).landings.find(({ artefact }) => artefact === 'assignment');
    expect(told).toMatchObject({ state: 'landed', landing: 'note' });
  }, 120_000);
});

describe('a change over one that was not seen', () => {
  it('is refused with 412, and says which revision stands there', async () => {
    const { planId, step } = await running('sandbox');
    await change('sandbox', planId, { title: 'Mine' });
    const stale = { basedOn: step.revision, actor: 'Practitioner/lee', title: 'Theirs' };
    const refused = await api('sandbox')
      .request('PATCH', `/api/v1/assignments/${step.id}`, stale)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CallFailed);
    expect(refused).toMatchObject({ status: 412, body: { code: 'version-conflict' } });
    expect((await shown('sandbox', planId)).assignments[0]?.title).toBe('Mine');
  }, 120_000);

  it.each([
    ['a kind', { kind: 'graded-exposure' }, 'kind'],
    ['a questionnaire', { questionnaire: 'https://other.example/Questionnaire/x|1' }, 'questionnaire'],
    ['a day that has passed', { schedule: { type: 'once', by: '2026-03-01' } }, 'schedule.by'],
  ])(
    'as is %s, by its field',
    async (_what, to, field) => {
      const { planId } = await running('sandbox');
      const refused = await change('sandbox', planId, to).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(CallFailed);
      expect((refused as CallFailed).status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify((refused as CallFailed).body)).toContain(field);
    },
    120_000,
  );
});
