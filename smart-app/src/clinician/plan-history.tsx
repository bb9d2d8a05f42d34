import { isolate } from '../words/isolate.ts';
import { planChangedWords } from '../words/plan-change-words.ts';
import { changedBy } from '../words/step-change-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { useKnownPeople } from './people.ts';

/** What was changed of the plan itself while it ran, the latest first: when, by whom, what to what, and why. */
export function PlanHistory() {
  const { homework, view, place } = useClinicianPages();
  const people = useKnownPeople();
  const changes = (view.plan.changes ?? []).toReversed();
  return (
    <details className="plan-history quiet">
      <summary>
        {changes.length === 1 ? '1 change' : `${changes.length} changes`} of the plan’s name, dates or goals
      </summary>
      <ul>
        {changes.map((change) => (
          <li key={`${change.at} ${changes.indexOf(change)}`}>
            {changedBy(change, { now: homework.now, place, ...people })}: {planChangedWords(change, place).join('; ')}.
            {change.reason === undefined ? '' : ` “${isolate(change.reason)}”`}
          </li>
        ))}
      </ul>
    </details>
  );
}
