import { describe, expect, it } from 'vitest';
import { projectPlan } from '../../../src/fhir/project-plan.ts';
import { notDoneInPlan } from '../../../src/homework/log/not-done-in-plan.ts';
import { takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { adherencesOf } from '../../../src/homework/plan/adherence-of.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { sweep } from '../../../src/homework/plan/sweep.ts';
import fc from '../../fast-check.ts';
import { aLog, anAssignment, answers, aPlan, rules } from '../../homework/build-plan.ts';
import { testContext } from './test-context.ts';

const begin = '2026-03-01T15:00:00.000Z';
const daysLater = (days: number, hours = 0) =>
  new Date(Date.parse(begin) + days * 86_400_000 + hours * 3_600_000).toISOString();
const daily = { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } } as const;

/** Two steps beside each other: a card a day, logged but for each third day, and six occasions of which two are logged. */
function planOf(days: number): PlanState {
  const designed = designPlan(
    aPlan(
      [
        anAssignment({ key: '1', kind: 'experiment', schedule: daily, standing: true, unlock: { type: 'at-start' } }),
        anAssignment({
          ...{ key: '2', kind: 'experiment', unlock: { type: 'at-start' } },
          schedule: {
            ...{ type: 'event', event: 'meeting', count: 6, text: 'next six meetings' },
            window: { start: '2026-03-01', end: '2027-03-01' },
          },
        }),
      ],
      { period: { start: '2026-03-01' } },
    ),
    begin,
  );
  let state = activatePlan(designed, begin, rules);
  for (let day = 0; day < days; day += 1) {
    const at = daysLater(day, 1);
    const items = answers({ 'experiment-done': day % 2 === 0 });
    state = sweep(state, at, rules);
    if (day % 3 !== 2)
      state = takeLog(state, aLog({ id: `l${day}`, assignmentId: 'a-1', performedAt: at, items }), at, rules).state;
    if (day < 2)
      state = takeLog(state, aLog({ id: `m${day}`, assignmentId: 'a-2', performedAt: at, items }), at, rules).state;
  }
  return state;
}

const context = (state: PlanState) => ({
  ...testContext,
  kindOf: (slug: string) => ({ slug, title: slug }),
  questionnaireOf: () => ({ resourceType: 'Questionnaire', status: 'active' }) as const,
  adherences: adherencesOf(state, daysLater(40)),
  notDone: notDoneInPlan(state, rules.behaviourLinkId),
});
const tasks = (before: PlanState | undefined, after: PlanState) =>
  new Map(
    projectPlan(before, after, context(after)).flatMap(({ artefact, id, resource }) =>
      artefact === 'occurrence' ? [[id, JSON.stringify(resource)] as const] : [],
    ),
  );

const at = <Item>(list: readonly Item[], which: number, change: (item: Item) => Item): readonly Item[] =>
  list.map((item, index) => (index === which % list.length ? change(item) : item));
/** Whatever may happen to a plan that its occurrences tell of, and what they do not. */
const edits: Readonly<Record<string, (state: PlanState, which: number) => PlanState>> = {
  nothing: (state) => ({ ...state }),
  'the status of a time': (state, which) => ({
    ...state,
    occurrences: at(state.occurrences, which, (time) => ({ ...time, status: 'excused', reason: 'ill' })),
  }),
  'a time that is gone': (state, which) => ({
    ...state,
    occurrences: state.occurrences.filter((_, index) => index !== which % state.occurrences.length),
  }),
  'an answer to whether it was done': (state, which) => ({
    ...state,
    logs: at(state.logs, which, (log) => ({ ...log, items: answers({ 'experiment-done': which % 2 === 0 }) })),
  }),
  'an answer that is kept back': (state, which) => ({
    ...state,
    logs: at(state.logs, which, (log) => ({ ...log, withheld: ['experiment-done'] })),
  }),
  'a log that was taken back': (state, which) => ({
    ...state,
    logs: at(state.logs, which, (log) => ({ ...log, status: 'entered-in-error' })),
  }),
  'a log that is gone': (state, which) => ({
    ...state,
    logs: state.logs.filter((_, index) => index !== which % state.logs.length),
  }),
  'a log of another time': (state, which) => ({
    ...state,
    logs: at(state.logs, which, (log) => ({ ...log, occurrenceId: 'a-1.1' })),
  }),
  'the title of a step': (state, which) => ({
    ...state,
    assignments: at(state.assignments, which, (step) => ({ ...step, title: `Another ${which}` })),
  }),
  'the form of a step': (state, which) => ({
    ...state,
    assignments: at(state.assignments, which, (step) => ({
      ...step,
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|9.0.0',
    })),
  }),
  'who asks for a step': (state, which) => ({
    ...state,
    assignments: at(state.assignments, which, (step) => ({ ...step, requester: `Practitioner/${which}` })),
  }),
  'who told of a step': (state, which) => ({
    ...state,
    assignments: at(state.assignments, which, (step) => ({ ...step, requester: 'Practitioner/1', via: 'a-source' })),
  }),
  'how a step stands': (state, which) => ({
    ...state,
    assignments: at(state.assignments, which, (step) => ({ ...step, businessStatus: 'overdue' })),
  }),
  'the zone of the plan': (state) => ({ ...state, plan: { ...state.plan, timeZone: 'Asia/Kolkata' } }),
  'the language of the plan': (state) => ({ ...state, plan: { ...state.plan, language: 'de' } }),
};

/** Of these no Task that stands tells anything. */
const untold = ['nothing', 'how a step stands', 'a time that is gone'];

describe('the occurrences that a change maps again', () => {
  const begun = planOf(20);

  it('are at least those whose Task is another one, whatever was changed and in whatever order', () => {
    const anyEdits = fc.array(fc.tuple(fc.constantFrom(...Object.keys(edits)), fc.nat({ max: 60 })), {
      minLength: 1,
      maxLength: 6,
    });
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyEdits, (changes) => {
        let stored = tasks(undefined, begun);
        let state = begun;
        for (const [name, which] of changes) {
          const after = edits[name]?.(state, which) ?? state;
          const mapped = tasks(state, after);
          const whole = tasks(undefined, after);
          for (const [id, task] of whole) {
            if (stored.get(id) !== task) seen.add(name);
            expect(mapped.get(id) ?? stored.get(id), `${id} after ${name}`).toBe(task);
          }
          stored = whole;
          state = after;
        }
      }),
      { numRuns: 150 },
    );
    // so that nobody agrees about nothing
    expect([...seen]).toEqual(expect.arrayContaining(Object.keys(edits).filter((name) => !untold.includes(name))));
  });

  it('are no more with the age of the plan, when a day begins and when it is logged', () => {
    const counts = [7, 91].map((days) => {
      const state = planOf(days);
      const swept = sweep(state, daysLater(days, 2), rules);
      const log = aLog({ id: 'last', assignmentId: 'a-1', performedAt: daysLater(days, 3), items: [] });
      const taken = takeLog(swept, log, daysLater(days, 3), rules).state;
      return [tasks(state, swept).size, tasks(swept, taken).size];
    });
    expect(counts[0]).toEqual(counts[1]);
    expect(counts[1]?.every((count) => count > 0 && count <= 3)).toBe(true);
  });

  it('are those that are still to be done when only the step stands otherwise', () => {
    const after = {
      ...begun,
      assignments: begun.assignments.map((step) => ({ ...step, businessStatus: 'overdue' as const })),
    };
    const open = begun.occurrences.filter(({ status }) => status === 'due' || status === 'overdue');
    expect(open.length).toBeGreaterThan(0);
    expect([...tasks(begun, after).keys()]).toEqual(open.map(({ id }) => id));
  });
});
