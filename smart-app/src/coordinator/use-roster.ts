import { useCallback, useEffect, useState } from 'react';
import { defined } from '../../../src/homework/defined.ts';
import type { RosterFilter, RosterPage } from '../service/contract.ts';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { RosterSort } from './roster-words.ts';

export interface RosterQuery {
  readonly filter: RosterFilter | '';
  readonly q: string;
  readonly sort: RosterSort;
}

export interface Roster {
  readonly page: RosterPage | undefined;
  readonly problem: ServiceProblem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Adds the next page to what is shown; absent on the last. */
  readonly more: (() => void) | undefined;
}

const pauseInTypingMs = 300;

/** The list as it is asked for, page after page; what was shown stays while a new one is on its way. */
export function useRoster({ filter, q, sort }: RosterQuery): Roster {
  const { call } = useAppSession();
  const [page, setPage] = useState<RosterPage>();
  const [problem, setProblem] = useState<ServiceProblem>();
  const [loading, setLoading] = useState(true);
  const [asked, setAsked] = useState(0);
  const load = useCallback(
    async (after: string | undefined, signal: AbortSignal | undefined): Promise<void> => {
      setLoading(true);
      const query = {
        ...(filter === '' ? {} : { filter }),
        sort,
        ...defined({ after }),
      };
      try {
        const answer = await call({
          // a name that is searched for stays out of the address
          ...(q.trim() === ''
            ? { method: 'GET', path: `/app/v1/roster?${new URLSearchParams(query)}` }
            : { method: 'POST', path: '/app/v1/roster/search', body: { ...query, q: q.trim() } }),
          ...defined({ signal }),
        });
        if (!isRosterPage(answer)) return;
        setPage((before) =>
          after === undefined || before === undefined ? answer : { ...answer, rows: [...before.rows, ...answer.rows] },
        );
        setProblem(undefined);
        setLoading(false);
      } catch (error) {
        if (signal?.aborted) return;
        setProblem(problemOf(error));
        setLoading(false);
      }
    },
    [call, filter, q, sort],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is the wish to load again
  useEffect(() => {
    const leaving = new AbortController();
    const timer = setTimeout(() => void load(undefined, leaving.signal), q === '' ? 0 : pauseInTypingMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [load, asked]);
  const next = page?.next;
  return {
    page,
    problem,
    loading,
    reload: useCallback(() => setAsked((before) => before + 1), []),
    more: next === undefined ? undefined : () => void load(next, undefined),
  };
}

function isRosterPage(value: unknown): value is RosterPage {
  return typeof value === 'object' && value !== null && 'rows' in value && Array.isArray(value.rows);
}
