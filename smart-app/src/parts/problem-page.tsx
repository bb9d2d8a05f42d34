import { type ProblemWords, problemWords } from '../words/problem-words.ts';

interface ProblemPageProps {
  readonly code: string;
  /** Default: those of a problem inside the app. */
  readonly words?: ProblemWords;
  /** The service's sentence about it, for those who look after the connection. */
  readonly detail?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly retryWords?: string;
}

/** A page instead of the one that was asked for: what happened, and what to do. It names nobody. */
export function ProblemPage({ code, words, detail, onRetry, retryWords = 'Try again' }: ProblemPageProps) {
  const { title, what, todo } = words ?? problemWords(code);
  return (
    <main className="narrow problem-page">
      <p className="brand">Intersession</p>
      <h1 tabIndex={-1}>{title}</h1>
      <p>{what}</p>
      <p className="todo">{todo}</p>
      {detail === undefined ? null : <p className="quiet">For the people who look after the connection: {detail}</p>}
      {onRetry === undefined ? null : (
        <button type="button" className="primary" onClick={onRetry}>
          {retryWords}
        </button>
      )}
      <p className="quiet">In an emergency call your local emergency number. This page is not monitored.</p>
    </main>
  );
}
