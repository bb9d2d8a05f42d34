import type { Occurrence, PlanState } from '../../src/homework/model.ts';
import { addDays, addGrace, dayEnd, dayOf, dayStart } from '../../src/homework/schedule/day-end.ts';
import type { Series } from '../../src/homework/schedule/schedule.ts';
import type { Situation } from './fake-service.ts';
import { readFixture } from './read-fixture.ts';
import { situations } from './situations.ts';

/** Thursday, Mar 19, four in the afternoon where the patient lives. */
export const seriesNow = '2026-03-19T20:00:00.000Z';
const monday = '2026-03-16';
const zone = 'America/New_York';

type Time = Pick<Occurrence, 'status'> & Partial<Pick<Occurrence, 'part'>> & { readonly day: number };

/** Her plan with its first step done again and again: these times there are of it, by days after a Monday. */
export function withSeries(series: Omit<Series, 'type' | 'start'>, times: readonly Time[]): PlanState {
  const state = readFixture<PlanState>('sarah-beginning');
  const [first, ...others] = state.assignments;
  if (first === undefined) throw new Error('the plan has lost its steps');
  const { id, planId, patientId } = first;
  const weekly = series.pattern.type === 'per-week';
  const occurrences = times.map(({ day, status, part }, index): Occurrence => {
    const on = addDays(monday, day);
    const dueUntil = dayEnd(weekly ? addDays(monday, 6) : on, zone);
    return {
      ...{ id: `${id}.${index + 1}`, assignmentId: id, planId, patientId, ordinal: index + 1, status },
      ...{ day: weekly ? monday : on, ...(part === undefined ? {} : { part }) },
      ...{ openedAt: dayStart(on, zone), dueUntil, lateUntil: addGrace(dueUntil, 168, zone), lastModified: seriesNow },
    };
  });
  const schedule = { type: 'series', start: monday, ...series } as const;
  const begun = dayStart(monday, zone);
  return {
    ...state,
    assignments: [
      {
        ...first,
        ...{ title: 'Fill in your card', businessStatus: 'logging', status: 'in-progress', lateGraceHours: 168 },
        ...{ schedules: [{ schedule, from: begun }], unlockedAt: begun },
      },
      ...others,
    ],
    occurrences,
  };
}

/** The patient, on that Thursday. */
export const onThursday = (state: PlanState, role: Situation['role'] = 'patient'): Situation => ({
  ...{ role, now: seriesNow, plans: [state] },
});

const everyDay = { pattern: { type: 'days', every: 1 }, ends: { type: 'open' } } as const;

/** Every day since Monday; Tuesday and Wednesday were left out. */
export const daily = withSeries({ ...everyDay, enough: 5 }, [
  { day: 0, status: 'done' },
  { day: 1, status: 'overdue' },
  { day: 2, status: 'overdue' },
  { day: 3, status: 'due' },
]);

/** Mornings and evenings; the morning is done. */
export const twiceADay = withSeries({ ...everyDay, times: ['morning', 'evening'] }, [
  { day: 3, status: 'done', part: 'morning' },
  { day: 3, status: 'due', part: 'evening' },
]);

/** Three times a week, on any days; one is done. */
export const threeAWeek = withSeries({ pattern: { type: 'per-week', count: 3 }, ends: { type: 'open' }, enough: 2 }, [
  { day: 0, status: 'done' },
  { day: 0, status: 'due' },
  { day: 0, status: 'due' },
]);

/** At her visit, with what she noted first asked for every day: a card for each log, and days that were left out. */
export const cardsAtTheVisit: Situation = (() => {
  const { atTheVisit } = situations;
  const [state] = atTheVisit.plans ?? [];
  const [first, ...others] = state?.assignments ?? [];
  if (state === undefined || first === undefined) throw new Error('the plan has lost its steps');
  const rest = state.occurrences.filter(({ assignmentId }) => assignmentId !== first.id);
  const own = state.occurrences.filter(({ assignmentId }) => assignmentId === first.id);
  const cards = own.map((time): Occurrence => {
    const log = state.logs.find(({ id }) => id === time.logId);
    const day = dayOf(log?.performedAt ?? time.openedAt, zone);
    return { ...time, day, openedAt: dayStart(day, zone), dueUntil: dayEnd(day, zone), lateUntil: dayEnd(day, zone) };
  });
  const start = cards[0]?.day ?? state.plan.period.start;
  const schedule = { type: 'series', start, ...everyDay } as const;
  const schedules = [{ schedule, from: dayStart(start, zone) }];
  return {
    ...atTheVisit,
    plans: [{ ...state, assignments: [{ ...first, schedules }, ...others], occurrences: [...rest, ...cards] }],
  };
})();
