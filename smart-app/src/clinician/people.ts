import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { SafetySignalView } from '../../../src/contract/app/safety.ts';
import type { People } from '../../../src/contract/app/session.ts';
import { record, shaped, text } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';

/** Who reads it, as the EHR refers to them, and the names of other people as far as they are known. */
export interface KnownPeople {
  readonly reader: string;
  readonly names: ReadonlyMap<string, string>;
}

const nobody: ReadonlyMap<string, string> = new Map();
const NamesContext = createContext(nobody);

/** Gives all below it the names of who did something with this patient's plans. */
export const ProvideNames = NamesContext.Provider;

/** Who did something: "You", a name, or neither, and then the words do without. */
export function useKnownPeople(): KnownPeople {
  const { reference } = useAppSession().session.user;
  const names = useContext(NamesContext);
  return useMemo(() => ({ reader: reference, names }), [reference, names]);
}

const hasNames = shaped<People>({ names: record });
const isPeople = (value: unknown): value is People => hasNames(value) && Object.values(value.names).every(text);

/**
 * The names of other clinicians who did something with the patient's plans, wrote a message, or closed a safety signal: asked for once the page is there, when the plans name any, and
 * again when they name somebody new. They are in this page's memory alone. The page says what it says without them until they come, and
 * where they can't be read.
 */
export function useNames(
  plans: readonly PlanView[],
  closed: readonly SafetySignalView[] | undefined,
): ReadonlyMap<string, string> {
  const { call, session, online } = useAppSession();
  const [names, setNames] = useState(nobody);
  const { reference } = session.user;
  const others = useMemo(() => {
    const people = plans
      .flatMap(({ plan, assignments, barriers, feedback }) => [
        ...feedback.map(({ author: by }) => ({ by })),
        ...(plan.changes ?? []),
        ...barriers.flatMap(({ talkedOver }) => talkedOver ?? []),
        ...assignments.flatMap(({ unlocked, changes = [] }) => [unlocked ?? [], changes].flat()),
        ...(closed?.map(({ closedBy: by }) => ({ by })) ?? []),
      ])
      .flatMap(({ by }) => (by === undefined || by === reference || by === 'patient' ? [] : [by]));
    return [...new Set(people)].toSorted().join(' ');
  }, [plans, closed, reference]);
  useEffect(() => {
    if (others === '' || !online) return;
    const leaving = new AbortController();
    call({ method: 'GET', path: '/app/v1/people', signal: leaving.signal }).then(
      (answer) => {
        if (!leaving.signal.aborted && isPeople(answer)) setNames(new Map(Object.entries(answer.names)));
      },
      // the page does as well without them
      () => undefined,
    );
    return () => leaving.abort();
  }, [call, others, online]);
  return names;
}
