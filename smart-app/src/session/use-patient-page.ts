import { useCallback, useEffect, useRef, useState } from 'react';
import { defined } from '../../../src/homework/defined.ts';
import type { LedgerView, PatientPage, PlanView } from '../service/contract.ts';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import { useAppSession } from './app-session.tsx';

export interface Change {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Below `/app/v1`. */
  readonly path: string;
  readonly body?: unknown;
}

export interface LoadedPatient {
  readonly page: PatientPage | undefined;
  readonly problem: ServiceProblem | undefined;
  readonly reload: () => void;
  /** Makes a change; the plan that comes back takes the old one's place. @throws ServiceProblem */
  readonly change: (change: Change) => Promise<PlanView | undefined>;
}

const path = '/app/v1/patient';
/** How soon to look again at what is on its way to the chart, and how often at most. */
const lookAgainMs = 2_500;
const looksAtMost = 5;

/** The patient of this launch with everything of theirs, in one call; kept as it is when a later call brings nothing. */
export function usePatientPage(): LoadedPatient {
  const { call } = useAppSession();
  const [page, setPage] = useState<PatientPage>();
  const [problem, setProblem] = useState<ServiceProblem>();
  const [asked, setAsked] = useState(0);
  const looks = useRef(0);

  const load = useCallback(
    async (signal: AbortSignal): Promise<void> => {
      try {
        const answer = await call({ method: 'GET', path, signal });
        if (!isPatientPage(answer)) return;
        setPage(answer);
        setProblem(undefined);
      } catch (error) {
        if (!signal.aborted) setProblem(problemOf(error));
      }
    },
    [call],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is the wish to load again
  useEffect(() => {
    const leaving = new AbortController();
    void load(leaving.signal);
    return () => leaving.abort();
  }, [load, asked]);

  const onItsWay = page?.plans.some(({ ledger }) => ledger.some(isOnItsWay)) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new page starts the wait anew
  useEffect(() => {
    if (!onItsWay || looks.current >= looksAtMost) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      looks.current += 1;
      void load(leaving.signal);
    }, lookAgainMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [onItsWay, page, load]);

  const change = useCallback(
    async ({ method, path: below, body }: Change): Promise<PlanView | undefined> => {
      try {
        const answer = await call({ method, path: `/app/v1${below}`, ...defined({ body }) });
        const plan = planIn(answer);
        looks.current = 0;
        if (plan === undefined) setAsked((before) => before + 1);
        else setPage((before) => (before === undefined ? before : withPlan(before, plan)));
        return plan;
      } catch (error) {
        // it has changed meanwhile: show how it stands
        const { status } = problemOf(error);
        if (status === 409 || status === 412) setAsked((before) => before + 1);
        throw error;
      }
    },
    [call],
  );
  const reload = useCallback(() => {
    looks.current = 0;
    setProblem(undefined);
    setAsked((before) => before + 1);
  }, []);
  return { page, problem, reload, change };
}

const isOnItsWay = ({ state }: LedgerView): boolean => state === 'pending' || state === 'in-flight';

function withPlan(page: PatientPage, plan: PlanView): PatientPage {
  const known = page.plans.some((planView) => planView.plan.id === plan.plan.id);
  return {
    ...page,
    plans: known
      ? page.plans.map((planView) => (planView.plan.id === plan.plan.id ? plan : planView))
      : [plan, ...page.plans],
  };
}

function isPatientPage(value: unknown): value is PatientPage {
  return typeof value === 'object' && value !== null && 'plans' in value && Array.isArray(value.plans);
}

function planIn(value: unknown): PlanView | undefined {
  if (typeof value !== 'object' || value === null || !('plan' in value)) return undefined;
  const { plan } = value;
  return isPlanView(plan) ? plan : undefined;
}

function isPlanView(value: unknown): value is PlanView {
  return typeof value === 'object' && value !== null && 'assignments' in value && 'plan' in value;
}
