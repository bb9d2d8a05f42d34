import { describe, expect, it } from 'vitest';
import { adherenceOf } from '../../../src/homework/plan/adherence-of.ts';
import { countDue } from '../../../src/homework/plan/count-due.ts';
import { cameSince, cameTo } from '../../../src/homework/plan/due-in-time.ts';
import { occurrenceStatuses } from '../../../src/homework/schedule/occurrence.ts';
import fc from '../../fast-check.ts';
import { aRecord, aState, aStep, aTime, endOf, feb } from '../report/report-state.ts';

const at = feb(20);
const day = fc.integer({ min: 1, max: 27 });
/** A plan of one step, with times in any state, of any day, each with a log or without one. */
const plan = fc
  .array(
    fc.record({
      ...{ status: fc.constantFrom(...occurrenceStatuses), due: day, ended: fc.option(day), logged: fc.option(day) },
      written: day,
    }),
    { maxLength: 6 },
  )
  .map((times) => {
    const named = times.map((time, index) => ({ ...time, id: `a1.${index + 1}` }));
    return aState({
      assignments: [aStep()],
      occurrences: named.map(({ id, status, due, ended }, index) =>
        aTime({
          id,
          status,
          ordinal: index + 1,
          dueUntil: endOf(due),
          ...(ended === null ? {} : { endedAt: feb(ended) }),
        }),
      ),
      logs: named.flatMap(({ id, logged, written }) =>
        logged === null
          ? []
          : [aRecord({ id: `l-${id}`, occurrenceId: id, performedAt: feb(logged), authored: feb(written) })],
      ),
    });
  });

describe('what came to be due in a time', () => {
  it('is in the whole time of a plan what the plan’s own count has, and in a part of it never more', () => {
    fc.assert(
      fc.property(plan, fc.option(day), (state, begun) => {
        const from = begun === null ? undefined : feb(begun);
        const ofPlan = adherenceOf(state, {}, at).counts;
        const inTime = countDue(state.occurrences.map((one) => cameSince(one, { from, at, logs: state.logs })));
        if (from === undefined) expect(inTime).toEqual(countDue(state.occurrences.map((one) => cameTo(one, at))));
        // “1 of 1 that was due so far” beside “nothing was due” of the same time
        if (from === undefined) expect([inTime.done, inTime.due]).toEqual([ofPlan.done, ofPlan.due]);
        expect(inTime.due).toBeLessThanOrEqual(ofPlan.due);
        // a log of this time stands below “what was done”: then something was due in it
        const told = state.occurrences.some(
          ({ id, status }) =>
            (status === 'done' || status === 'late') &&
            state.logs.some((log) => log.occurrenceId === id && (from === undefined || log.authored >= from)),
        );
        if (told) expect(inTime.due).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, Parameters<typeof aTime>[0], string | undefined]>([
    ['done before its day', { status: 'done', dueUntil: endOf(25), endedAt: feb(12) }, 'done'],
    [
      'done before that time, and its log is of before, too',
      { status: 'done', dueUntil: endOf(25), endedAt: feb(2) },
      undefined,
    ],
    ['open, its day still to come', { status: 'due', dueUntil: endOf(25) }, undefined],
    ['open, its day over, not looked at yet', { status: 'due', dueUntil: endOf(12) }, 'overdue'],
    ['overdue since before', { status: 'overdue', dueUntil: endOf(2) }, 'overdue'],
    ['missed in it', { status: 'missed', dueUntil: endOf(12) }, 'missed'],
    ['missed before', { status: 'missed', dueUntil: endOf(2), endedAt: endOf(3) }, undefined],
    ['excused in it', { status: 'excused', dueUntil: endOf(12), endedAt: feb(12) }, undefined],
  ])('%s', (_what, changes, came) => {
    expect(cameSince(aTime(changes), { from: feb(10), at, logs: [] })).toBe(came);
  });

  it('one that was done before it is of it when its log was written in it', () => {
    const time = { from: feb(10), at };
    const done = aTime({ status: 'done', endedAt: feb(9) });
    const log = (authored: string, occurrenceId = done.id) => [
      aRecord({ occurrenceId, performedAt: feb(9), authored }),
    ];
    expect(cameSince(done, { ...time, logs: log(feb(11)) })).toBe('done');
    expect(cameSince(done, { ...time, logs: log(feb(9)) })).toBeUndefined();
    expect(cameSince(done, { ...time, logs: log(feb(11), 'a1.9') })).toBeUndefined();
  });
});
