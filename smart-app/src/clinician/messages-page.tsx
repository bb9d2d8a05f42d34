import { useEffect, useRef, useState } from 'react';
import type { FeedbackView, PlanView } from '../../../src/contract/app/plan-view.ts';
import { isFinished } from '../../../src/homework/log/log.ts';
import { messagesOf, stepName, stepsOf, unread } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { writeTime } from '../words/dates.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { useKnownPeople } from './people.ts';
import { WriteFeedback } from './write-feedback.tsx';

/** What was said about the homework, in both directions; opening the page is reading what the patient wrote. */
export function MessagesPage() {
  const { view, mayChange, mayWrite, change } = useClinicianPages();
  const messages = messagesOf(view).toReversed();
  const steps = stepsOf(view).filter(({ status }) => status !== 'draft');
  const [about, setAbout] = useState(() => lastDone(view) ?? steps.at(-1)?.id ?? '');
  const marked = useRef(new Set<string>());
  const toMark = unread(view, 'clinician')
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    // in a plan that is over, too
    if (!mayWrite) return;
    for (const id of toMark.split(' ').filter((text) => text !== '' && !marked.current.has(text))) {
      marked.current.add(id);
      // that it was read is for the patient's information; the page does not depend on it
      change({ method: 'POST', path: `/feedback/${id}/read`, body: {} }).catch(() => undefined);
    }
  }, [toMark, mayWrite, change]);
  return (
    <>
      <h1 tabIndex={-1}>Messages</h1>
      <div className="messages">
        {messages.length === 0 ? (
          <div className="card empty">
            <h2>No messages yet</h2>
            <p>A word about what was done, soon after it was done, is what keeps homework alive.</p>
          </div>
        ) : null}
        {steps.length > 0 && mayChange ? (
          <section className="card" aria-labelledby="new-message">
            <h2 id="new-message">New message</h2>
            <label htmlFor="message-about">About</label>
            <select id="message-about" value={about} onChange={(event) => setAbout(event.currentTarget.value)}>
              {steps.map((step) => (
                <option key={step.id} value={step.id}>
                  {stepName(step)}
                </option>
              ))}
            </select>
            <WriteFeedback key={about} assignmentId={about} onSent={() => undefined} />
          </section>
        ) : null}
        {messages.map((message) => (
          <Message
            key={message.id}
            message={message}
            answered={messages.some(({ inResponseTo }) => inResponseTo === message.id)}
          />
        ))}
      </div>
    </>
  );
}

/** What there is to speak of: the step that was logged last. */
function lastDone({ logs }: PlanView): string | undefined {
  const sent = logs.filter(isFinished);
  return sent.toSorted((log, other) => log.performedAt.localeCompare(other.performedAt)).at(-1)?.assignmentId;
}

function Message({ message, answered }: { readonly message: FeedbackView; readonly answered: boolean }) {
  const { view, place, mayWrite } = useClinicianPages();
  const [writing, setWriting] = useState(false);
  const { reader, names } = useKnownPeople();
  const isClinician = useAppSession().session.role === 'clinician';
  const theirs = message.author === 'patient';
  // whom a source system names is no sign-in: never "you"
  const mine = message.author === reader && message.reportedBy === undefined;
  const unnamed = isClinician && message.author !== reader ? 'Another clinician' : 'Clinician';
  const step = view.assignments.find(({ id }) => id === message.assignmentId);
  return (
    <article className={`card message ${theirs ? 'theirs' : 'mine'}`}>
      <p className="card-top quiet">
        <strong>{theirs ? 'Patient' : mine ? 'You' : <bdi>{names.get(message.author) ?? unnamed}</bdi>}</strong>
        {toldWords(message)} · {writeTime(message.sentAt, place)}
        {theirs ? '' : message.readAt === undefined ? ' · not read yet' : ` · read ${writeTime(message.readAt, place)}`}
      </p>
      {step === undefined ? null : (
        <h2 className="about">
          On step {step.key}: <bdi>{step.title}</bdi>
        </h2>
      )}
      <p className="message-text" dir="auto">
        {message.text}
      </p>
      {theirs && !answered && mayWrite && step !== undefined ? (
        writing ? (
          <WriteFeedback assignmentId={step.id} inResponseTo={message.id} onSent={() => setWriting(false)} />
        ) : (
          <button type="button" className="secondary small" onClick={() => setWriting(true)}>
            Answer
          </button>
        )
      ) : null}
    </article>
  );
}
