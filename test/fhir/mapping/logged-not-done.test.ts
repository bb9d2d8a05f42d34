import type { Observation, Questionnaire, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { projectPlan } from '../../../src/fhir/project-plan.ts';
import { notDoneInPlan } from '../../../src/homework/log/not-done-in-plan.ts';
import { reviseLog } from '../../../src/homework/log/revise-log.ts';
import { type TakeLog, takeLog } from '../../../src/homework/log/take-log.ts';
import type { PlanState, Schedule } from '../../../src/homework/model.ts';
import { activatePlan } from '../../../src/homework/plan/activate-plan.ts';
import { adherencesOf } from '../../../src/homework/plan/adherence-of.ts';
import { designPlan } from '../../../src/homework/plan/design-plan.ts';
import { aLog, anAssignment, answers, aPlan, rules } from '../../homework/build-plan.ts';
import { testContext } from './test-context.ts';

const begin = '2026-03-01T15:00:00.000Z';
const at = '2026-03-15T15:00:00.000Z';
const no = answers({ 'experiment-done': false });
const yes = answers({ 'experiment-done': true });
const once: Schedule = { type: 'once', by: '2026-03-13' };
const thrice: Schedule = {
  ...{ type: 'event', event: 'meeting', count: 3, text: 'next three meetings' },
  window: { start: '2026-03-02', end: '2026-03-13' },
};
const questionnaire: Questionnaire = { resourceType: 'Questionnaire', status: 'active' };

const begun = (schedule: Schedule, kind = 'experiment') =>
  activatePlan(designPlan(aPlan([anAssignment({ key: '1', schedule, kind })]), begin), begin, rules);

function logged(
  schedule: Schedule,
  logs: readonly Partial<TakeLog>[],
  { kind = 'experiment', day = 3 } = {},
): PlanState {
  return logs.reduce(
    (state, changes, index) => {
      const performedAt = `2026-03-${String(day + index).padStart(2, '0')}T15:00:00.000Z`;
      const log = aLog({ id: `l${index + 1}`, assignmentId: 'a-1', performedAt, ...changes });
      return takeLog(state, log, performedAt, rules).state;
    },
    begun(schedule, kind),
  );
}

/** What an EHR is sent: the words in which people read it, and the codes. */
function sent(state: PlanState) {
  const resources = projectPlan(undefined, state, {
    ...testContext,
    kindOf: (slug) => ({ slug, title: slug }),
    questionnaireOf: () => questionnaire,
    adherences: adherencesOf(state, at),
    notDone: notDoneInPlan(state, rules.behaviourLinkId),
  });
  const of = <R extends Task | Observation>(artefact: string) =>
    resources.flatMap(({ artefact: is, resource }) => (is === artefact ? [resource as R] : []));
  const words = (resource: Task | Observation | undefined) => (resource?.text?.div ?? '').replace(/<[^>]+>/g, ' ');
  return { times: of<Task>('occurrence'), steps: of<Task>('assignment'), figures: of<Observation>('adherence'), words };
}

/** All codes and figures, whatever people are told beside them. */
const coded = (resources: readonly (Task | Observation)[]) =>
  JSON.parse(JSON.stringify(resources), (key, value) => (key === 'text' ? undefined : value));

describe('what an EHR is sent of a log that says that it was not done', () => {
  it('says logged, and not done, in words, and keeps its codes and figures', () => {
    const state = logged(once, [{ items: no }]);
    const { times, steps, figures, words } = sent(state);
    expect(words(times[0])).toContain('logged, and answered that it was not done');
    expect(times[0]?.businessStatus?.text).toBe('Logged, not done');
    expect(words(steps[0])).toContain('Logged, not done');
    expect(steps[0]?.businessStatus?.text).toBe('Logged, not done');
    expect(figures).toHaveLength(2);
    for (const figure of figures) {
      expect(words(figure)).toContain('1 of 1 that were due so far (100 %); it was not done');
      expect(words(figure)).toContain('Homework logged');
      expect(words(figure)).not.toMatch(/\d done/);
      const called = figure.component?.map(({ code }) => code.text);
      expect(called).toEqual(expect.arrayContaining(['Logged on time', 'Logged late', 'Share logged on time']));
    }
    const asDone = sent(logged(once, [{ items: yes }]));
    expect(coded([...times, ...steps, ...figures])).toEqual(
      coded([...asDone.times, ...asDone.steps, ...asDone.figures]),
    );
  });

  it('says how often of several, in the step and in the plan', () => {
    const { times, steps, figures, words } = sent(logged(thrice, [{ items: no }, { items: yes }, { items: no }]));
    const saidOf = (ordinal: number) =>
      times.find(({ description, id }) => description !== undefined && id?.endsWith(`.${ordinal}`))?.businessStatus
        ?.text;
    expect([1, 2, 3].map(saidOf)).toEqual(['Logged, not done', undefined, 'Logged, not done']);
    expect(steps[0]?.businessStatus?.text).toBe('Logged, 2 of 3 not done');
    for (const figure of figures) expect(words(figure)).toContain('in 2 of them it was not done');
  });

  it('says that it was late', () => {
    const { times, steps, words } = sent(logged(once, [{ items: no }], { day: 14 }));
    expect(times[0]?.businessStatus?.coding?.[0]?.code).toBe('late');
    expect(times[0]?.businessStatus?.text).toBe('Logged late, not done');
    expect(words(times[0])).toContain('logged late, and answered that it was not done');
    // of a step that was done at all its code says done
    expect(steps[0]?.businessStatus?.text).toBe('Logged, not done');
  });

  it.each<[string, PlanState]>([
    ['yes', logged(once, [{ items: yes }])],
    ['no answer', logged(once, [{ items: answers({ outcome: 'hm' }) }])],
    ['a no that is kept private', logged(once, [{ items: no, withheld: ['experiment-done'] }])],
    ['a kind that does not ask', logged(once, [{ items: no }], { kind: 'monitoring' })],
    [
      'a no that was corrected to yes',
      reviseLog(logged(once, [{ items: no }]), { logId: 'l1', items: yes }, at, rules),
    ],
    [
      'a no that is kept private since',
      reviseLog(logged(once, [{ items: no }]), { logId: 'l1', items: no, withheld: ['experiment-done'] }, at, rules),
    ],
  ])('says what it always said of %s', (_, state) => {
    const { times, steps, figures, words } = sent(state);
    expect([...times, ...steps].map(({ businessStatus }) => businessStatus?.text)).toEqual([undefined, undefined]);
    for (const resource of [...times, ...steps, ...figures]) expect(words(resource)).not.toMatch(/not done|logged/i);
    for (const figure of figures) expect(words(figure)).toContain('1 done');
  });

  it('counts nothing of a step that was made by mistake, as its adherence does not', () => {
    const state = logged(once, [{ items: no }]);
    const [step] = state.assignments;
    if (step === undefined) throw new Error('no step');
    const assignments = [{ ...step, status: 'entered-in-error', businessStatus: 'mistake' } as const];
    const { times, figures, words } = sent({ ...state, assignments });
    expect(times[0]?.businessStatus?.text).toBe('Logged, not done');
    for (const figure of figures) expect(words(figure)).not.toMatch(/not done|logged/);
  });
});
