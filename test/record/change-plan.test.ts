import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { recordBarrier } from '../../src/record/use-cases/record-barrier.ts';
import { countRows, openTestRecord, type TestRecord } from './open-test-record.ts';
import { sarahsLogs, sarahsPlan } from './sarah-case.ts';

let test: TestRecord;
beforeAll(async () => {
  test = await openTestRecord();
});
afterAll(() => test.close());

beforeEach(() => {
  test.onReach = () => {};
  test.verdicts.clear();
  test.safety.clear();
  test.setTime('2026-03-01T15:00:00.000Z');
});

let serial = 0;
const newPlan = (patientId = 'sarah') =>
  createPlan(test.record, 'north', { ...sarahsPlan, patientId, sourceId: `plan-${++serial}` });
const baseline = sarahsLogs[0];
if (baseline === undefined) throw new Error('the case has no logs');
const { key: _key, ...firstLog } = baseline;
const firstAssignment = (state: { assignments: readonly { key: string; id: string }[] }): string =>
  state.assignments.find(({ key }) => key === '1')?.id ?? '';

describe('one change is one transaction', () => {
  it('writes nothing when it fails at the very end, and all of it when told again', async () => {
    const before = await countRows(test.database);
    const command = { ...sarahsPlan, sourceId: 'crash' };
    test.onReach = (point) => {
      if (point === 'domain:before-commit') throw new Error('stopped here');
    };
    await expect(createPlan(test.record, 'north', command)).rejects.toThrow('stopped here');
    expect(await countRows(test.database)).toEqual(before);

    test.onReach = () => {};
    const { created, planId } = await createPlan(test.record, 'north', command);
    expect(created).toBe(true);
    const after = await countRows(test.database);
    expect(after.plan).toBe((before.plan ?? 0) + 1);
    expect(after.resource).toBeGreaterThan(before.resource ?? 0);
    expect(after.search_value).toBeGreaterThan(before.search_value ?? 0);
    expect((await getPlan(test.record, 'north', planId)).version).toBe(1);
  });

  it('writes nothing when the database refuses the projection', async () => {
    const { state } = await newPlan();
    const before = await countRows(test.database);
    // a search value that the table won't have, in the middle of the change
    await test.database.query(`alter table search_value add constraint no_such check (param <> 'questionnaire')`);
    const logging = logHomework(test.record, 'north', {
      ...firstLog,
      sourceId: 'refused',
      performedAt: '2026-03-01T14:00:00Z',
      assignmentId: firstAssignment(state),
    });
    await expect(logging).rejects.toMatchObject({ code: '23514' });
    await test.database.query('alter table search_value drop constraint no_such');
    expect(await countRows(test.database)).toEqual(before);
  });

  it('names its milestones and hints at delivery only after a commit', async () => {
    const hints = test.hints();
    let hintsAtCommit = -1;
    test.reached.length = 0;
    test.onReach = (point) => {
      if (point === 'domain:before-commit') hintsAtCommit = test.hints();
    };
    await newPlan();
    expect(test.reached).toEqual(['domain:before-commit', 'domain:after-commit']);
    expect([hintsAtCommit, test.hints()]).toEqual([hints, hints + 1]);
  });
});

describe('a source id', () => {
  it('makes a thing once, also when it is sent twice at once', async () => {
    const command = { ...sarahsPlan, sourceId: 'twice' };
    const before = await countRows(test.database);
    const both = await Promise.all([
      createPlan(test.record, 'north', command),
      createPlan(test.record, 'north', command),
    ]);
    expect(both.map(({ created }) => created).toSorted()).toEqual([false, true]);
    expect(new Set(both.map(({ planId }) => planId)).size).toBe(1);
    const third = await createPlan(test.record, 'north', command);
    expect(third).toMatchObject({ created: false, planId: both[0]?.planId });
    const after = await countRows(test.database);
    expect([after.plan, after.assignment]).toEqual([(before.plan ?? 0) + 1, (before.assignment ?? 0) + 6]);
  });

  it('is refused for other content, naming it', async () => {
    await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: 'taken' });
    const other = createPlan(test.record, 'north', { ...sarahsPlan, sourceId: 'taken', title: 'Another' });
    await expect(other).rejects.toMatchObject({ code: 'source-id-conflict', fields: { sourceId: 'taken' } });
  });

  it('is one client’s own, and one operation’s', async () => {
    const mine = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: 'mine', clientId: 'a' });
    const two = await createPlan(test.record, 'north', { ...sarahsPlan, sourceId: 'mine', clientId: 'b' });
    expect([mine.created, two.created]).toEqual([true, true]);
    expect(mine.planId).not.toBe(two.planId);
    const barrier = {
      of: { artefact: 'plan', id: mine.planId },
      code: 'no-time',
      sourceId: 'mine',
      clientId: 'a',
    } as const;
    expect((await recordBarrier(test.record, 'north', barrier)).created).toBe(true);
    expect((await recordBarrier(test.record, 'north', barrier)).created).toBe(false);
  });

  it('derives the same ids when the record is lost and told again', async () => {
    const command = { ...sarahsPlan, sourceId: 'told-again' };
    const first = await createPlan(test.record, 'north', command);
    const other = await openTestRecord();
    const again = await createPlan(other.record, 'north', command);
    await other.close();
    expect(again.state).toEqual(first.state);
    expect(first.state.occurrences.map(({ id }) => id)).toEqual([`${firstAssignment(first.state)}.1`]);
  });
});

describe('concurrent changes of one plan', () => {
  it('are made one after the other: two logs of the same occurrence are two logs, one of them tied to it', async () => {
    const { state, planId } = await newPlan('two-logs');
    test.setTime('2026-03-13T20:00:00.000Z');
    const at = (sourceId: string, performedAt: string) =>
      logHomework(test.record, 'north', {
        ...firstLog,
        sourceId: `${planId}-${sourceId}`,
        performedAt,
        assignmentId: firstAssignment(state),
        occurrenceId: `${firstAssignment(state)}.1`,
      });
    const results = await Promise.allSettled([at('a', '2026-03-02T15:00:00Z'), at('b', '2026-03-02T15:00:01Z')]);
    const view = await getPlan(test.record, 'north', planId);
    const tied = view.logs.filter(({ resolution }) => resolution === 'resolved');
    expect(tied).toHaveLength(1);
    expect(view.occurrences.find(({ id }) => id.endsWith('.1'))?.logId).toBe(tied[0]?.id);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(view.logs.length);
  });

  it('lose nothing: ten barriers at once are ten barriers, and ten versions of the plan', async () => {
    const { planId, version } = await newPlan('ten');
    const of = { artefact: 'plan', id: planId } as const;
    await Promise.all(Array.from({ length: 10 }, () => recordBarrier(test.record, 'north', { of, code: 'forgot' })));
    const view = await getPlan(test.record, 'north', planId);
    expect([view.barriers.length, view.version]).toEqual([10, version + 10]);
  });
});

describe('a new plan’s patient', () => {
  const stateOf = async (id: string) =>
    (await test.database.query('select state from patient where tenant = $1 and id = $2', ['north', id])).rows[0]
      ?.state;

  it('is refused when the EHR does not know them, and nothing is written', async () => {
    test.verdicts.set('nobody', 'unknown');
    const before = await countRows(test.database);
    await expect(newPlan('nobody')).rejects.toMatchObject({ code: 'unknown-patient', fields: { patientId: 'nobody' } });
    expect(await countRows(test.database)).toEqual(before);
  });

  it('stands unverified while the EHR cannot be asked, and once verified stays so', async () => {
    test.verdicts.set('ada', 'unreachable');
    await newPlan('ada');
    expect(await stateOf('ada')).toBe('unverified');
    test.verdicts.set('ada', 'known');
    await newPlan('ada');
    expect(await stateOf('ada')).toBe('verified');
    test.verdicts.set('ada', 'unreachable');
    await newPlan('ada');
    expect(await stateOf('ada')).toBe('verified');
  });
});

describe('a bad plan', () => {
  it.each([
    [
      'an unknown kind',
      {
        libraryPlan: undefined,
        tailor: undefined,
        assignments: [
          {
            key: '1',
            kind: 'juggling',
            title: 'x',
            schedule: { type: 'once', by: '2026-03-05' },
            unlock: { type: 'at-start' },
          },
        ],
      },
      'unknown-kind',
    ],
    ['an unknown library plan', { libraryPlan: 'none|1' }, 'unknown-artefact'],
    [
      'a schedule that never occurs',
      { tailor: { ...sarahsPlan.tailor, '2': { schedule: { type: 'once', by: '2026-02-01' } } } },
      'schedule-never-occurs',
    ],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, 'invalid-request'],
    ['neither steps nor a library plan', { libraryPlan: undefined, tailor: undefined }, 'invalid-request'],
  ])('with %s is refused, and nothing is written', async (_name, part, code) => {
    const before = await countRows(test.database);
    const command = JSON.parse(JSON.stringify({ ...sarahsPlan, sourceId: `bad-${++serial}`, ...part }));
    await expect(createPlan(test.record, 'north', command)).rejects.toMatchObject({ code });
    expect(await countRows(test.database)).toEqual(before);
  });
});

describe('a bad log', () => {
  it('is refused precisely, and nothing is written', async () => {
    const { state, planId } = await newPlan('bad-logs');
    const assignmentId = firstAssignment(state);
    const locked = state.assignments.find(({ key }) => key === '4c')?.id ?? '';
    test.setTime('2026-03-02T20:00:00.000Z');
    const before = await countRows(test.database);
    const log = (part: object) =>
      logHomework(test.record, 'north', { ...firstLog, sourceId: 'bad-log', assignmentId, ...part });
    await expect(log({ assignmentId: 'none' })).rejects.toMatchObject({
      code: 'unknown-artefact',
      fields: { artefact: 'assignment', id: 'none' },
    });
    await expect(log({ patientId: 'someone-else' })).rejects.toMatchObject({ code: 'foreign-assignment' });
    await expect(log({ assignmentId: locked })).rejects.toMatchObject({
      code: 'assignment-locked',
      fields: { assignmentId: locked },
    });
    await expect(log({ performedAt: 'yesterday' })).rejects.toMatchObject({
      code: 'invalid-request',
      fields: { issues: [{ path: 'performedAt' }] },
    });
    await expect(log({ withheld: ['no-such-item'] })).rejects.toMatchObject({
      code: 'invalid-answer',
      fields: { issues: [{ linkId: 'no-such-item' }] },
    });
    await expect(log({ answers: { ...firstLog.answers, 'belief-before': 900, nonsense: 1 } })).rejects.toMatchObject({
      code: 'invalid-answer',
      fields: {
        issues: expect.arrayContaining([
          expect.objectContaining({ linkId: 'belief-before' }),
          expect.objectContaining({ linkId: 'nonsense' }),
        ]),
      },
    });
    expect(await countRows(test.database)).toEqual(before);
    expect((await getPlan(test.record, 'north', planId)).version).toBe(1);
  });
});

describe('withheld answers', () => {
  it('are kept, and masked in whatever a use case answers', async () => {
    const { state, planId } = await newPlan('withholding');
    test.setTime('2026-03-02T20:00:00.000Z');
    const command = {
      ...firstLog,
      sourceId: `withheld-${planId}`,
      assignmentId: firstAssignment(state),
      withheld: ['prediction'],
    };
    const answersOf = (items: readonly { linkId: string; answers: readonly unknown[] }[]) =>
      items.find(({ linkId }) => linkId === 'prediction')?.answers;
    const { log } = await logHomework(test.record, 'north', command);
    expect(answersOf(log.items)).toEqual([]);
    const view = await getPlan(test.record, 'north', planId);
    expect(answersOf(view.logs[0]?.items ?? [])).toEqual([]);
    const { rows } = await test.database.query<{ items: (typeof log)['items'] }>(
      'select items from log where id = $1',
      [log.id],
    );
    expect(answersOf(rows[0]?.items ?? [])).toEqual([{ type: 'string', value: 'they will laugh' }]);
    const shown = await test.database.query(
      `select id from resource where plan_id = $1 and content::text like '%they will laugh%'`,
      [planId],
    );
    expect(shown.rows).toEqual([]);
  });
});

describe('a plan where a safety signal would reach nobody', () => {
  it('is refused by name, and nothing is written', async () => {
    const before = await countRows(test.database);
    test.safety.set('north', 'nowhere');
    await expect(newPlan()).rejects.toMatchObject({ code: 'safety-route-missing', fields: { tenant: 'north' } });
    expect(await countRows(test.database)).toEqual(before);
  });

  it.each(['chart', 'route', 'unknown'] as const)('is taken where it reaches: %s', async (reach) => {
    test.safety.set('north', reach);
    expect((await newPlan()).created).toBe(true);
  });

  it('is found again when it was made before', async () => {
    const command = { ...sarahsPlan, sourceId: `safe-${++serial}` };
    const { planId } = await createPlan(test.record, 'north', command);
    test.safety.set('north', 'nowhere');
    expect(await createPlan(test.record, 'north', command)).toMatchObject({ planId, created: false });
  });
});
