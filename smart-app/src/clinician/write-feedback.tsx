import { useId } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import { useAppSession } from '../session/app-session.tsx';
import { useClinicianPages } from './clinician-context.ts';

interface WriteFeedbackProps {
  readonly assignmentId: string;
  readonly inResponseTo?: string;
  readonly onSent: () => void;
}

/** Words to the patient about a step, or in answer to theirs; kept on this device until they are sent. */
export function WriteFeedback({ assignmentId, inResponseTo, onSent }: WriteFeedbackProps) {
  const { change } = useClinicianPages();
  const { expired, online } = useAppSession();
  const name = useId();
  const [text, setText] = useTextDraft(`feedback:${inResponseTo ?? assignmentId}`);
  const { busy, problem, run } = useAction();
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    const body = { text: text.trim(), ...defined({ inResponseTo }) };
    const sent = await run(() => change({ method: 'POST', path: `/assignments/${assignmentId}/feedback`, body }));
    if (!sent) return;
    setText('');
    onSent();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={name}>{inResponseTo === undefined ? 'What you want to say to the patient' : 'Your answer'}</label>
      <p className="help" id={`${name}-help`}>
        The patient reads it on their phone. Name what they did, then what to try next.
      </p>
      <textarea
        id={name}
        dir="auto"
        rows={4}
        maxLength={10_000}
        value={text}
        aria-describedby={`${name}-help`}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemNotice problem={problem} />
      <div className="buttons">
        <button type="submit" className="primary" disabled={busy || expired || !online || text.trim() === ''}>
          Send to the patient
        </button>
      </div>
    </form>
  );
}
