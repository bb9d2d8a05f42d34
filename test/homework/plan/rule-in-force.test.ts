import { describe, expect, it } from 'vitest';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { ruleInForce } from '../../../src/homework/plan/rule-in-force.ts';
import { reportedSteps } from '../../../src/homework/report/report-content.ts';
import { nextLines } from '../../../src/homework/report/report-next.ts';
import { exemptOccurrence } from '../../../src/homework/schedule/exempt-occurrence.ts';
import { aLog, anAssignment, aPlan, rules } from '../build-plan.ts';

const begin = '2026-03-01T15:00:00.000Z';
const meetings = (count: number): Schedule => ({
  type: 'event',
  event: 'team meeting',
  count,
  text: `next ${count} team meetings`,
  window: { start: '2026-03-01', end: '2026-03-15' },
});
const threeMeetings = (count = 3) =>
  activatePlan(
    designPlan(
      aPlan([
        anAssignment({ key: '1', schedule: meetings(3) }),
        anAssignment({
          key: '2',
          schedule: { type: 'once-within', days: 4 },
          unlock: { type: 'after', after: '1', criterion: { type: 'logs-done', count } },
        }),
      ]),
      begin,
    ),
    begin,
    rules,
  );
const logOn = (state: PlanState, day: number) => {
  const performedAt = `2026-03-0${day}T15:00:00.000Z`;
  return takeLog(state, aLog({ id: `l-${day}`, assignmentId: 'a-1', performedAt }), performedAt, rules).state;
};
const excuse = (state: PlanState, day: number) => {
  const due = state.occurrences.find(({ assignmentId, status }) => assignmentId === 'a-1' && status === 'due');
  const command = { occurrenceId: due?.id ?? '', reason: 'the meeting was cancelled' };
  return exemptOccurrence(state, command, `2026-03-0${day}T18:00:00.000Z`, rules);
};
const second = ({ assignments }: PlanState) => assignments.find(({ key }) => key === '2')?.businessStatus;
const asks = (state: PlanState) => {
  const step = state.assignments.find(({ key }) => key === '2');
  const rule = step === undefined ? undefined : ruleInForce(state, step);
  return rule?.type === 'after' && rule.criterion.type === 'logs-done' ? rule.criterion.count : undefined;
};
const said = (state: PlanState) => nextLines(state, reportedSteps(state)).find((line) => line.startsWith('2 '));

describe('a step that opens after three logs of three meetings', () => {
  it('opens after the second log when one meeting is excused, before or afterwards', () => {
    const excusedFirst = excuse(threeMeetings(), 2);
    expect(asks(excusedFirst)).toBe(2);
    expect(said(excusedFirst)).toMatch(/ once step 1 has been logged 2 times$/);
    expect(second(logOn(excusedFirst, 3))).toBe('locked');
    expect(second(logOn(logOn(excusedFirst, 3), 4))).toBe('assigned');
    const excusedLast = excuse(logOn(logOn(threeMeetings(), 2), 3), 4);
    expect(second(excusedLast)).toBe('assigned');
  });

  it('opens after one log when two are excused, and says so', () => {
    const state = excuse(excuse(threeMeetings(), 2), 3);
    expect(asks(state)).toBe(1);
    expect(said(state)).toMatch(/ once step 1 has been logged$/);
    expect(second(logOn(state, 4))).toBe('assigned');
  });

  it('opens when the step before is given anew, for fewer meetings', () => {
    const actor = 'Practitioner/dr-okafor';
    const event = { type: 'regrade', actor, reason: 'two are enough', schedule: meetings(2) } as const;
    const at = '2026-03-02T10:00:00.000Z';
    const locked = makeMove(threeMeetings(), { assignmentId: 'a-1', event }, at, rules);
    const unlock = { type: 'unlock', by: { actor, reason: 'go on' } } as const;
    const opened = makeMove(locked, { assignmentId: 'a-1', event: unlock }, at, rules);
    expect(asks(opened)).toBe(2);
    expect(second(logOn(opened, 3))).toBe('locked');
    expect(second(logOn(logOn(opened, 3), 4))).toBe('assigned');
  });

  it('asks for no more than its rule says, and no fewer than it says while more are asked for', () => {
    expect(asks(threeMeetings())).toBe(3);
    expect(second(logOn(logOn(threeMeetings(), 2), 3))).toBe('locked');
    expect(asks(threeMeetings(2))).toBe(2);
    expect(asks(excuse(threeMeetings(2), 2))).toBe(2);
    expect(second(logOn(logOn(threeMeetings(2), 2), 3))).toBe('assigned');
  });
});

it('other rules are as they were given', () => {
  const state = threeMeetings();
  const rule = { type: 'after', after: '1', criterion: { type: 'behaviour-done' } } as const;
  expect(ruleInForce(state, { unlock: rule })).toBe(rule);
  const unknown = { type: 'after', after: '9', criterion: { type: 'logs-done', count: 3 } } as const;
  expect(ruleInForce(state, { unlock: unknown })).toBe(unknown);
});
