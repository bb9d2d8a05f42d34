import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useAppSession } from '../session/app-session.tsx';
import { pageOpened } from '../session/use-page-of.ts';
import { expectAnswer } from './answer-shape.ts';
import type { ServiceCall } from './call-service.ts';
import { problemOf, type ServiceProblem } from './service-problem.ts';

/** What is asked of the service, and how its answer is read. Each of these is kept by the caller from render to render. */
export interface Question<Answer> {
  /** @param cursor of the page after the first */
  readonly ask: (cursor?: string) => Pick<ServiceCall, 'method' | 'path' | 'body'>;
  readonly isAnswer: (value: unknown) => value is Answer;
  /** Puts a further page behind what is shown; absent: each answer takes the place of the one before. */
  readonly join?: (before: Answer, next: Answer) => Answer;
  /**
   * What is shown once the same was asked anew, of its first page; present where what is shown is to be kept fresh (`keepFresh`).
   */
  readonly afresh?: (before: Answer, came: Answer) => Answer;
  /** True while something else is looked at: it is not kept fresh then. */
  readonly away?: RefObject<boolean>;
  /** So long nothing is asked after a change of what is asked, as while somebody types. */
  readonly pauseMs?: number;
}

export interface Loaded<Answer> {
  /** Kept as it is when a later call brings nothing. */
  readonly answer: Answer | undefined;
  /** Why the latest call brought no answer that can be read. */
  readonly problem: ServiceProblem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** The same, but nobody has done anything: it keeps no session alive. */
  readonly lookAgain: () => void;
  /** Asks for a further page, by the cursor of the one before. */
  readonly more: (cursor: string) => void;
  /** Takes an answer that came another way: of a change. */
  readonly put: (change: (before: Answer | undefined) => Answer | undefined) => void;
}

/** What the service answers to a question, asked anew whenever the question changes. Its end is an answer or a problem. */
export function useAnswer<Answer>({
  ask,
  isAnswer,
  join,
  afresh,
  away,
  pauseMs = 0,
}: Question<Answer>): Loaded<Answer> {
  const { call, expired } = useAppSession();
  const [answer, setAnswer] = useState<Answer>();
  const changes = useRef(0);
  const put = useCallback((change: (before: Answer | undefined) => Answer | undefined): void => {
    changes.current += 1;
    setAnswer(change);
  }, []);
  const [problem, setProblem] = useState<ServiceProblem>();
  const [loading, setLoading] = useState(true);
  const [asked, setAsked] = useState(0);
  const byItself = useRef(false);
  const latest = useRef(new AbortController());
  const load = useCallback(
    async (signal: AbortSignal, cursor?: string): Promise<void> => {
      setLoading(true);
      const asking = { ...ask(cursor), signal, byItself: byItself.current };
      byItself.current = false;
      try {
        const came = expectAnswer(await call(asking), isAnswer);
        if (signal.aborted) return;
        put((before) =>
          cursor === undefined || before === undefined || join === undefined ? came : join(before, came),
        );
        setProblem(undefined);
      } catch (error) {
        if (signal.aborted) return;
        setProblem(problemOf(error));
      }
      setLoading(false);
    },
    [call, ask, isAnswer, join, put],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is the wish to load again
  useEffect(() => {
    const leaving = new AbortController();
    latest.current = leaving;
    const begin = () => void load(leaving.signal);
    const timer = pauseMs === 0 ? undefined : setTimeout(begin, pauseMs);
    if (timer === undefined) begin();
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [load, pauseMs, asked]);
  useEffect(() => {
    if (afresh === undefined || expired) return;
    let stop: (() => void) | undefined = () => undefined;
    // not needed for the first paint; without it the page is as old as its last loading
    import('./keep-fresh.ts').then(
      ({ keepFresh, lookAnew }) => {
        const fresh = {
          load: async (signal: AbortSignal, byItself: boolean) =>
            expectAnswer(await call({ ...ask(), signal, byItself }), isAnswer),
          isAway: () => away?.current === true,
          shown: () => latest.current.signal,
          changes: () => changes.current,
          show(came: Answer) {
            put((before) => (before === undefined ? came : afresh(before, came)));
            setProblem(undefined);
          },
          onProblem: (error: unknown) => setProblem(problemOf(error)),
        };
        if (stop !== undefined) stop = keepFresh((byItself) => lookAnew(fresh, byItself), pageOpened);
      },
      () => undefined,
    );
    return () => {
      stop?.();
      stop = undefined;
    };
  }, [call, ask, isAnswer, afresh, away, expired, put]);
  const reload = useCallback(() => {
    setProblem(undefined);
    setAsked((before) => before + 1);
  }, []);
  const lookAgain = useCallback(() => {
    byItself.current = true;
    reload();
  }, [reload]);
  // a page of what is not asked any more is of no use: it goes with the question
  const more = useCallback((cursor: string) => void load(latest.current.signal, cursor), [load]);
  return { answer, problem, loading, reload, lookAgain, more, put };
}
