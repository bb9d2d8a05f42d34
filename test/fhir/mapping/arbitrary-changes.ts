import type { Goal } from '../../../src/homework/model.ts';
import type { PlanChange } from '../../../src/homework/plan/plan.ts';
import type { Changed, StepChange } from '../../../src/homework/plan/step-change.ts';
import fc from '../../fast-check.ts';
import { canonical, daysOff, instant, localDate, type Surroundings, schedule, text, unlock } from './arbitraries.ts';

const changed = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Changed<Value>> =>
  fc.record({ from: value, to: value }, { requiredKeys: [] });
const decided = (around: Surroundings) => ({
  at: instant,
  by: around.practitioner,
  reason: text,
  via: fc.stringMatching(/^[a-z]{1,12}$/),
});

/** What was changed of a step while its plan ran; sides and changes are not judged. */
export const stepChangesOf = (around: Surroundings): fc.Arbitrary<StepChange[]> =>
  fc.array(
    fc.record(
      {
        ...decided(around),
        ...{ title: changed(text), instructions: changed(text), rationale: changed(text) },
        ...{ schedule: changed(schedule), unlock: changed(unlock), step: changed(fc.integer({ min: 1, max: 99 })) },
        questionnaire: changed(canonical('Questionnaire')),
        ...{ smaller: text, goesWith: text },
      },
      { requiredKeys: ['at'] },
    ),
    { minLength: 1, maxLength: 3 },
  );

/** What was changed of a plan's own words and of its end. */
export const planChangesOf = (goals: readonly Goal[], around: Surroundings): fc.Arbitrary<PlanChange[]> =>
  fc.array(
    fc.record(
      {
        ...decided(around),
        ...{ title: changed(text), description: changed(text), end: changed(localDate), daysOff: changed(daysOff) },
        goals: fc.tuple(
          ...goals.map(({ id }) => fc.record({ id: fc.constant(id), from: text, to: text }, { requiredKeys: ['id'] })),
        ),
      },
      { requiredKeys: ['at'] },
    ),
    { minLength: 1, maxLength: 3 },
  );
