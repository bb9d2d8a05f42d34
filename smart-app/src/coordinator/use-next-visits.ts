import { useEffect, useRef, useState } from 'react';
import type { NextVisits, RosterRow } from '../../../src/contract/app/roster.ts';
import { expectAnswer, listOf, shaped, text } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';

const isNextVisits = shaped<NextVisits>({
  visits: listOf(
    shaped<NextVisits['visits'][number]>({
      patientId: text,
      start: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
    }),
  ),
});
const mostAtOnce = 200;

/**
 * When the patients of the list are next expected, by patient id: asked for behind the list, which does not wait for it.
 * Of whom nothing came nothing is known.
 */
export function useNextVisits(rows: readonly RosterRow[] | undefined): ReadonlyMap<string, string> {
  const { call } = useAppSession();
  const [visits, setVisits] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const patientIds = (rows ?? [])
      .filter(({ mayOpen, patientId }) => mayOpen && !asked.current.has(patientId))
      .map(({ patientId }) => patientId)
      .slice(0, mostAtOnce);
    if (patientIds.length === 0) return;
    for (const id of patientIds) asked.current.add(id);
    call({ method: 'POST', path: '/app/v1/roster/visits', body: { patientIds } })
      .then((answer) => {
        const came = expectAnswer(answer, isNextVisits).visits;
        setVisits(
          (before) => new Map([...before, ...came.map(({ patientId, start }): [string, string] => [patientId, start])]),
        );
      })
      .catch(() => {
        // a visit is told of or not: the list says nothing else
      });
  }, [rows, call]);
  return visits;
}
