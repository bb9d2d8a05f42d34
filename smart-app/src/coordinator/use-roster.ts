import { type RefObject, useCallback } from 'react';
import type { RosterPage } from '../../../src/contract/app/roster.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { WorklistFilter } from '../../../src/homework/plan/worklist-filter.ts';
import { list, record, shaped, text } from '../service/answer-shape.ts';
import type { ServiceProblem } from '../service/service-problem.ts';
import { useAnswer } from '../service/use-answer.ts';
import type { RosterSort } from './roster-words.ts';

export interface RosterQuery {
  readonly filter: WorklistFilter | '';
  readonly q: string;
  readonly sort: RosterSort;
}

export interface Roster {
  readonly roster: RosterPage | undefined;
  readonly problem: ServiceProblem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Adds the next page to what is shown; absent on the last. */
  readonly more: (() => void) | undefined;
}

const pauseInTypingMs = 300;

const isRosterPage = shaped<RosterPage>({ now: text, rows: list, counts: record });

const withRowsBefore = (before: RosterPage, next: RosterPage): RosterPage => ({
  ...next,
  rows: [...before.rows, ...next.rows],
});

/** The first rows as they are now, which may be others, before those that were loaded after them. */
const withFirstRows = (before: RosterPage, first: RosterPage): RosterPage => {
  const known = new Set(first.rows.map(({ patientId }) => patientId));
  const isLonger = before.rows.length > first.rows.length;
  const { next: _first, ...newest } = first;
  const rest = before.rows.slice(first.rows.length).filter(({ patientId }) => !known.has(patientId));
  return isLonger ? { ...newest, ...defined({ next: before.next }), rows: [...first.rows, ...rest] } : first;
};

/**
 * The list as it is asked for, page after page; what was shown stays while a new one is on its way.
 * @param away true: something else is looked at, and nothing is asked anew
 */
export function useRoster({ filter, q, sort }: RosterQuery, away: RefObject<boolean>): Roster {
  const ask = useCallback(
    (after?: string) => {
      const query = { ...(filter === '' ? {} : { filter }), sort, ...defined({ after }) };
      // a name that is searched for stays out of the address
      return q.trim() === ''
        ? ({ method: 'GET', path: `/app/v1/roster?${new URLSearchParams(query)}` } as const)
        : ({ method: 'POST', path: '/app/v1/roster/search', body: { ...query, q: q.trim() } } as const);
    },
    [filter, q, sort],
  );
  const pauseMs = q === '' ? 0 : pauseInTypingMs;
  const { answer, problem, loading, reload, more } = useAnswer({
    ...{ ask, isAnswer: isRosterPage, join: withRowsBefore, afresh: withFirstRows, pauseMs, away },
  });
  const next = answer?.next;
  return { roster: answer, problem, loading, reload, more: next === undefined ? undefined : () => more(next) };
}
