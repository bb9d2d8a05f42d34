import type { FeedbackView, StepView } from '../../../src/contract/app/plan-view.ts';
import { Sheet } from '../parts/sheet.tsx';
import { stepName } from '../plan/steps.ts';
import { writeTime } from '../words/dates.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { WriteFeedback } from './write-feedback.tsx';

interface AnswerSheetProps {
  readonly message: FeedbackView;
  readonly step: StepView;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

/** A message of the patient in full, and room for the answer; answering it is having read it. */
export function AnswerSheet({ message, step, onClose, onSent }: AnswerSheetProps) {
  const { place, change } = useClinicianPages();
  return (
    <Sheet title="Answer the patient" onClose={onClose}>
      <figure className="asked">
        <figcaption className="quiet">
          {stepName(step)} · {writeTime(message.sentAt, place)}
          {toldWords(message)}
        </figcaption>
        <blockquote className="message-text" dir="auto">
          {message.text}
        </blockquote>
      </figure>
      <WriteFeedback
        assignmentId={step.id}
        inResponseTo={message.id}
        onSent={() => {
          // that it was read is for the patient’s information; the answer has been sent already
          change({ method: 'POST', path: `/feedback/${message.id}/read`, body: {} }).catch(() => undefined);
          onSent();
        }}
      />
    </Sheet>
  );
}
