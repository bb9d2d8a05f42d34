import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { Sheet } from '../parts/sheet.tsx';
import { WriteFeedback } from './write-feedback.tsx';

interface WriteSheetProps {
  readonly step: StepView;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

/** A message to the patient about a step. */
export function WriteSheet({ step, onClose, onSent }: WriteSheetProps) {
  return (
    <Sheet title={`About step ${step.key}`} onClose={onClose}>
      <WriteFeedback assignmentId={step.id} onSent={onSent} />
    </Sheet>
  );
}
