import { relockedFrom, standsAt } from '../../../src/homework/plan/legal-pairs.ts';
import { stepsOf } from '../plan/steps.ts';
import { writeDay } from '../words/dates.ts';
import { lockAgain } from './care-sheets.ts';
import { useClinicianPages } from './clinician-context.ts';
import { OfPlan } from './of-plan.tsx';
import { PlanTitle } from './plan-title.tsx';
import { StepName } from './step-name.tsx';

interface UnlockedByHandProps {
  /** Steps whose unlocking is told already, where it was done. */
  readonly without: ReadonlySet<string>;
  readonly onLocked: (words: string) => void;
}

/** Steps that were unlocked by hand and can still be taken back, wherever that was done and however long ago. */
export function UnlockedByHand({ without, onLocked }: UnlockedByHandProps) {
  const { plans, forPlan } = useClinicianPages();
  return plans
    .filter((view) => forPlan(view).mayChange)
    .flatMap((view) =>
      stepsOf(view).flatMap((step) => {
        const { unlocked, id } = step;
        if (unlocked?.by === undefined || !standsAt(relockedFrom, step) || without.has(id)) return [];
        return [
          <OfPlan key={id} view={view}>
            <li className="care-item is-done">
              <div className="care-words">
                <PlanTitle />
                <p>
                  <StepName step={step} /> was unlocked by hand on {writeDay(unlocked.at, view.plan)}.
                </p>
              </div>
              <lockAgain.Part assignmentId={id} onLocked={onLocked} />
            </li>
          </OfPlan>,
        ];
      }),
    );
}
