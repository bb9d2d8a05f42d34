import { isForIntegration, problemWords } from '../words/problem-words.ts';

interface ProblemPageProps {
  readonly code: string;
  /** The service's sentence about it. */
  readonly detail?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly retryWords?: string;
}

/** A page instead of the one that was asked for: what happened, and what to do. It names nobody. */
export function ProblemPage({ code, detail, onRetry, retryWords = 'Try again' }: ProblemPageProps) {
  const { title, what, todo } = problemWords(code);
  return (
    <main className="narrow problem-page">
      <p className="brand">Intersession</p>
      <h1 tabIndex={-1}>{title}</h1>
      <p>{what}</p>
      <p className="todo">{todo}</p>
      {detail !== undefined && isForIntegration(code) ? (
        <p className="quiet">For the people who look after the connection: {detail}</p>
      ) : null}
      {onRetry === undefined ? null : (
        <button type="button" className="primary" onClick={onRetry}>
          {retryWords}
        </button>
      )}
      <p className="quiet">In an emergency call your local emergency number. This page is not monitored.</p>
    </main>
  );
}
