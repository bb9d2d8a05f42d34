import { useState } from 'react';
import { Sheet } from '../parts/sheet.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { ReasonForm } from './reason-form.tsx';

const nothingLeft = 'Nothing is left to do in this plan. Close it?';
/** A locked step that nothing leads to any more can still be unlocked by hand. */
const onlyByHand = 'No step is open, and none opens by itself. Unlock one by hand, or close the plan?';

/** Closes a plan: completed, or ended early with a reason. When no step is open and none will be, it says so and asks. */
export function ClosePlan() {
  const { view, change } = useClinicianPages();
  const [asked, setAsked] = useState(false);
  const [status, setStatus] = useState<'completed' | 'revoked'>(view.proposedClose ?? 'completed');
  const close = (): void => setAsked(false);
  const locked = view.assignments.some((assignment) => assignment.status === 'draft');
  return (
    <>
      {view.proposedClose === undefined ? null : <p>{locked ? onlyByHand : nothingLeft}</p>}
      <button
        type="button"
        className={view.proposedClose === undefined ? 'plain' : 'secondary'}
        onClick={() => setAsked(true)}
      >
        Close this plan
      </button>
      {asked ? (
        <Sheet title="Close this plan" onClose={close}>
          <fieldset className="choices compact">
            <legend>How does it end?</legend>
            <label className="big-choice">
              <input
                type="radio"
                name="close"
                checked={status === 'completed'}
                onChange={() => setStatus('completed')}
              />
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
            onCancel={close}
            onFinish={async ({ reason }) => {
              await change({
                method: 'POST',
                path: `/plans/${view.plan.id}/close`,
                body: { status, ...(reason === '' ? {} : { reason }) },
              });
              close();
            }}
          />
        </Sheet>
      ) : null}
    </>
  );
}
