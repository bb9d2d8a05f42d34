import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { isolate } from '../words/isolate.ts';
import { changedBy, changedWords } from '../words/step-change-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { useKnownPeople } from './people.ts';
import '../styles/change-step.css';

/** What was changed of a step while the plan ran: when, by whom, what to what, and why. Nothing when nothing was. */
export function StepHistory({ step }: { readonly step: StepView }) {
  const { homework, place } = useClinicianPages();
  const people = useKnownPeople();
  const { changes = [] } = step;
  const last = changes.at(-1);
  if (last === undefined) return null;
  const said = (change: typeof last): string =>
    `${changedBy(change, { now: homework.now, place, ...people })}: ${changedWords(change, place).join('; ')}.${change.reason === undefined ? '' : ` “${isolate(change.reason)}”`}`;
  const earlier = changes.slice(0, -1).toReversed();
  return (
    <div className="step-history quiet">
      <p>{said(last)}</p>
      {earlier.length === 0 ? null : (
        <details>
          <summary>
            {earlier.length === 1 ? '1 change before' : `${earlier.length} changes before`}
            <span className="hidden-words"> of step {step.key}</span>
          </summary>
          <ul>
            {earlier.map((change, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: changes are only ever added
              <li key={index}>{said(change)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
