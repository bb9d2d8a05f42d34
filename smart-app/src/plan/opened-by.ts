import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { stepsNamed } from '../../../src/homework/plan/rule-parts.ts';

/** The steps that a log has opened: those that follow its step, and were opened with it. */
export function openedBy({ assignments, logs }: PlanView, logId: string): readonly StepView[] {
  const log = logs.find(({ id }) => id === logId);
  const key = assignments.find(({ id }) => id === log?.assignmentId)?.key;
  return assignments.filter(
    ({ unlock, unlockedAt, status }) =>
      key !== undefined && stepsNamed(unlock).includes(key) && unlockedAt === log?.authored && status !== 'draft',
  );
}
