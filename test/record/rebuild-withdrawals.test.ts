import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuiltWords } from '../../src/cli/ledger-rebuild.ts';
import { rebuildLedger } from '../../src/record/ledger/rebuild-ledger.ts';
import { retryRow } from '../../src/record/ledger/retry.ts';
import { withdrawRow } from '../../src/record/ledger/withdraw.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

/** The ledger is lost and made anew: is what a person withdrew from the EHR still withdrawn? */
let test: TestRecord;
let planId: string;
let key: { readonly artefact: string; readonly id: string };
let at = Date.parse('2026-03-01T15:00:00.000Z');
let serial = 0;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());
beforeEach(async () => {
  tick();
  const created = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: `rebuilt-${++serial}` });
  planId = created.planId;
  key = { artefact: 'assignment', id: created.state.assignments[0]?.id ?? '' };
});

/** Decisions are told apart by their time. */
function tick(): void {
  at += 60_000;
  test.setTime(new Date(at).toISOString());
}
const set = (column: string) =>
  test.database.query(`update ledger set ${column} where tenant = 'north' and id = $1`, [key.id]);
const rowOf = async ({ artefact, id } = key) =>
  (await getPlan(test.record, 'north', planId)).ledger.find((row) => row.artefact === artefact && row.id === id);
/** The whole ledger of the plan goes, as `lose` has it; what is told of its being made anew. */
async function rebuilt(lose: readonly string[] = ['ledger', 'landing_group']) {
  tick();
  for (const table of lose) {
    const of = table === 'attempt' ? 'group_id in (select id from landing_group where plan_id = $1)' : 'plan_id = $1';
    await test.database.query(`delete from ${table} where ${of}`, [planId]);
  }
  return rebuildLedger(test.record, 'north');
}

const withdraw = async (reason = 'told on paper') => {
  tick();
  await withdrawRow(test.record, 'north', { ...key, reason, by: 'Practitioner/dr-okafor' });
};
const retry = async () => {
  tick();
  await retryRow(test.record, 'north', key);
};
/** Sent, and no answer came. */
const sent = () => set("state = 'unknown', sent = 1");
const paper = 'told on paper, said by Practitioner/dr-okafor';

describe('a row that is made anew', () => {
  it.each<[string, () => Promise<unknown>, string | undefined]>([
    ['which nobody withdrew is wanted', async () => {}, undefined],
    ['which a person withdrew is withdrawn, by their own words', () => withdraw(), paper],
    [
      'which was withdrawn twice is withdrawn by the last word',
      async () => {
        await withdraw('by mistake');
        await withdraw();
      },
      paper,
    ],
    [
      'whose withdrawal was lifted is wanted',
      async () => {
        await withdraw();
        await retry();
      },
      undefined,
    ],
    [
      'whose withdrawal was lifted, and which was withdrawn again, is withdrawn',
      async () => {
        await withdraw('by mistake');
        await retry();
        await withdraw();
      },
      paper,
    ],
    [
      'which was to be withdrawn once its end is known, and was looked for again, is withdrawn',
      async () => {
        await sent();
        await withdraw();
        await retry();
      },
      paper,
    ],
  ])('%s', async (_what, decide, words) => {
    await decide();
    const { wanted, withdrawn } = await rebuilt();
    expect([wanted > 1, withdrawn]).toEqual([true, words === undefined ? 0 : 1]);
    // it is looked for before anything is concluded, withdrawn or not
    expect(await rowOf()).toMatchObject({ state: 'unknown', sent: 0, withdraw: words !== undefined });
    expect((await rowOf())?.words ?? undefined).toBe(words);
    expect((await rowOf())?.why ?? undefined).toEqual(words === undefined ? { code: 'told-again' } : undefined);
    // no other row of the same group is
    const others = (await getPlan(test.record, 'north', planId)).ledger.filter((row) => row.id !== key.id);
    expect(others.some((row) => row.withdraw)).toBe(false);
  });

  it('is withdrawn again when it is lost again', async () => {
    await withdraw();
    await rebuilt();
    expect(await rebuilt()).toMatchObject({ withdrawn: 1 });
    expect(await rowOf()).toMatchObject({ withdraw: true, words: paper });
  });

  it('and whose evidence is lost too is not known as withdrawn, which is said', async () => {
    await withdraw();
    const told = await rebuilt(['attempt', 'ledger', 'landing_group']);
    expect(told).toMatchObject({ withdrawn: 0 });
    expect(await rowOf()).toMatchObject({ state: 'unknown', withdraw: false });
    expect(rebuiltWords(told)).toContain('A withdrawal whose row and evidence');
  });

  it('is another thing than what was taken back in the record: that is known, and told to the EHR', async () => {
    const { key: _key, ...log } = sarahsLogs[0] ?? { key: '', performedAt: '', answers: {} };
    at = Date.parse('2026-03-02T15:30:00.000Z');
    tick();
    const { log: taken } = await logHomework(test.record, 'north', {
      ...log,
      sourceId: `l-${serial}`,
      assignmentId: key.id,
    });
    await retractLog(test.record, 'north', { logId: taken.id });
    await rebuilt();
    expect(await rowOf({ artefact: 'log', id: taken.id })).toMatchObject({ state: 'unknown', withdraw: false });
  });

  it('is another one than a row that stands, whose withdrawal is left as it is', async () => {
    await withdraw();
    expect(await rebuilt([])).toEqual({ plans: expect.any(Number), resources: 0, wanted: 0, withdrawn: 0 });
    expect(await rowOf()).toMatchObject({ state: 'withdrawn', words: 'told on paper' });
  });
});

describe('the words of `ledger rebuild`', () => {
  const told = { plans: 3, resources: 0, wanted: 0, withdrawn: 0 };

  it.each([
    [told, '3 plans: 0 resources were not as the record has them, 0 rows are wanted in the EHR.', false],
    [{ ...told, wanted: 7, withdrawn: 2 }, '2 of these rows had been withdrawn by a person', true],
  ])('of %j', (rebuiltLedger, words, warns) => {
    expect(rebuiltWords(rebuiltLedger)).toContain(words);
    expect(rebuiltWords(rebuiltLedger).includes('is sent unless it')).toBe(warns);
  });
});
