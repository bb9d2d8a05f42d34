import { describe, expect, it } from 'vitest';
import type { HomeworkRules } from '../../../src/homework/homework-rules.ts';
import { reviseLog } from '../../../src/homework/log/revise-log.ts';
import { type TakeLog, takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { closeSignal } from '../../../src/homework/safety/close-signal.ts';
import { raiseSignal } from '../../../src/homework/safety/raise-signal.ts';
import type { SafetySignal } from '../../../src/homework/safety/safety-signal.ts';
import { aLog, anAssignment, answers, aPlan } from '../build-plan.ts';

const dayMs = 86_400_000;
const begin = '2025-01-01T15:00:00.000Z';
/** The night of the import. */
const night = '2026-03-01T23:00:00.000Z';
const rules: HomeworkRules = {
  behaviourLinkId: () => undefined,
  safetyOf: () => [
    { rule: 'suicide-urge', linkId: 'urge', test: { type: 'at-least', value: 4 } },
    { rule: 'sudden-rise', linkId: 'urge', test: { type: 'rise', by: 2 } },
    { rule: 'acted-on-self-harm', linkId: 'acted', test: { type: 'acted' } },
  ],
};
const plan = (): PlanState => {
  const schedule: Schedule = {
    ...{ type: 'event', event: 'evening', count: 100, text: 'every evening' },
    window: { start: '2025-01-01', end: '2026-12-31' },
  };
  const steps = [
    anAssignment({ key: '1', schedule }),
    anAssignment({
      ...{ key: '2', schedule: { type: 'once-within', days: 7 } },
      unlock: { type: 'after', after: '1', criterion: { type: 'logs-done', count: 90 } },
    }),
  ];
  const period = { start: '2025-01-01', end: '2026-12-31' };
  return activatePlan(designPlan(aPlan(steps, { period }), begin), begin, rules);
};

/** What the record does with what a change has noticed. */
function raised(signals: readonly SafetySignal[], state: PlanState, at: string): readonly SafetySignal[] {
  return (state.noticed ?? []).reduce<readonly SafetySignal[]>((all, { rule, evidence, again }) => {
    const own = all.filter((signal) => signal.rule === rule);
    const idOf = (ordinal: number) => `${rule}-${ordinal}`;
    const signal = raiseSignal(own, { patientId: 'sarah', planId: 'plan-1', rule, evidence, again, idOf }, at);
    return [...all.filter(({ id }) => id !== signal.id), signal];
  }, signals);
}

interface Night {
  readonly state: PlanState;
  readonly signals: readonly SafetySignal[];
}

function tell({ state, signals }: Night, log: TakeLog, at = night): Night {
  const { noticed: _before, ...quiet } = state;
  const { state: after } = takeLog(quiet, log, at, rules);
  return { state: after, signals: raised(signals, after, at) };
}

/** A card of so many days before the night. */
const card = (daysAgo: number, urge: number, changes: Partial<TakeLog> = {}): TakeLog => {
  const performedAt = new Date(Date.parse(night) - daysAgo * dayMs).toISOString();
  const items = answers({ urge, acted: daysAgo % 50 === 0 });
  return aLog({ id: `card-${daysAgo}`, assignmentId: 'a-1', performedAt, via: 'card-app', items, ...changes });
};
const open = ({ signals }: Night) => signals.filter(({ status }) => status === 'open');

describe('an import of 400 old diary cards', () => {
  // urges of 4 and 5 are above the threshold, one of 2 has risen from 0
  const cards = Array.from({ length: 400 }, (_, index) => card(410 - index, [1, 5, 4, 0, 2, 4][index % 6] ?? 0));
  const told = cards.reduce((before, log) => tell(before, log), { state: plan(), signals: [] } as Night);

  it('raises one signal, with one line for each answer', () => {
    expect(told.signals.map(({ rule, status }) => [rule, status])).toEqual([['old-answers', 'open']]);
    const lines = told.signals[0]?.evidence ?? [];
    expect(new Set(lines.map(({ logId, linkId }) => `${logId} ${linkId}`)).size).toBe(lines.length);
    const urges = cards.filter(({ items }) =>
      items.some(
        ({ linkId, answers: [answer] }) => linkId === 'urge' && answer?.type === 'integer' && answer.value >= 2,
      ),
    );
    expect(lines.filter(({ linkId }) => linkId === 'urge')).toHaveLength(urges.length);
    expect(lines.filter(({ linkId }) => linkId === 'acted')).toHaveLength(8);
  });

  it('keeps steps locked until a person has looked', () => {
    expect(told.state.assignments.map(({ key, status }) => [key, status])).toEqual([
      ['1', 'completed'],
      ['2', 'draft'],
    ]);
  });

  it('raises nothing when it is sent again, open or closed', () => {
    const again = raised(
      told.signals,
      {
        ...told.state,
        noticed: told.signals.flatMap(({ rule, evidence }) =>
          evidence.map((line) => ({ rule, evidence: line, again: true as const })),
        ),
      },
      night,
    );
    expect(again).toEqual(told.signals);
    const closed = told.signals.map((signal) =>
      closeSignal(signal, { by: 'Practitioner/1', reason: 'looked through' }, night),
    );
    const lines = closed.flatMap(({ rule, evidence }) =>
      evidence.map((line) => ({ rule, evidence: line, again: true as const })),
    );
    expect(raised(closed, { ...told.state, noticed: lines }, night)).toEqual(closed);
  });

  it('is followed by urgent ones as ever, one open signal a rule', () => {
    const week = [6, 4, 2, 1].reduce((before, daysAgo) => tell(before, card(daysAgo, 5)), told);
    expect(open(week).map(({ rule, evidence }) => [rule, evidence.length > 100 ? 'many' : evidence.length])).toEqual([
      ['old-answers', 'many'],
      ['sudden-rise', 1],
      ['suicide-urge', 4],
    ]);
  });
});

describe('what is old', () => {
  const rulesOf = (log: TakeLog, at = night) =>
    tell({ state: plan(), signals: [] }, log, at).signals.map(({ rule }) => rule);
  it('is told by a source system, more than seven days after it happened', () => {
    expect(rulesOf(card(7, 5))).toEqual(['suicide-urge']);
    const early = new Date(Date.parse(night) - 7 * dayMs - 1).toISOString();
    expect(rulesOf(card(7, 5, { performedAt: early }))).toEqual(['old-answers']);
    const { via: _here, ...written } = card(60, 5);
    expect(rulesOf(written)).toEqual(['suicide-urge']);
  });

  it('is not what a person here makes of an old log', () => {
    const { state } = tell({ state: plan(), signals: [] }, card(60, 1));
    const amended = (by: string) =>
      reviseLog(state, { logId: 'card-60', items: answers({ urge: 5 }), by }, night, rules).noticed?.map(
        ({ rule }) => rule,
      );
    expect(amended('user:Patient/sarah')).toEqual(['suicide-urge']);
    expect(amended('source:card-app')).toEqual(['old-answers']);
  });

  it('becomes a line more when its answer says more', () => {
    const first = tell({ state: plan(), signals: [] }, card(60, 4));
    const { noticed: _told, ...quiet } = first.state;
    const revised = (urge: number) =>
      reviseLog(quiet, { logId: 'card-60', items: answers({ urge }), by: 'source:card-app' }, night, rules);
    expect(raised(first.signals, revised(5), night)[0]?.evidence.map(({ value }) => value)).toEqual([4, 5]);
    expect(raised(first.signals, revised(0), night)).toEqual(first.signals);
  });
});
