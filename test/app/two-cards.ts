import type { LogView, PlanView, StepView } from '../../src/contract/app/plan-view.ts';
import { seriesNow, withSeries } from './series-case.ts';
import { showPlan } from './show-plan.ts';

type Card = Pick<LogView, 'questionnaire' | 'answers' | 'items'>;

/**
 * Her plan with its first step done every day, as a clinician sees it on Thursday: the card of Monday (by its occurrence, though it was
 * written on Tuesday) and that of Wednesday; Tuesday's was missed.
 */
export function twoCards(monday: Card, wednesday: Card): { readonly view: PlanView; readonly step: StepView } {
  const state = withSeries({ pattern: { type: 'days', every: 1 }, ends: { type: 'open' } }, [
    { day: 0, status: 'late' },
    { day: 1, status: 'missed' },
    { day: 2, status: 'done' },
    { day: 3, status: 'due' },
  ]);
  const planned = showPlan(state, { now: seriesNow, reader: 'clinician', ledger: [] });
  const [step] = planned.assignments;
  if (step === undefined) throw new Error('the plan has lost its steps');
  const log = (place: number, performedAt: string, card: Card): LogView => ({
    ...{ id: `log-${place}`, assignmentId: step.id, planId: planned.plan.id, patientId: 'sarah', status: 'completed' },
    ...{ occurrenceId: `${step.id}.${place}`, performedAt, authored: performedAt, resolution: 'resolved', ...card },
    ...{ withheld: [], source: { type: 'patient' }, lastModified: performedAt },
  });
  const logs = [log(1, '2026-03-17T23:00:00.000Z', monday), log(3, '2026-03-18T23:00:00.000Z', wednesday)];
  return { view: { ...planned, logs }, step };
}
