import type { PlanState } from '../../src/homework/model.ts';
import { activatePlan } from '../../src/homework/plan/activate-plan.ts';
import { designPlan } from '../../src/homework/plan/design-plan.ts';
import { nextSweepAt } from '../../src/homework/plan/next-sweep-at.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { median } from './median.ts';

const begun = '2026-03-02T17:00:00.000Z';
const rules = { behaviourLinkId: () => undefined, safetyOf: () => [] };
const after = (days: number) => new Date(Date.parse(begun) + days * 86_400_000).toISOString();

/** A plan with a card a day, logged each day, of that age. */
function planOfAge(days: number): PlanState {
  const plan = designPlan(
    {
      ...{ id: 'plan', patientId: 'patient', title: 'Bench', timeZone: 'America/New_York', language: 'en' },
      ...{ period: { start: '2026-03-02' }, addresses: [], goals: [] },
      assignments: [
        {
          ...{ id: 'a', key: '1', kind: 'diary-card', title: 'Diary card', lateGraceHours: 24 },
          questionnaire: 'https://intersession.dev/fhir/Questionnaire/diary-card|1.0.0',
          schedule: { type: 'series', pattern: { type: 'days', every: 1 }, ends: { type: 'open' } },
          unlock: { type: 'at-start' },
        },
      ],
    },
    begun,
  );
  const made = sweep(activatePlan(plan, begun, rules), after(days), rules);
  const done = made.occurrences.map((time, index) =>
    index < days - 1 ? { ...time, status: 'done' as const, logId: `l${index}` } : time,
  );
  return { ...made, occurrences: done };
}

/**
 * Microseconds to sweep a plan with daily homework when the next day begins, and to say when it is to be swept next: of one that is a
 * year old, and of one of a week. Nothing is known of either before.
 */
export function sweepByAge(): { year: number; week: number } {
  const cost = (days: number): number => {
    const state = planOfAge(days);
    const at = after(days + 1);
    const times: number[] = [];
    for (let round = 0; round < 400; round += 1) {
      // as it comes out of the record: a list of its own
      const fresh = { ...state, occurrences: [...state.occurrences] };
      const start = performance.now();
      const swept = sweep(fresh, at, rules);
      nextSweepAt(swept, at);
      times.push(performance.now() - start);
    }
    return median(times) * 1000;
  };
  cost(7);
  return { year: cost(365), week: cost(7) };
}
