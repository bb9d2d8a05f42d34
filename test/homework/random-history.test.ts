import { describe, expect, it } from 'vitest';
import { hasCode, IntersessionError } from '../../src/foundation/intersession-error.ts';
import { finishLog } from '../../src/homework/log/finish-log.ts';
import { reviseLog } from '../../src/homework/log/revise-log.ts';
import { takeLog } from '../../src/homework/log/take-log.ts';
import { voidLog } from '../../src/homework/log/void-log.ts';
import type { Instant, OccurrenceStatus, PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { adherenceOf, adherencesOf } from '../../src/homework/plan/adherence-of.ts';
import { assignmentMoves } from '../../src/homework/plan/assignment-moves.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { endPlan } from '../../src/homework/plan/end-plan.ts';
import { legalPairs } from '../../src/homework/plan/legal-pairs.ts';
import { type MoveEvent, makeMove } from '../../src/homework/plan/make-move.ts';
import { nextSweepAt } from '../../src/homework/plan/next-sweep-at.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { dayEnd } from '../../src/homework/schedule/day-end.ts';
import { exemptOccurrence } from '../../src/homework/schedule/exempt-occurrence.ts';
import fc from '../fast-check.ts';
import { aLog, anAssignment, answers, aPlan, rules } from './build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const actor = 'Practitioner/1';

/** Something that a person or time does; ids are picked from what is there, by number. */
type Act =
  | { readonly type: 'move'; readonly step: number; readonly event: MoveEvent }
  | {
      readonly type: 'log';
      readonly step: number;
      readonly status: 'in-progress' | 'completed' | 'stopped';
      readonly hoursAgo: number;
      readonly occurrence: number | undefined;
      readonly behaviour: boolean;
    }
  | { readonly type: 'complete' | 'amend' | 'retract' | 'excuse'; readonly which: number }
  | { readonly type: 'sweep' }
  | { readonly type: 'signal'; readonly open: number }
  | { readonly type: 'close' };

const once = fc
  .integer({ min: 3, max: 28 })
  .map((day) => ({ type: 'once' as const, by: `2026-03-${String(day).padStart(2, '0')}` }));
const gentle = fc.constantFrom<MoveEvent>({ type: 'seen' }, { type: 'agree' }, { type: 'pause' }, { type: 'resume' });
const ending = fc.constantFrom<MoveEvent>(
  { type: 'accept-as-done', actor },
  { type: 'withdraw', actor, reason: 'not needed' },
  { type: 'mistake' },
);
const locking = fc.oneof(
  fc.constantFrom<MoveEvent>(
    { type: 'unlock', by: 'criterion' },
    { type: 'unlock', by: { actor, reason: 'ready' } },
    { type: 'relock', actor, reason: 'too early' },
  ),
  once.map((schedule): MoveEvent => ({ type: 'regrade', actor, reason: 'smaller', schedule })),
  once.map((schedule): MoveEvent => ({ type: 'unlock', by: { actor, reason: 'dated' }, schedule })),
);
const refusing = fc.oneof(
  fc.uuid().map((id): MoveEvent => ({ type: 'decline', barrier: { id, code: 'fear', saidBy: 'patient' } })),
  fc.uuid().map((id): MoveEvent => ({ type: 'stop', barrier: { id, code: 'other', saidBy: actor } })),
);
const event: fc.Arbitrary<MoveEvent> = fc.oneof(
  { weight: 8, arbitrary: gentle },
  { weight: 3, arbitrary: locking },
  { weight: 1, arbitrary: refusing },
  { weight: 1, arbitrary: ending },
);
const index = fc.nat({ max: 4 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('move' as const), step: index, event }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('log' as const),
      step: index,
      status: fc.constantFrom('in-progress' as const, 'completed' as const, 'completed' as const, 'stopped' as const),
      hoursAgo: fc.nat({ max: 72 }),
      occurrence: fc.option(index, { nil: undefined }),
      behaviour: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom('complete' as const, 'amend' as const, 'retract' as const, 'excuse' as const),
      which: index,
    }),
  },
  { weight: 2, arbitrary: fc.constant<Act>({ type: 'sweep' }) },
  { weight: 1, arbitrary: fc.nat({ max: 1 }).map((open) => ({ type: 'signal' as const, open })) },
  { weight: 1, arbitrary: fc.constantFrom<Act>({ type: 'sweep' }, { type: 'sweep' }, { type: 'close' }) },
);
const history = fc.array(fc.record({ act, after: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 60 })) }), {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});
const zone = fc.constantFrom(
  'America/New_York',
  'Europe/Berlin',
  'Pacific/Auckland',
  'Pacific/Honolulu',
  'Asia/Kolkata',
);

function start(timeZone: string): PlanState {
  const after = (key: string) => ({ type: 'after', after: key, criterion: { type: 'behaviour-done' } }) as const;
  const window = { start: '2026-03-02', end: '2026-03-10' };
  const steps = [
    anAssignment({ key: '1', schedule: { type: 'event', event: 'meeting', count: 3, text: 'three meetings', window } }),
    anAssignment({ key: '2', schedule: { type: 'once', by: '2026-03-09' } }),
    anAssignment({ key: '3', schedule: { type: 'once-within', days: 4 }, unlock: after('1') }),
    anAssignment({ key: '4', schedule: { type: 'once', by: '2026-03-14' }, unlock: after('2') }),
    anAssignment({ key: '5', schedule: { type: 'once-within', days: 2 }, unlock: { type: 'by-clinician' } }),
  ];
  return activatePlan(designPlan(aPlan(steps, { timeZone }), begin), begin, rules);
}

function perform(state: PlanState, next: Act, number: number, at: Instant): PlanState {
  const assignmentId = 'step' in next ? (state.assignments[next.step]?.id ?? 'none') : '';
  const logId = 'which' in next ? (state.logs[next.which]?.id ?? 'none') : '';
  switch (next.type) {
    case 'move':
      return makeMove(state, { assignmentId, event: next.event }, at, rules);
    case 'log': {
      const occurrence = next.occurrence === undefined ? undefined : `${assignmentId}.${next.occurrence}`;
      const command = aLog({
        id: `l${number}`,
        assignmentId,
        performedAt: new Date(Date.parse(at) - next.hoursAgo * 3_600_000).toISOString(),
        status: next.status,
        items: answers({ 'experiment-done': next.behaviour }),
        ...(occurrence === undefined ? {} : { occurrenceId: occurrence }),
      });
      return takeLog(state, command, at, rules).state;
    }
    case 'complete':
      return finishLog(state, { logId }, at, rules);
    case 'amend':
      return reviseLog(state, { logId, items: answers({ 'experiment-done': true }) }, at, rules);
    case 'retract':
      return voidLog(state, { logId }, at, rules);
    case 'excuse': {
      const occurrenceId = state.occurrences[next.which]?.id ?? 'none';
      return exemptOccurrence(state, { occurrenceId, reason: 'holiday' }, at, rules);
    }
    case 'sweep':
      return sweep(state, at, rules);
    case 'signal':
      return sweep({ ...state, openSafetySignals: next.open }, at, rules);
    case 'close':
      return endPlan(state, { status: 'completed' }, at, rules);
  }
}

/** Plays a history and shows each change to `see`; what is refused by name changes nothing. */
function play(
  timeZone: string,
  acts: readonly { readonly act: Act; readonly after: number }[],
  see: (before: PlanState, after: PlanState, act: Act, at: Instant) => void,
): void {
  let state = start(timeZone);
  let at: Instant = begin;
  acts.forEach(({ act: next, after }, number) => {
    at = new Date(Date.parse(at) + after * 3_600_000).toISOString();
    const before = state;
    try {
      state = perform(before, next, number, at);
    } catch (error) {
      // Anything but a refusal of ours is a fault.
      if (!(error instanceof IntersessionError)) throw error;
      if (hasCode(error, 'illegal-move')) expect(error.fields.assignmentId).not.toBe('');
    }
    see(before, state, next, at);
  });
}

const check = (see: Parameters<typeof play>[2], runs = 60) =>
  fc.assert(
    fc.property(zone, history, (timeZone, acts) => play(timeZone, acts, see)),
    { numRuns: runs },
  );

/** Every pair of statuses that can be reached from one by rows of the table. */
function reachable(from: string): ReadonlySet<string> {
  const reached = new Set([from]);
  for (const pair of reached)
    for (const move of assignmentMoves)
      if (`${move.status}/${move.businessStatus}` === pair) {
        const businesses =
          move.to.businessStatus === 'as-before' ? legalPairs[move.to.status] : [move.to.businessStatus];
        for (const business of businesses) reached.add(`${move.to.status}/${business}`);
      }
  return reached;
}

describe('whatever happens', () => {
  it('keeps every step inside the table of moves', () => {
    check((before, after) => {
      for (const assignment of after.assignments) {
        expect(legalPairs[assignment.status]).toContain(assignment.businessStatus);
        const was = before.assignments.find(({ id }) => id === assignment.id);
        expect(reachable(`${was?.status}/${was?.businessStatus}`)).toContain(
          `${assignment.status}/${assignment.businessStatus}`,
        );
        expect(assignment.businessStatus === 'paused').toBe(assignment.pausedFrom !== undefined);
      }
    });
  });

  it('leaves missed, excused, done and late what they are, but for what a person says of them', () => {
    check((before, after, next) => {
      const may: Partial<Record<OccurrenceStatus, readonly Act['type'][]>> = {
        missed: ['log', 'complete', 'excuse'],
        done: ['retract'],
        late: ['retract'],
        excused: [],
      };
      for (const occurrence of before.occurrences) {
        const now = after.occurrences.find(({ id }) => id === occurrence.id);
        const allowed = may[occurrence.status];
        if (allowed === undefined || now?.status === occurrence.status) continue;
        expect(allowed).toContain(next.type);
      }
    });
  });

  it('never misses what was withdrawn, nor withdraws what was missed', () => {
    check((before, after) => {
      for (const assignment of before.assignments) {
        const now = after.assignments.find(({ id }) => id === assignment.id);
        if (assignment.businessStatus === 'withdrawn') expect(['withdrawn', 'mistake']).toContain(now?.businessStatus);
        if (assignment.businessStatus === 'missed')
          expect(['missed', 'late', 'done', 'mistake']).toContain(now?.businessStatus);
      }
    });
  });

  it('sweeps to the same state twice, and by the hour as at once', () => {
    check((_, state, _act, at) => {
      const later = new Date(Date.parse(at) + 50 * 3_600_000).toISOString();
      const swept = sweep(state, later, rules);
      expect(sweep(swept, later, rules)).toBe(swept);
      let hourly = state;
      for (let hour = 0; hour <= 50; hour += 1)
        hourly = sweep(hourly, new Date(Date.parse(at) + hour * 3_600_000).toISOString(), rules);
      const shape = ({ assignments, occurrences }: PlanState) => [
        assignments.map(({ id, status, businessStatus, endedAt }) => [id, status, businessStatus, endedAt]),
        occurrences.map(({ id, status, endedAt }) => [id, status, endedAt]).sort(),
      ];
      expect(shape(hourly)).toEqual(shape(swept));
    }, 15);
  });

  it('has nothing for time to do before the next sweep', () => {
    check((_, state, _act, at) => {
      const swept = sweep(state, at, rules);
      const next = nextSweepAt(swept, at);
      if (next === undefined) return;
      expect(next > at).toBe(true);
      const justBefore = new Date(Date.parse(next) - 1).toISOString();
      expect(sweep(swept, justBefore, rules)).toBe(swept);
      expect(adherencesOf(swept, justBefore)).toEqual(adherencesOf(swept, at));
      // either time moves something, or the period ends and its adherence may become final
      const { end } = swept.plan.period;
      if (end === undefined || next !== dayEnd(end, swept.plan.timeZone))
        expect(sweep(swept, next, rules)).not.toBe(swept);
    });
  });

  it('adds up: expected is on time, late, missed and open, from occurrences only', () => {
    check((_, state, _act, at) => {
      const whole = adherenceOf(state, {}, at);
      const { expected, onTime, late, missed, open, excused } = whole.counts;
      expect(expected).toBe(onTime + late + missed + open);
      const mistakes = state.assignments.filter(({ status }) => status === 'entered-in-error').map(({ id }) => id);
      const own = state.occurrences.filter(({ assignmentId }) => !mistakes.includes(assignmentId));
      expect(expected + excused + own.filter(({ status }) => status === 'paused').length).toBe(own.length);
      expect(whole.percent ?? 0).toBeGreaterThanOrEqual(whole.onTimePercent ?? 0);
      expect(whole.percent ?? 0).toBeLessThanOrEqual(100);
      const parts = adherencesOf(state, at).slice(1);
      for (const name of Object.keys(whole.counts) as (keyof typeof whole.counts)[])
        expect(parts.reduce((sum, { counts }) => sum + counts[name], 0)).toBe(whole.counts[name]);
    });
  });

  it('gives a done occurrence exactly one log, and ad hoc and extra logs none', () => {
    check((_, { occurrences, logs }) => {
      for (const { id, status, logId } of occurrences) {
        const counted = logs.find((log) => log.id === logId);
        expect(status === 'done' || status === 'late').toBe(logId !== undefined);
        if (logId === undefined) continue;
        expect(counted?.occurrenceId).toBe(id);
        expect(['completed', 'amended']).toContain(counted?.status);
      }
      for (const { resolution, occurrenceId } of logs)
        expect(resolution === 'resolved' || resolution === 'late').toBe(occurrenceId !== undefined);
      expect(new Set(occurrences.map(({ id }) => id)).size).toBe(occurrences.length);
    });
  });

  it('leaves nothing open under a step that ended, or in a plan that closed', () => {
    check((_, { plan, assignments, occurrences, logs }) => {
      for (const { id, endedAt } of assignments) {
        if (endedAt === undefined) continue;
        const own = occurrences.filter(({ assignmentId }) => assignmentId === id);
        expect(own.filter(({ status }) => ['due', 'overdue', 'paused'].includes(status))).toEqual([]);
      }
      if (plan.closedAt === undefined) return;
      expect(assignments.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
      expect(logs.filter(({ status }) => status === 'in-progress')).toEqual([]);
    });
  });

  it('unlocks nothing while a safety signal is open', () => {
    check((before, after, next) => {
      if (before.openSafetySignals === 0 || next.type === 'signal') return;
      for (const { id, status } of before.assignments)
        if (status === 'draft')
          expect(['draft', 'cancelled', 'entered-in-error']).toContain(
            after.assignments.find((assignment) => assignment.id === id)?.status,
          );
    });
  });

  it('changes only what it returns: what did not change is the same object', () => {
    check((before, after) => {
      for (const assignment of after.assignments) {
        const was = before.assignments.find(({ id }) => id === assignment.id);
        if (was !== undefined && JSON.stringify(was) === JSON.stringify(assignment)) expect(assignment).toBe(was);
      }
      for (const occurrence of after.occurrences) {
        const was = before.occurrences.find(({ id }) => id === occurrence.id);
        if (was !== undefined && JSON.stringify(was) === JSON.stringify(occurrence)) expect(occurrence).toBe(was);
      }
    });
  });

  it('gets everywhere: the histories played here reach every pair of statuses and every occurrence status', () => {
    const pairs = new Set<string>();
    const statuses = new Set<string>();
    for (const acts of fc.sample(history, { numRuns: 600, seed: 20260302 }))
      play('America/New_York', acts, (_, { assignments, occurrences, logs }) => {
        for (const { status, businessStatus } of assignments) pairs.add(`${status}/${businessStatus}`);
        for (const { status } of occurrences) statuses.add(status);
        for (const { resolution } of logs) statuses.add(resolution);
      });
    const legal = Object.entries(legalPairs).flatMap(([status, all]) => all.map((business) => `${status}/${business}`));
    expect([...pairs].sort()).toEqual(legal.sort());
    expect([...statuses].sort()).toEqual([
      'ad-hoc',
      'done',
      'due',
      'excused',
      'extra',
      'late',
      'missed',
      'overdue',
      'paused',
      'resolved',
    ]);
  });
});
