import { describe, expect, it } from 'vitest';
import type { Assignment, Log, Occurrence, UnlockCriterion, UnlockRule } from '../../../src/homework/model.ts';
import { unlockAllows } from '../../../src/homework/plan/unlock-allows.ts';
import { anOccurrence, aState, aStep, aStoredLog } from '../a-state.ts';
import { answers, rules } from '../build-plan.ts';

const at = '2026-03-09T15:00:00.000Z';
const diary = 'https://example.org/Questionnaire/diary|1.0.0';
const first = aStep({ id: 'a-1', key: 'one' });
const second = (unlock: UnlockRule) => aStep({ id: 'a-2', key: 'two', step: 2, status: 'draft', unlock });
const log = (day: number, values: Parameters<typeof answers>[0], changes: Partial<Log> = {}): Log =>
  aStoredLog({ id: `l-${day}`, performedAt: `2026-03-0${day}T15:00:00.000Z`, items: answers(values), ...changes });
const unlocksAfter = (criterion: UnlockCriterion): UnlockRule => ({ type: 'after', after: 'one', criterion });
function allows(
  criterion: UnlockCriterion,
  logs: readonly Log[],
  more: { readonly before?: Partial<Assignment>; readonly occurrences?: readonly Occurrence[] } = {},
): boolean {
  const step = second(unlocksAfter(criterion));
  const { before = {}, occurrences = [] } = more;
  const state = aState({ assignments: [step, { ...first, ...before }], logs, occurrences });
  return unlockAllows(state, step, { rules, at });
}

/** The time of the step that was done by a log that is tied to one. */
const timeOf = ({ id: logId, assignmentId, resolution }: Log): readonly Occurrence[] =>
  resolution === 'resolved' || resolution === 'late'
    ? [anOccurrence({ id: `time of ${logId}`, assignmentId, logId, status: resolution === 'late' ? 'late' : 'done' })]
    : [];

describe('a step unlocks by itself', () => {
  it.each<[UnlockRule, boolean]>([
    [{ type: 'at-start' }, true],
    [{ type: 'by-clinician' }, false],
    [{ type: 'after', after: 'nine', criterion: { type: 'logs-done', count: 1 } }, false],
  ])('by %j: %s', (rule, allowed) => {
    const step = second(rule);
    expect(unlockAllows(aState({ assignments: [first, step], logs: [log(2, {})] }), step, { rules, at })).toBe(allowed);
  });

  const twice = { type: 'logs-done', count: 2 } as const;
  const window = { start: '2026-03-01', end: '2026-03-13' };
  const schedule = { type: 'event', event: 'meeting', count: 3, text: 'three meetings', window } as const;
  const threeTimes = { schedules: [{ schedule, from: '2026-03-01T15:00:00.000Z' }] };
  it.each<[string, readonly Log[], boolean]>([
    ['enough', [log(2, {}), log(3, {})], true],
    ['more than enough', [log(2, {}), log(3, {}), log(4, {})], true],
    ['too few', [log(2, {})], false],
    ['late ones', [log(2, {}, { resolution: 'late' }), log(3, {}, { status: 'amended' })], true],
    ['ad hoc ones', [log(2, {}), log(3, {}, { resolution: 'ad-hoc' })], false],
    ['extra ones', [log(2, {}), log(3, {}, { resolution: 'extra' })], false],
    ['ones that are not finished', [log(2, {}), log(3, {}, { status: 'in-progress' })], false],
    ['ones that were taken back', [log(2, {}), log(3, {}, { status: 'entered-in-error' })], false],
    ['ones of another step', [log(2, {}), log(3, {}, { assignmentId: 'a-2' })], false],
  ])('after two logs: %s', (_what, logs, allowed) => {
    expect(allows(twice, logs, { before: threeTimes, occurrences: logs.flatMap(timeOf) })).toBe(allowed);
  });

  it('counts the log by which a time was done, and none that left it missed or came second for it', () => {
    const [one, other] = [log(2, {}), log(3, {}, { resolution: 'late' })];
    const times = [one, other].flatMap(timeOf);
    const left = (last: Partial<Occurrence>) => [
      ...times.slice(0, 1),
      ...times.slice(1).map((t) => ({ ...t, ...last })),
    ];
    const opens = (occurrences: readonly Occurrence[]) =>
      allows(twice, [one, other], { before: threeTimes, occurrences });
    expect(opens(times)).toBe(true);
    expect(opens(left({ status: 'missed' }))).toBe(false);
    expect(opens(left({ logId: 'another' }))).toBe(false);
  });

  it('never after a step that was made by mistake', () => {
    const before = { status: 'entered-in-error', businessStatus: 'mistake' } as const;
    expect(allows(twice, [log(2, {}), log(3, {})], { before })).toBe(false);
  });

  it('never when a clinician approves', () => {
    expect(allows({ type: 'clinician-approves' }, [log(2, { 'experiment-done': true })])).toBe(false);
  });
});

describe('the behaviour was done', () => {
  const done = { type: 'behaviour-done' } as const;
  it.each<[string, readonly Log[], boolean]>([
    ['as the log says', [log(2, { 'experiment-done': true })], true],
    ['as one of the logs says', [log(2, { 'experiment-done': true }), log(3, { 'experiment-done': false })], true],
    ['not, as the log says', [log(2, { 'experiment-done': false })], false],
    ['not, in words', [log(2, { 'experiment-done': 'true' })], false],
    ['not, without an answer', [log(2, { note: true })], false],
    ['not, without a log', [], false],
    ['not, by a version without such an item', [log(2, { 'experiment-done': true }, { questionnaire: diary })], false],
  ])('%s', (_what, logs, allowed) => {
    const occurrences = [anOccurrence({ status: 'done' })];
    expect(allows(done, logs, { occurrences })).toBe(allowed);
  });

  it.each<[Occurrence['status'], boolean]>([
    ['done', true],
    ['late', true],
    ['due', false],
    ['overdue', false],
    ['missed', false],
    ['excused', false],
    ['paused', false],
  ])('where no item says so, by a time that is %s: %s', (status, allowed) => {
    const occurrences = [anOccurrence({ status }), anOccurrence({ id: 'x', assignmentId: 'a-2', status: 'done' })];
    expect(allows(done, [], { before: { questionnaire: diary }, occurrences })).toBe(allowed);
  });
});

it('one of its times is enough, where no item says that the behaviour was done', () => {
  const occurrences = [anOccurrence({ status: 'missed' }), anOccurrence({ id: 'a-1.2', ordinal: 2, status: 'done' })];
  expect(allows({ type: 'behaviour-done' }, [], { before: { questionnaire: diary }, occurrences })).toBe(true);
});

describe('a measure', () => {
  const reached = (comparator: '<=' | '>=', value: number) =>
    ({ type: 'measure-reached', linkId: 'suds', comparator, value }) as const;
  it.each<[UnlockCriterion, readonly Log[], boolean]>([
    [reached('<=', 40), [log(2, { suds: 40 })], true],
    [reached('<=', 40), [log(2, { suds: 41 })], false],
    [reached('<=', 40), [log(2, { suds: 90 }), log(3, { suds: 30 })], true],
    [reached('>=', 40), [log(2, { suds: 40 })], true],
    [reached('>=', 40), [log(2, { suds: 39 })], false],
    [reached('<=', 40), [log(2, { other: 1 })], false],
    [reached('>=', 0), [log(2, { other: 1 })], false],
    [reached('<=', 40), [], false],
  ])('is reached: %#', (criterion, logs, allowed) => {
    expect(allows(criterion, logs)).toBe(allowed);
  });

  const fell = { type: 'measure-fell', linkId: 'suds', by: 20 } as const;
  it.each<[string, UnlockCriterion, readonly Log[], boolean]>([
    ['from the first to the last', fell, [log(2, { suds: 60 }), log(3, { suds: 40 })], true],
    ['too little', fell, [log(2, { suds: 60 }), log(3, { suds: 41 })], false],
    [
      'by when it was, whenever it was told',
      fell,
      [log(4, { suds: 40 }), log(2, { suds: 60 }), log(3, { suds: 90 })],
      true,
    ],
    ['not when it rose', fell, [log(3, { suds: 60 }), log(2, { suds: 40 })], false],
    ['not by one reading', { ...fell, by: 0 }, [log(2, { suds: 60 }), log(3, { other: 1 })], false],
    ['by nothing, of two', { ...fell, by: 0 }, [log(2, { suds: 60 }), log(3, { suds: 60 })], true],
    ['not without a reading', fell, [log(2, { other: 1 })], false],
    ['at one time: in the order in which they were told', fell, [log(2, { suds: 60 }), log(2, { suds: 40 })], true],
  ])('fell: %s', (_what, criterion, logs, allowed) => {
    expect(allows(criterion, logs)).toBe(allowed);
  });
});
