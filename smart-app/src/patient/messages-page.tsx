import { useEffect, useId, useRef, useState } from 'react';
import type { FeedbackView } from '../../../src/contract/app/plan-view.ts';
import { useTextDraft } from '../forms/use-text-draft.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { messagesOf, unread } from '../plan/steps.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { answerSubject } from '../session/begun-text.ts';
import { placeOf, writeTime } from '../words/dates.ts';
import { changeProblem } from '../words/problem-words.ts';
import { toldWords } from '../words/told-words.ts';
import { findStep, usePatientPages } from './patient-context.ts';

/** What the clinician said to the homework, and room to answer. Opening the page is reading it. */
export function MessagesPage() {
  const { homework, change } = usePatientPages();
  const { session } = useAppSession();
  const messages = homework.plans
    .flatMap(messagesOf)
    .toSorted((feedbackView, other) => other.sentAt.localeCompare(feedbackView.sentAt));
  const [fresh] = useState(
    () => new Set(homework.plans.flatMap((view) => unread(view, 'patient')).map(({ id }) => id)),
  );
  const toMark = homework.plans
    .flatMap((view) => unread(view, 'patient'))
    .map(({ id }) => id)
    .join(' ');
  const marked = useRef(new Set<string>());
  useEffect(() => {
    if (!session.canWrite) return;
    for (const id of toMark.split(' ').filter((text) => text !== '' && !marked.current.has(text))) {
      marked.current.add(id);
      // that it was read is for the clinician's information; the page does not depend on it
      change({ method: 'POST', path: `/feedback/${id}/read`, body: {} }).catch(() => undefined);
    }
  }, [toMark, change, session.canWrite]);
  return (
    <>
      <h1 tabIndex={-1}>Messages</h1>
      {messages.length === 0 ? (
        <div className="card empty">
          <h2>No messages yet</h2>
          <p>What your clinician says about your homework will stand here.</p>
        </div>
      ) : null}
      {messages.map((message) => (
        <Message
          key={message.id}
          message={message}
          fresh={fresh.has(message.id)}
          answered={messages.some(({ inResponseTo }) => inResponseTo === message.id)}
        />
      ))}
    </>
  );
}

interface MessageProps {
  readonly message: FeedbackView;
  readonly fresh: boolean;
  readonly answered: boolean;
}

function Message({ message, fresh, answered }: MessageProps) {
  const { homework, place } = usePatientPages();
  const { session } = useAppSession();
  const mine = message.author === 'patient';
  const of = homework.plans.find(({ feedback }) => feedback.some(({ id }) => id === message.id));
  const about = message.assignmentId === undefined ? undefined : findStep(homework, message.assignmentId)?.step;
  return (
    <article className={`card message ${mine ? 'mine' : 'theirs'}`}>
      <p className="card-top quiet">
        <strong>{mine ? 'You' : 'Your clinician'}</strong>
        {toldWords(message)} · {writeTime(message.sentAt, of === undefined ? place : placeOf(of))}
        {fresh ? <span className="count">new</span> : null}
      </p>
      {about === undefined ? null : (
        <h2 className="about">
          On “<bdi>{about.title}</bdi>”
        </h2>
      )}
      <p className="message-text" dir="auto">
        {message.text}
      </p>
      {!mine && !answered && about !== undefined && session.canWrite ? (
        <Answer message={message} assignmentId={about.id} />
      ) : null}
    </article>
  );
}

function Answer({ message, assignmentId }: { readonly message: FeedbackView; readonly assignmentId: string }) {
  const { change, homework } = usePatientPages();
  const { expired } = useAppSession();
  const name = useId();
  const [text, setText] = useTextDraft(answerSubject(message.id));
  const [writing, setWriting] = useState(text !== '');
  const [problem, setProblem] = useState<string>();
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    try {
      const body = { text: text.trim(), inResponseTo: message.id };
      await change({ method: 'POST', path: `/assignments/${assignmentId}/feedback`, body });
      setText('');
    } catch (error) {
      setProblem(changeProblem(problemOf(error)));
    }
  };
  if (!writing) {
    return (
      <button type="button" className="secondary" onClick={() => setWriting(true)}>
        Answer
      </button>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p className="help">{homework.whoSees}</p>
      <label htmlFor={name}>Your answer</label>
      <textarea
        id={name}
        dir="auto"
        rows={3}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ProblemNotice problem={problem} />
      <button type="submit" className="primary" disabled={expired}>
        Send
      </button>
    </form>
  );
}
