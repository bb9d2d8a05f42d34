import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { ReasonForm } from './reason-form.tsx';

interface LockSheetProps {
  readonly step: StepView;
  readonly onClose: () => void;
  readonly onLocked: () => void;
}

/** Asks why a step that was unlocked is locked again. */
export function LockSheet({ step, onClose, onLocked }: LockSheetProps) {
  const { change } = useClinicianPages();
  return (
    <Sheet title={`Lock step ${step.key} again`} onClose={onClose}>
      <ReasonForm
        subject={`relock:${step.id}`}
        intro="It leaves what the patient has to do, until a clinician unlocks it."
        reasonLabel="Why?"
        finishWords="Lock again"
        onCancel={onClose}
        onFinish={async ({ reason }) => {
          await change({ method: 'POST', path: `/assignments/${step.id}/moves`, body: { event: 'relock', reason } });
          onLocked();
        }}
      />
    </Sheet>
  );
}
