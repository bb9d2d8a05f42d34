import { useState } from 'react';
import { Sheet } from '../parts/sheet.tsx';
import type { PlanFormProps } from './action.ts';
import { useClinicianPages } from './clinician-context.ts';
import { ReasonForm } from './reason-form.tsx';

/** Closes a plan: completed, or ended early with a reason. */
export function ClosePlan({ onClose, onDone }: PlanFormProps) {
  const { view, change } = useClinicianPages();
  const [status, setStatus] = useState<'completed' | 'revoked'>(view.proposedClose ?? 'completed');
  return (
    <Sheet title="Close this plan" onClose={onClose}>
      <fieldset className="choices compact">
        <legend>How does it end?</legend>
        <label className="big-choice">
          <input type="radio" name="close" checked={status === 'completed'} onChange={() => setStatus('completed')} />
          <span>Completed</span>
        </label>
        <label className="big-choice">
          <input type="radio" name="close" checked={status === 'revoked'} onChange={() => setStatus('revoked')} />
          <span>Ended early</span>
        </label>
      </fieldset>
      <ReasonForm
        key={status}
        subject={`close:${view.plan.id}`}
        intro="Open steps are withdrawn, locked ones were not reached; everything that was logged stays."
        reasonLabel="Why?"
        optional={status === 'completed'}
        finishWords="Close the plan"
        onCancel={onClose}
        onFinish={async ({ reason }) => {
          await change({
            method: 'POST',
            path: `/plans/${view.plan.id}/close`,
            body: { status, ...(reason === '' ? {} : { reason }) },
          });
          onDone('The plan is closed. The patient has nothing more to do in it; what was logged stays.');
        }}
      />
    </Sheet>
  );
}
