import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SafetyRuleCode } from '../../../src/homework/safety/safety-signal.ts';
import type { Worklist } from '../../../src/record/roster/asked-worklist.ts';
import { listWorklist, worklistFilters } from '../../../src/record/roster/worklist.ts';
import { raiseSafetySignal } from '../../../src/record/safety/raise-safety-signal.ts';
import { createPlan } from '../../../src/record/use-cases/create-plan.ts';
import { recordBarrier } from '../../../src/record/use-cases/record-barrier.ts';
import { sweepPlan } from '../../../src/record/use-cases/sweep-plans.ts';
import { openTestRecord, type TestRecord } from '../open-test-record.ts';
import { sarahsPlan } from '../sarah-case.ts';

const begin = '2026-03-01T15:00:00.000Z';
let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
}, 60_000);
beforeEach(() => test.setTime(begin));
afterAll(() => test.close());

async function aPatient(...zones: readonly string[]): Promise<{ id: string; plans: readonly string[] }> {
  const id = `p-${randomUUID()}`;
  const plans: string[] = [];
  for (const timeZone of zones.length === 0 ? ['America/New_York'] : zones) {
    const sourceId = `${id} ${plans.length}`;
    const { planId } = await createPlan(test.record, 'north', { ...sarahsPlan, patientId: id, sourceId, timeZone });
    plans.push(planId);
  }
  return { id, plans };
}
const rows = async (worklist: Worklist) => (await listWorklist(test.record, 'north', worklist)).rows;
const rowOf = async (id: string) => (await rows({ patientIds: [id] }))[0] ?? expect.fail('not on the list');
const signal = (patientId: string, rule: SafetyRuleCode = 'other-concern') =>
  raiseSafetySignal(test.record, 'north', { patientId, rule, by: { type: 'patient' } });
const setRows = (planId: string, artefact: string, changes: string, only = 'true') =>
  test.database.query(`update ledger set ${changes} where plan_id = $1 and artefact = $2 and ${only}`, [
    planId,
    artefact,
  ]);

describe('several safety signals', () => {
  it('are told with when the first and the last were raised', async () => {
    const { id } = await aPatient();
    await signal(id);
    expect(await rowOf(id)).toMatchObject({ openSignals: 1, riskSince: begin, riskLatest: begin });
    test.setTime('2026-03-09T13:20:00.000Z');
    await signal(id, 'not-safe-now');
    expect(await rowOf(id)).toMatchObject({
      ...{ openSignals: 2, riskSince: begin, riskLatest: '2026-03-09T13:20:00.000Z' },
    });
  });

  it('are told with when one was told of again, which is no signal of its own', async () => {
    const { id } = await aPatient();
    await signal(id);
    test.setTime('2026-03-09T13:20:00.000Z');
    await signal(id);
    expect(await rowOf(id)).toMatchObject({
      ...{ openSignals: 1, riskSince: begin, riskLatest: begin, riskTold: '2026-03-09T13:20:00.000Z' },
    });
  });
});

describe('a patient with an open signal', () => {
  it('stands first in what needs care first, whatever the list is narrowed by, page by page', async () => {
    const [worse, risky, worst] = [await aPatient(), await aPatient(), await aPatient()];
    const times = [
      [worse, 2],
      [risky, 1],
      [worst, 3],
    ] as const;
    for (const [{ plans }, count] of times)
      for (let time = 0; time < count; time += 1)
        await recordBarrier(test.record, 'north', {
          ...{ of: { artefact: 'plan', id: plans[time % plans.length] ?? '' }, saidBy: 'patient' },
          code: (['fear', 'no-time', 'forgot'] as const)[time] ?? 'fear',
        });
    await test.database.query(
      `update plan set urgency = case patient_id when $1 then 20 when $2 then 1 else 30 end where patient_id = any($3)`,
      [worse.id, risky.id, [worse.id, risky.id, worst.id]],
    );
    await signal(risky.id);
    const all = { patientIds: [worse.id, risky.id, worst.id] };
    const ids = async (worklist: Worklist) => (await rows({ ...all, ...worklist })).map(({ patientId }) => patientId);
    const expected = [risky.id, worst.id, worse.id];
    for (const filter of [undefined, 'barrier'] as const)
      expect(await ids(filter === undefined ? {} : { filter })).toEqual(expected);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const asked = { ...all, filter: 'barrier', count: 1, ...(after === undefined ? {} : { after }) } as const;
      const page = await listWorklist(test.record, 'north', asked);
      seen.push(...page.rows.map(({ patientId }) => patientId));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(expected);
    // and stands in it once
    for (const filter of worklistFilters) {
      const found = await ids({ filter });
      expect(new Set(found).size).toBe(found.length);
    }
  });
});

describe('what is not in the chart', () => {
  const waiting = `state = 'waiting'`;
  it.each<[string, string, object]>([
    ['never was there', `landed = 0, state = 'rejected'`, { stands: 'missing', safety: false }],
    ['is there as it was before', `landed = 1, wanted = 2, ${waiting}`, { stands: 'outdated', safety: false }],
    ['was sent and not answered', `landed = 0, state = 'unknown'`, { stands: 'unclear', safety: false }],
    ['was there, and a change of it was not answered', `landed = 1, state = 'unknown'`, { stands: 'unclear' }],
  ])('is told as what it is: what %s', async (_name, changes, expected) => {
    const { id, plans } = await aPatient();
    expect((await rowOf(id)).plans[0]?.chart).toEqual([]);
    await setRows(plans[0] ?? '', 'plan', changes);
    expect((await rowOf(id)).plans[0]?.chart).toMatchObject([{ ...expected, count: 1 }]);
  });

  it('counts a safety signal once, however many copies of it are sent, and apart from the plan', async () => {
    const { id, plans } = await aPatient();
    const [planId = ''] = plans;
    await signal(id);
    await signal(id, 'not-safe-now');
    await setRows(planId, 'safety', `landed = 0, state = 'rejected'`);
    await setRows(planId, 'plan', `landed = 0, ${waiting}`);
    const chart = async () => (await rowOf(id)).plans[0]?.chart;
    const plan = { stands: 'missing', safety: false, count: 1 };
    expect(await chart()).toEqual([{ stands: 'missing', safety: true, count: 2 }, plan]);
    const { rows: groups } = await test.database.query<{ id: string }>(
      `select distinct group_id as id from ledger where plan_id = $1 and artefact = 'safety'`,
      [planId],
    );
    // of one of them the note is there
    await setRows(
      planId,
      'safety',
      `landed = 1, state = 'landed'`,
      `group_id = '${groups[0]?.id}' and id like '%.note'`,
    );
    expect(await chart()).toEqual([
      { stands: 'missing', safety: true, count: 1 },
      { stands: 'outdated', safety: true, count: 1 },
      plan,
    ]);
    await setRows(planId, 'safety', `landed = 1, state = 'landed'`);
    expect(await chart()).toEqual([plan]);
  });
});

describe('the days of a row', () => {
  it('are those of the plan by which nothing came', async () => {
    const { id, plans } = await aPatient('America/New_York', 'America/Los_Angeles');
    await sweepPlan(test.record, 'north', plans[1] ?? '', '2026-03-20T15:00:00.000Z');
    const told = (await rowOf(id)).plans.map(({ timeZone, silent }) => ({ timeZone, silent }));
    expect(told).toEqual(
      expect.arrayContaining([
        { timeZone: 'America/New_York', silent: false },
        { timeZone: 'America/Los_Angeles', silent: true },
      ]),
    );
  });
});
