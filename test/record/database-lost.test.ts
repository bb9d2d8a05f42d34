import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/foundation/clock.ts';
import type { Database } from '../../src/record/database/database.ts';
import { migrate } from '../../src/record/database/migrate.ts';
import { openDatabase } from '../../src/record/database/open-database.ts';
import type { HomeworkRecord } from '../../src/record/homework-record.ts';
import { openRecord } from '../../src/record/open-record.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import { type FaultyWire, loudFaults, openFaultyWire, silentFaults, type WireFault } from './faulty-wire.ts';
import { createTestDatabase, testDatabaseUrl } from './open-test-database.ts';
import { countRows } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

const unreachable = { code: 'database-unreachable' };
const tenant = { id: 'north', name: 'North', timeZone: 'America/New_York', language: 'en-US', sandbox: false };

const onPostgres = () => {
  let made: { url: string; drop: () => Promise<void> };
  let wire: FaultyWire;
  /** Through the wire. */
  let database: Database;
  /** Beside it, for the truth. */
  let direct: Database;
  let record: HomeworkRecord;
  beforeAll(async () => {
    made = await createTestDatabase(testDatabaseUrl ?? '');
    direct = await openDatabase({ databaseUrl: made.url });
    await migrate(direct, systemClock);
    wire = await openFaultyWire(made.url);
    database = await openDatabase({ databaseUrl: wire.url, statementSeconds: 1 });
    record = openRecord({
      database,
      tenants: [tenant],
      clock: { now: () => new Date('2026-03-01T15:00:00.000Z') },
      publicUrl: 'https://homework.example',
      responseSecret: 'only-for-tests',
      verifyPatient: async () => 'known',
    });
    // the patient's own row is written once, with the first plan
    await newPlan();
  });
  afterAll(async () => {
    await database.close();
    await wire.close();
    await direct.close();
    await made.drop();
  });

  let serial = 0;
  const newPlan = (sourceId = `plan-${++serial}`) => createPlan(record, 'north', { ...sarahsPlan, sourceId });
  const [baseline] = sarahsLogs;
  if (baseline === undefined) throw new Error('the case has no logs');
  const { key, ...firstLog } = baseline;
  const logFor = async (sourceId: string) => {
    const { state } = await newPlan();
    const assignmentId = state.assignments.find((assignment) => assignment.key === key)?.id ?? '';
    const command = { ...firstLog, sourceId, assignmentId, performedAt: '2026-03-01T14:00:00Z' };
    return () => logHomework(record, 'north', command);
  };
  /** What one of them writes when nothing happens to it, and by which statements. */
  const undisturbed = async (change: () => Promise<unknown>) => {
    const before = await countRows(direct);
    wire.statements();
    await change();
    const statements = wire.statements();
    return { statements, writes: difference(await countRows(direct), before) };
  };

  /** Breaks a change at each statement of it; then it is told again. Counts what came of it. */
  async function breakEverywhere(fault: WireFault, made: () => Promise<() => Promise<unknown>>) {
    const { statements, writes } = await undisturbed(await made());
    const answered = { kept: 0, refused: 0 };
    for (const [index, statement] of statements.entries()) {
      const change = await made();
      const before = await countRows(direct);
      const broken = wire.breakAt(fault, /./, index + 1);
      const answer = await change().then(
        () => 'kept' as const,
        (error: unknown) => {
          expect(error, statement).toMatchObject(unreachable);
          return 'refused' as const;
        },
      );
      await broken;
      answered[answer] += 1;
      // what is answered is true: all of it is there, or nothing
      const wrote = difference(await countRows(direct), before);
      expect(wrote, `${fault} at ${statement}`).toEqual(answer === 'kept' ? writes : {});
      await change();
      expect(difference(await countRows(direct), before), `told again after ${fault} at ${statement}`).toEqual(writes);
    }
    return { points: statements.length, ...answered };
  }

  describe.each(loudFaults)('a connection that ends (%s)', (fault) => {
    it('at any statement of a new plan: nothing is lost, nothing is doubled, and the answer is true', async () => {
      const counted = await breakEverywhere(fault, async () => {
        const sourceId = `plan-${++serial}`;
        return () => newPlan(sourceId);
      });
      // a commit that was done is found to have been
      expect(counted.kept).toBe(fault === 'answer-lost' ? 1 : 0);
      expect(counted.points).toBeGreaterThan(8);
    }, 60_000);

    it('at any statement of a log', async () => {
      const counted = await breakEverywhere(fault, () => logFor(`log-${++serial}`));
      expect(counted.kept).toBe(fault === 'answer-lost' ? 1 : 0);
      expect(counted.points).toBeGreaterThan(8);
    }, 60_000);
  });

  describe.each(silentFaults)('a connection in which nothing comes or goes any more (%s)', (fault) => {
    it.each([
      [/^begin/, 'begin'],
      [/for update/, 'a lock'],
      [/^insert into resource|insert into resource/, 'a write'],
      [/txid_current/, 'before the commit'],
      [/^commit/, 'the commit'],
    ])(
      'at %s: it is answered in time, and the plan can be changed again',
      async (statement, name) => {
        const log = await logFor(`log-${++serial}`);
        const before = await countRows(direct);
        const broken = wire.breakAt(fault, statement);
        const began = performance.now();
        const answer = await log().then(
          () => 'kept',
          (error: unknown) => {
            expect(error).toMatchObject(unreachable);
            return 'refused';
          },
        );
        await broken;
        // a second for the statement, five for its answer, and a second for who holds the locks of a lost commit
        expect(performance.now() - began).toBeLessThan(20_000);
        expect(answer).toBe(fault === 'answer-silent' && name === 'the commit' ? 'kept' : 'refused');
        expect((await countRows(direct)).log).toBe((before.log ?? 0) + (answer === 'kept' ? 1 : 0));
      },
      60_000,
    );
  });

  it('a connection that leads to a black hole is not given to the next one who asks', async () => {
    await database.query('select 1');
    const broken = wire.breakAt('silence', /select 17/);
    await expect(database.query('select 17')).rejects.toMatchObject(unreachable);
    await broken;
    const began = performance.now();
    await expect(database.query('select 18 as n')).resolves.toMatchObject({ rows: [{ n: 18 }] });
    expect(performance.now() - began).toBeLessThan(5_000);
  }, 30_000);

  it('a commit of which nobody can say what became of it is answered so, and told again it is not doubled', async () => {
    const sourceId = `plan-${++serial}`;
    const before = await countRows(direct);
    const lost = wire.breakAt('answer-lost', /^commit/).then(() => wire.cut());
    await expect(newPlan(sourceId)).rejects.toMatchObject({
      ...unreachable,
      message: expect.stringContaining('it may have been kept or not'),
    });
    await lost;
    wire.mend();
    await newPlan(sourceId);
    expect((await countRows(direct)).plan).toBe((before.plan ?? 0) + 1);
  }, 30_000);

  it('a transaction in which a statement failed unheard is not said to be committed', async () => {
    const deaf = database.transaction(async (tx) => {
      await tx.query('select 1 / 0').catch(() => {});
      return 'done';
    });
    await expect(deaf).rejects.toThrow();
  });

  it.each(loudFaults)(
    '%s while tables are brought up to date: the next start does it whole',
    async (fault) => {
      const folder = await createTestDatabase(testDatabaseUrl ?? '');
      const between = await openFaultyWire(folder.url);
      const store = await openDatabase({ databaseUrl: between.url, statementSeconds: 20 });
      const broken = between.breakAt(fault, /create table/, 5);
      await expect(migrate(store, systemClock)).rejects.toMatchObject(unreachable);
      await broken;
      await expect(migrate(store, systemClock)).resolves.toContain('0001-spine.sql');
      await store.close();
      await between.close();
      await folder.drop();
    },
    60_000,
  );

  it('a sweep goes on with the next plan when its connection ends, and moves the one left out at the next sweep', async () => {
    await direct.query(
      `update plan set sweep_at = '2026-03-01T00:00:00Z' where id in (select id from plan order by id limit 3)`,
    );
    const broken = wire.breakAt('terminate', /for update/);
    const first = await sweepPlans(record);
    await broken;
    expect(first.failed).toEqual([expect.objectContaining({ code: 'database-unreachable' })]);
    const second = await sweepPlans(record);
    expect(second).toMatchObject({ swept: 1, failed: [] });
  }, 60_000);

  it('all connections ended at once: whoever was in the middle is told, and the next ones work', async () => {
    const allInside = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    let inside = 0;
    const ten = Array.from({ length: 10 }, () =>
      database.transaction(async (tx) => {
        await tx.query('select 1');
        // whichever comes last: a transaction that begins after the end of the connections would rightly succeed
        if (++inside === 10) allInside.resolve();
        await ended.promise;
        await tx.query('select 2');
      }),
    );
    const answers = Promise.allSettled(ten);
    await allInside.promise;
    await wire.terminate();
    ended.resolve();
    for (const answer of await answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: unreachable });
    }
    const again = Array.from({ length: 10 }, () => database.query('select 1 as one'));
    for (const { rows } of await Promise.all(again)) expect(rows).toEqual([{ one: 1 }]);
  });
};
// the embedded database has no connections to lose: what applies to it is in database-away.test.ts
if (testDatabaseUrl !== undefined) describe('PostgreSQL', onPostgres);
else it('is tested where there are connections to lose', () => expect(testDatabaseUrl).toBeUndefined());

function difference(after: Record<string, number>, before: Record<string, number>): Record<string, number> {
  const changed = Object.entries(after).map(([table, rows]) => [table, rows - (before[table] ?? 0)] as const);
  return Object.fromEntries(changed.filter(([, rows]) => rows !== 0));
}
