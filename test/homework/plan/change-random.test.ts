import { describe, expect, it } from 'vitest';
import { hasCode, IntersessionError } from '../../../src/foundation/intersession-error.ts';
import { finishLog } from '../../../src/homework/log/finish-log.ts';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import { voidLog } from '../../../src/homework/log/void-log.ts';
import type { Instant, PlanState, Schedule, UnlockRule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { addStep } from '../../../src/homework/plan/add-step.ts';
import { adherenceOf } from '../../../src/homework/plan/adherence-of.ts';
import { changeStep } from '../../../src/homework/plan/change-step.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { legalPairs } from '../../../src/homework/plan/legal-pairs.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { makeSmallerStep } from '../../../src/homework/plan/make-smaller-step.ts';
import { nextSweepAt } from '../../../src/homework/plan/next-sweep-at.ts';
import { revisionOf, wordsForLog } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { exemptOccurrence } from '../../../src/homework/schedule/exempt-occurrence.ts';
import { askedOf, stillAsked } from '../../../src/homework/schedule/target-reached.ts';
import fc from '../../fast-check.ts';
import { aLog, anAssignment, answers, aPlan, rules } from '../build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const by = 'Practitioner/kim';
const day = fc.integer({ min: 1, max: 31 }).map((number) => `2026-03-${String(number).padStart(2, '0')}`);
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  day.map((last): Schedule => ({ type: 'once', by: last })),
  fc.integer({ min: 1, max: 9 }).map((days): Schedule => ({ type: 'once-within', days })),
  fc.record({ count: fc.integer({ min: 1, max: 5 }), start: day, end: day }).map(
    ({ count, ...window }): Schedule => ({
      type: 'event',
      event: 'meeting',
      count,
      text: `${count} meetings`,
      window,
    }),
  ),
);
/** A key, or where no step has it a place among the steps: so those that were put in are changed, too. */
const key = fc.constantFrom('1', '2', '3', '4', '5', '6');
const unlock: fc.Arbitrary<UnlockRule> = fc.oneof(
  fc.constantFrom<UnlockRule>({ type: 'at-start' }, { type: 'by-clinician' }),
  fc
    .record({ after: key, count: fc.integer({ min: 1, max: 4 }) })
    .map(({ after, count }): UnlockRule => ({ type: 'after', after, criterion: { type: 'logs-done', count } })),
);

type Act =
  | { readonly type: 'change'; readonly to: Partial<Parameters<typeof changeStep>[1]> }
  | { readonly type: 'smaller' | 'add'; readonly schedule: Schedule; readonly unlock: UnlockRule }
  | { readonly type: 'log'; readonly finished: boolean; readonly hoursAgo: number }
  | {
      readonly type:
        | 'finish'
        | 'retract'
        | 'pause'
        | 'resume'
        | 'relock'
        | 'unlock'
        | 'stop'
        | 'excuse'
        | 'withdraw'
        | 'sweep';
    };
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record(
        {
          title: fc.constantFrom('A', 'B', 'C'),
          instructions: fc.constantFrom('x', 'y'),
          schedule,
          unlock,
          step: fc.nat({ max: 6 }),
        },
        { requiredKeys: [] },
      )
      .map((to): Act => ({ type: 'change', to })),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('smaller' as const, 'add' as const), schedule, unlock }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('log' as const), finished: fc.boolean(), hoursAgo: fc.nat({ max: 60 }) }),
  },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        'finish' as const,
        'retract' as const,
        'pause' as const,
        'resume' as const,
        'relock' as const,
        'unlock' as const,
        'stop' as const,
        'excuse' as const,
        'withdraw' as const,
        'sweep' as const,
      )
      .map((type): Act => ({ type })),
  },
);
const history = fc.array(fc.record({ act, of: key, after: fc.nat({ max: 40 }) }), {
  minLength: 1,
  maxLength: 30,
  size: 'max',
});
const zone = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kolkata');

function start(timeZone: string): PlanState {
  const waits = (after: string, count: number) =>
    ({ type: 'after', after, criterion: { type: 'logs-done', count } }) as const;
  const window = { start: '2026-03-02', end: '2026-03-10' };
  const steps = [
    anAssignment({ key: '1', schedule: { type: 'event', event: 'meeting', count: 3, text: 'three meetings', window } }),
    anAssignment({ key: '2', schedule: { type: 'once', by: '2026-03-05' } }),
    anAssignment({ key: '3', schedule: { type: 'once-within', days: 4 }, unlock: waits('1', 3) }),
    anAssignment({ key: '4', schedule: { type: 'once', by: '2026-03-14' }, unlock: waits('2', 1) }),
  ];
  return activatePlan(designPlan(aPlan(steps, { timeZone }), begin), begin, rules);
}

function perform(state: PlanState, next: Act, name: string, number: number, at: Instant): PlanState {
  const step = state.assignments.find((assignment) => assignment.key === name) ?? state.assignments[Number(name) - 1];
  const assignmentId = step?.id ?? 'none';
  const basedOn = step === undefined ? 0 : revisionOf(step);
  const move = (event: Parameters<typeof makeMove>[1]['event']) => makeMove(state, { assignmentId, event }, at, rules);
  const logId = state.logs.findLast((log) => log.assignmentId === assignmentId)?.id ?? 'none';
  switch (next.type) {
    case 'change':
      return changeStep(state, { assignmentId, basedOn, by, ...next.to }, at, rules);
    case 'smaller': {
      const { unlock: _follows, ...smaller } = anAssignment({ key: `s${number}`, schedule: next.schedule });
      return makeSmallerStep(state, { assignmentId, basedOn, by, reason: 'too hard', smaller }, at, rules);
    }
    case 'add':
      return addStep(
        state,
        anAssignment({ key: `n${number}`, schedule: next.schedule, unlock: next.unlock }),
        at,
        rules,
      );
    case 'log': {
      const performedAt = new Date(Date.parse(at) - next.hoursAgo * 3_600_000).toISOString();
      const status = next.finished ? 'completed' : 'in-progress';
      const command = aLog({
        id: `l${number}`,
        assignmentId,
        performedAt,
        status,
        items: answers({ 'experiment-done': true }),
      });
      return takeLog(state, command, at, rules).state;
    }
    case 'finish':
      return finishLog(state, { logId }, at, rules);
    case 'retract':
      return voidLog(state, { logId }, at, rules);
    case 'relock':
      return move({ type: 'relock', actor: by, reason: 'too soon' });
    case 'unlock':
      return move({ type: 'unlock', by: { actor: by, reason: 'ready' } });
    case 'stop':
      return move({ type: 'stop', barrier: { id: `b${number}`, code: 'fear', saidBy: 'patient' } });
    case 'excuse': {
      const last = state.occurrences.findLast((occurrence) => occurrence.assignmentId === assignmentId);
      return exemptOccurrence(state, { occurrenceId: last?.id ?? 'none', reason: 'ill' }, at, rules);
    }
    case 'withdraw':
      return move({ type: 'withdraw', actor: by, reason: 'not now' });
    case 'sweep':
      return sweep(state, at, rules);
    default:
      return move({ type: next.type });
  }
}

const check = (see: (before: PlanState, after: PlanState, act: Act, at: Instant) => void, numRuns = 80) =>
  fc.assert(
    fc.property(zone, history, (timeZone, acts) => {
      let state = start(timeZone);
      let at: Instant = begin;
      acts.forEach(({ act: next, of, after }, number) => {
        at = new Date(Date.parse(at) + after * 3_600_000).toISOString();
        const before = state;
        try {
          state = perform(before, next, of, number, at);
        } catch (error) {
          if (!(error instanceof IntersessionError)) throw error;
          if (hasCode(error, 'invalid-request')) for (const { path } of error.fields.issues) expect(path).not.toBe('');
        }
        see(before, state, next, at);
      });
    }),
    { numRuns },
  );

const redesigns: readonly Act['type'][] = ['change', 'smaller', 'add'];
const settledStatuses = ['done', 'late', 'missed', 'excused'];

describe('whatever is changed of a running plan', () => {
  it('keeps the past: what was done, missed or excused, and whose words it has', () => {
    check((before, after, act, at) => {
      // what was refused changed nothing
      if (after === before || !redesigns.includes(act.type)) return;
      const swept = sweep(before, at, rules);
      for (const was of swept.occurrences.filter(({ status }) => settledStatuses.includes(status))) {
        const { words: _words, superseded: _given, ...is } = after.occurrences.find(({ id }) => id === was.id) ?? {};
        const { words: _w, superseded: _s, ...then } = was;
        expect(is).toEqual(then);
      }
      for (const log of before.logs) {
        const step = before.assignments.find(({ id }) => id === log.assignmentId);
        const now = after.assignments.find(({ id }) => id === log.assignmentId);
        if (step === undefined || now === undefined || log.status === 'entered-in-error') continue;
        const tied = (state: PlanState) => state.occurrences.find(({ id }) => id === log.occurrenceId);
        // what is beyond or beside what was asked has the words of when it happened
        if (tied(before) === undefined && log.performedAt >= at) continue;
        if (tied(before)?.status === 'paused' && log.status !== 'in-progress') continue;
        const words = wordsForLog(step, log, tied(before));
        expect(wordsForLog(now, log, tied(after))).toEqual(words);
      }
    });
  });

  it('leaves what was done of what was due as it was', () => {
    check((before, after, act, at) => {
      // what was refused changed nothing
      if (after === before || !redesigns.includes(act.type)) return;
      const swept = sweep(before, at, rules);
      const past = (state: PlanState) => {
        const { onTime, late, missed } = adherenceOf(state, {}, at).counts;
        const overdue = state.occurrences.filter(({ status }) => status === 'overdue').length;
        return { done: onTime + late, not: missed + overdue };
      };
      expect(past(after)).toEqual(past(swept));
    });
  });

  it('never takes a time away, nor gives its id to another', () => {
    check((before, after) => {
      const ids = after.occurrences.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const was of before.occurrences) {
        const is = after.occurrences.find(({ id }) => id === was.id);
        expect(is).toMatchObject({ assignmentId: was.assignmentId, ordinal: was.ordinal, openedAt: was.openedAt });
      }
      expect(ids).toEqual(after.occurrences.map(({ assignmentId, ordinal }) => `${assignmentId}.${ordinal}`));
    });
  });

  it('asks for no more than it says, and has steps at places of their own within the table of moves', () => {
    check((_before, after) => {
      for (const step of after.assignments) {
        const asked = askedOf(after, step.id).filter(({ status }) => status !== 'excused');
        const open = asked.filter(({ status }) => status === 'due' || status === 'overdue');
        // a step that is opened again after all of its times were excused asks for one
        if (open.length > 0) expect(asked.length).toBeLessThanOrEqual(stillAsked(after, step) ?? 0);
        if (step.status === 'draft') expect(open).toEqual([]);
        expect(legalPairs[step.status]).toContain(step.businessStatus);
      }
      // what another time was given for runs out, and is never asked for beside it
      expect(after.occurrences.filter(({ status, superseded }) => superseded && status === 'due')).toEqual([]);
      const places = after.assignments.map(({ step }) => step);
      expect(new Set(places).size).toBe(places.length);
    });
  });

  it('leaves time nothing to do twice, nor before the next sweep', () => {
    check((_before, after, _act, at) => {
      const swept = sweep(after, at, rules);
      expect(sweep(swept, at, rules)).toBe(swept);
      const later = new Date(Date.parse(at) + 50 * 3_600_000).toISOString();
      const then = sweep(after, later, rules);
      expect(sweep(then, later, rules)).toBe(then);
      const next = nextSweepAt(swept, at);
      if (next !== undefined) expect(next > at).toBe(true);
    }, 60);
  });

  it('is a pure function of what stood there and what was asked', () => {
    check((before, after, act) => {
      if (after === before || !redesigns.includes(act.type)) return;
      expect(JSON.parse(JSON.stringify(after))).toEqual(after);
      for (const step of before.assignments)
        expect(
          after.assignments.find(({ id }) => id === step.id)?.changes?.slice(0, step.changes?.length ?? 0) ?? [],
        ).toEqual(step.changes ?? []);
    }, 60);
  });
});
