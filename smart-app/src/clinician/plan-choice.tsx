import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { isRunning, unread } from '../plan/steps.ts';

const newMessages = (count: number): string =>
  count === 0 ? '' : ` · ${count === 1 ? '1 message' : `${count} messages`} not read yet`;

interface PlanChoiceProps {
  readonly plans: readonly PlanView[];
  readonly chosen: string | undefined;
  readonly onChoose: (planId: string) => void;
}

/** Which of several plans is looked at, with what waits in each. */
export function PlanChoice({ plans, chosen, onChoose }: PlanChoiceProps) {
  return (
    <label className="plan-choice">
      Plan
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {plans.map((plan) => (
          <option key={plan.plan.id} value={plan.plan.id}>
            {plan.plan.title}
            {isRunning(plan) ? '' : ' (closed)'}
            {newMessages(unread(plan, 'clinician').length)}
          </option>
        ))}
      </select>
    </label>
  );
}
