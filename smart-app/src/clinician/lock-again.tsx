import { useState } from 'react';
import { relockedFrom, standsAt } from '../../../src/homework/plan/legal-pairs.ts';
import { useClinicianPages } from './clinician-context.ts';
import { LockStep } from './step-moves.tsx';

interface LockAgainProps {
  readonly assignmentId: string;
  /** It was taken back; in words. */
  readonly onLocked: (words: string) => void;
}

/** Takes an unlock back, while the patient has not looked at the step. */
export function LockAgain({ assignmentId, onLocked }: LockAgainProps) {
  const { view, mayChange } = useClinicianPages();
  const [asked, setAsked] = useState(false);
  const step = view.assignments.find(({ id }) => id === assignmentId);
  if (!mayChange || step === undefined || !standsAt(relockedFrom, step)) return null;
  return (
    <div className="care-action">
      <span className="quiet">Until the patient has looked at it: </span>
      <button type="button" className="plain small" onClick={() => setAsked(true)}>
        Lock again<span className="hidden-words"> step {step.key}</span>
      </button>
      {asked ? <LockStep step={step} onClose={() => setAsked(false)} onDone={onLocked} /> : null}
    </div>
  );
}
