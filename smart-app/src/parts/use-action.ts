import { useCallback, useState } from 'react';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import { changeProblem } from '../words/problem-words.ts';

export interface Action {
  readonly busy: boolean;
  /** Why it was not done, in words. */
  readonly problem: string | undefined;
  /** Does it; true when it was done. */
  readonly run: (what: () => Promise<unknown>) => Promise<boolean>;
}

/**
 * A change that a person makes by a button: under way, done, or not done with the reason in words.
 * @param words says why it was not done, to whoever looks at this page
 */
export function useAction(words: (problem: ServiceProblem) => string = changeProblem): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = useCallback(
    async (what: () => Promise<unknown>): Promise<boolean> => {
      setBusy(true);
      setProblem(undefined);
      try {
        await what();
        return true;
      } catch (error) {
        setProblem(words(problemOf(error)));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [words],
  );
  return { busy, problem, run };
}
