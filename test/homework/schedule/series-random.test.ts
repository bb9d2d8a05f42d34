import { describe, expect, it } from 'vitest';
import { hasCode, IntersessionError } from '../../../src/foundation/intersession-error.ts';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { adherenceOf } from '../../../src/homework/plan/adherence-of.ts';
import { changePlanWords } from '../../../src/homework/plan/change-plan-words.ts';
import { changeStep } from '../../../src/homework/plan/change-step.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { makeMove } from '../../../src/homework/plan/make-move.ts';
import { nextSweepAt } from '../../../src/homework/plan/next-sweep-at.ts';
import { planRevision } from '../../../src/homework/plan/plan-revision.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import { exemptOccurrence } from '../../../src/homework/schedule/exempt-occurrence.ts';
import type { Series } from '../../../src/homework/schedule/schedule.ts';
import fc from '../../fast-check.ts';
import { aLog, anAssignment, aPlan, rules } from '../build-plan.ts';
import { anySeries, zones } from './any-series.ts';
import { SeriesModel } from './series-model.ts';

const histories = Number(process.env.MODEL_HISTORIES ?? 300);
const planStart = '2026-03-01';
const planEnd = '2026-04-14';

const zone = fc.constantFrom(...zones);

type Act =
  | { readonly type: 'sweep' | 'pause' | 'resume' }
  | { readonly type: 'log'; readonly hoursAgo: number; readonly named: number | undefined; readonly paper: boolean }
  | { readonly type: 'excuse'; readonly which: number }
  | { readonly type: 'off'; readonly from: number; readonly days: number }
  | { readonly type: 'on' }
  | { readonly type: 'zone'; readonly zone: string }
  | { readonly type: 'visit'; readonly hours: number | undefined }
  | { readonly type: 'change'; readonly series: Series };
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      type: fc.constant('log' as const),
      hoursAgo: fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 90 })),
      named: fc.option(fc.nat({ max: 12 }), { nil: undefined, freq: 2 }),
      paper: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Act>({ type: 'sweep' }, { type: 'pause' }, { type: 'resume' }, { type: 'resume' }),
  },
  { weight: 1, arbitrary: fc.nat({ max: 12 }).map((which) => ({ type: 'excuse' as const, which })) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('off' as const),
      from: fc.integer({ min: -2, max: 8 }),
      days: fc.nat({ max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ type: 'on' }) },
  { weight: 1, arbitrary: zone.map((to) => ({ type: 'zone' as const, zone: to })) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('visit' as const),
      hours: fc.option(fc.nat({ max: 300 }), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('change' as const), series: anySeries }) },
);
const history = fc.record({
  series: anySeries,
  zone,
  weekBegins: fc.constantFrom('mon', 'sun', 'sat'),
  graceDays: fc.constantFrom(0, 1, 1, 7),
  opensAfterHours: fc.nat({ max: 60 }),
  acts: fc.array(fc.record({ act, afterHours: fc.oneof(fc.nat({ max: 14 }), fc.nat({ max: 60 })) }), {
    minLength: 4,
    maxLength: 28,
  }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

const later = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000 + 61_000).toISOString();

/** The same act on both; what ours refuses does not happen in the model. */
function perform(
  state: PlanState,
  model: SeriesModel,
  next: Act,
  at: string,
  number: number,
  tenant: typeof rules,
): PlanState {
  const assignmentId = 'a-1';
  const idOf = (index: number) => `a-1.${index + 1}`;
  switch (next.type) {
    case 'sweep':
      return state;
    case 'pause':
    case 'resume': {
      const moved = makeMove(state, { assignmentId, event: { type: next.type } }, at, tenant);
      model[next.type](at);
      return moved;
    }
    case 'log': {
      const performedAt = new Date(Date.parse(at) - next.hoursAgo * 3_600_000).toISOString();
      const taken = takeLog(
        state,
        aLog({
          ...{ id: `l${number}`, assignmentId, performedAt },
          ...(next.named === undefined ? {} : { occurrenceId: idOf(next.named) }),
          source: next.paper ? { type: 'practitioner', reference: 'Practitioner/1' } : { type: 'patient' },
        }),
        at,
        tenant,
      );
      model.log(at, performedAt, { paper: next.paper, ...(next.named === undefined ? {} : { named: next.named }) });
      return taken.state;
    }
    case 'excuse': {
      const excused = exemptOccurrence(state, { occurrenceId: idOf(next.which), reason: 'ill' }, at, tenant);
      model.excuse(next.which);
      return excused;
    }
    case 'off':
    case 'on': {
      const days = next.type === 'on' ? 0 : next.days;
      const dayAt = (ahead: number) => new Date(Date.parse(at) + ahead * 86_400_000).toISOString().slice(0, 10);
      const daysOff = next.type === 'on' ? [] : [{ from: dayAt(next.from), to: dayAt(next.from + days) }];
      const off = changePlanWords(state, { basedOn: planRevision(state.plan), daysOff }, at, tenant);
      model.sayDaysOff(at, daysOff);
      return off;
    }
    case 'zone':
      model.zone = next.zone;
      return { ...state, plan: { ...state.plan, timeZone: next.zone } };
    case 'visit': {
      const { nextVisit: _before, ...rest } = state;
      model.visit = next.hours === undefined ? undefined : later(at, next.hours);
      return model.visit === undefined ? rest : { ...rest, nextVisit: model.visit };
    }
    case 'change': {
      const [step] = state.assignments;
      const basedOn = step === undefined ? 0 : revisionOf(step);
      const changed = changeStep(state, { assignmentId, basedOn, schedule: next.series }, at, tenant);
      if (changed.assignments[0]?.schedules.at(-1)?.from === at) model.change(at, next.series);
      return changed;
    }
  }
}

function statesOf(state: PlanState, model: SeriesModel) {
  const ours = state.occurrences
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map(({ day, part, dueUntil, lateUntil, status, superseded }) => ({
      ...{ day, part, dueUntil, lateUntil },
      status: superseded && status === 'excused' ? 'taken back' : status,
    }));
  const theirs = model.times.map(({ day, part, dueUntil, lateUntil, status }) => ({
    day,
    part,
    dueUntil,
    lateUntil,
    status,
  }));
  return { ours, theirs };
}

/** The counts of adherence and where the step stands, as the table says them. */
function summaryOf(model: SeriesModel) {
  const count = (...statuses: readonly string[]) =>
    model.times.filter(({ status }) => statuses.includes(status)).length;
  const open = count('due', 'overdue');
  const stands =
    model.ended ?? (model.paused ? 'paused' : count('overdue') > 0 ? 'overdue' : model.logged ? 'logging' : 'assigned');
  return {
    stands,
    counts: {
      expected: count('done', 'late', 'missed') + open,
      due: count('done', 'late', 'missed', 'overdue'),
      ...{ done: count('done', 'late'), onTime: count('done'), late: count('late'), missed: count('missed'), open },
      ...{ excused: count('excused', 'taken back'), adHoc: model.adHoc, extra: model.extra },
    },
  };
}

/** What came about in how many histories: acts that were made, what times and the step became. */
const came = new Map<string, number>();
const mustCome: readonly string[] = [
  ...['sweep', 'pause', 'resume', 'log', 'excuse', 'off', 'on', 'zone', 'visit', 'change'],
  ...['due', 'overdue', 'done', 'late', 'missed', 'excused', 'paused', 'taken back'].map(
    (status) => `a time ${status}`,
  ),
  ...['assigned', 'logging', 'overdue', 'paused', 'done', 'missed'].map((stands) => `a step ${stands}`),
];

function run({ series: given, zone: timeZone, weekBegins, graceDays, opensAfterHours, acts }: History): void {
  const tenant = { ...rules, weekBegins };
  const designedAt = '2026-03-01T15:00:00.000Z';
  const opened = later(designedAt, opensAfterHours);
  const step = anAssignment({ key: '1', schedule: given, lateGraceHours: graceDays * 24 });
  let state: PlanState;
  try {
    const plan = designPlan(aPlan([step], { timeZone, period: { start: planStart, end: planEnd } }), designedAt);
    state = activatePlan(plan, opened, tenant);
  } catch (error) {
    if (hasCode(error, 'schedule-never-occurs')) return;
    throw error;
  }
  // one whose last day was over before the plan began stays locked
  if (state.assignments[0]?.status === 'draft') return;
  const model = new SeriesModel({ ...{ series: given, zone: timeZone, opened, planEnd, weekBegins, graceDays } });
  model.tick(opened);
  let at = opened;
  const here = new Set<string>();
  for (const [number, { act: next, afterHours }] of acts.entries()) {
    at = later(at, afterHours);
    state = sweep(state, at, tenant);
    model.tick(at);
    try {
      state = perform(state, model, next, at, number, tenant);
      here.add(next.type);
    } catch (error) {
      if (!(error instanceof IntersessionError)) throw error;
    }
    state = sweep(state, at, tenant);
    model.tick(at);
    const { ours, theirs } = statesOf(state, model);
    expect(ours).toEqual(theirs);
    const { stands, counts } = summaryOf(model);
    for (const { status } of model.times) here.add(`a time ${status}`);
    here.add(`a step ${stands}`);
    expect(state.assignments[0]?.businessStatus).toBe(stands);
    expect(adherenceOf(state, {}, at).counts).toEqual(counts);
    expect(sweep(state, at, tenant)).toBe(state);
    const wakes = nextSweepAt(state, at);
    if (wakes === undefined) expect(sweep(state, later(at, 24 * 200), tenant)).toBe(state);
    else if (wakes > at) expect(sweep(state, new Date(Date.parse(wakes) - 1).toISOString(), tenant)).toBe(state);
    else expect.unreachable(`it would be swept for ever: ${wakes} at ${at}`);
  }
  for (const what of here) came.set(what, (came.get(what) ?? 0) + 1);
}

describe('a series through any history', () => {
  it('has the times, counts and states of the table, and wakes only when there is something to do', () => {
    fc.assert(fc.property(history, run), { numRuns: histories, endOnFailure: process.env.MODEL_SHRINK === undefined });
    // histories in which nothing happens would agree with any model
    if (histories >= 300) expect(mustCome.filter((what) => (came.get(what) ?? 0) < histories / 50)).toEqual([]);
  }, 3_600_000);
});
