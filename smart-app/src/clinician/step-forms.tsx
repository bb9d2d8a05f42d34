import { BarrierForm } from '../parts/barrier-form.tsx';
import { Sheet } from '../parts/sheet.tsx';
import type { StepFormProps } from './action.ts';
import { useClinicianPages } from './clinician-context.ts';
import { WriteFeedback } from './write-feedback.tsx';

/** Words to the patient about a step. */
export function GiveFeedback({ step, onClose, onDone }: StepFormProps) {
  return (
    <Sheet title={`Feedback on step ${step.key}`} onClose={onClose}>
      <WriteFeedback assignmentId={step.id} onSent={() => onDone('Sent. The patient finds it under “Messages”.')} />
    </Sheet>
  );
}

/** What the patient said stands in the way of a step. */
export function NoteBarrier({ step, onClose, onDone }: StepFormProps) {
  const { change } = useClinicianPages();
  return (
    <Sheet title={`What is in the way of step ${step.key}?`} onClose={onClose}>
      <BarrierForm
        subject={`barrier:${step.id}`}
        title="What comes closest"
        finishWords="Note it"
        onCancel={onClose}
        onFinish={async (barrier) => {
          await change({ method: 'POST', path: `/assignments/${step.id}/barriers`, body: barrier });
          onDone(`Noted at step ${step.key}, as not talked over yet.`);
        }}
      />
    </Sheet>
  );
}
