import { useCallback, useEffect, useState } from 'react';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';

export interface Door<T> {
  readonly answer: T | undefined;
  readonly problem: ServiceProblem | undefined;
  readonly reload: () => void;
  /** Takes an answer that came another way: of a change, or a newer one. */
  readonly put: (answer: T) => void;
}

/** What a door answers; kept as it is when a later call brings nothing. */
export function useDoor<T>(path: string, isAnswer: (value: unknown) => value is T): Door<T> {
  const { call } = useAppSession();
  const [answer, put] = useState<T>();
  const [problem, setProblem] = useState<ServiceProblem>();
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is the wish to load again
  useEffect(() => {
    const leaving = new AbortController();
    call({ method: 'GET', path: `/app/v1${path}`, signal: leaving.signal }).then(
      (came) => {
        if (leaving.signal.aborted || !isAnswer(came)) return;
        put(() => came);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setProblem(problemOf(error));
      },
    );
    return () => leaving.abort();
  }, [call, path, isAnswer, asked]);
  const reload = useCallback(() => {
    setProblem(undefined);
    setAsked((before) => before + 1);
  }, []);
  return { answer, problem, reload, put: useCallback((came: T) => put(() => came), []) };
}
