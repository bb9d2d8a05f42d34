import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AppRequest } from '../../../src/contract/app/bodies.ts';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LedgerView, PlanView } from '../../../src/contract/app/plan-view.ts';
import type { SafetySignalView } from '../../../src/contract/app/safety.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { list, listOf, record, shaped, text, unexpectedAnswer } from '../service/answer-shape.ts';
import { problemOf, type ServiceProblem } from '../service/service-problem.ts';
import { useAnswer } from '../service/use-answer.ts';
import { useAppSession } from './app-session.tsx';

/** What changes the homework, its path below `/app/v1`. */
export type Change =
  | AppRequest
  | {
      readonly method: 'DELETE';
      readonly path: `/logs/${string}` | `/barriers/${string}/talked-over` | `/feedback/${string}/read`;
      readonly body?: undefined;
    };

export interface Earlier {
  readonly load: () => void;
  readonly loading: boolean;
}

export interface LoadedPatient {
  readonly homework: PatientHomework | undefined;
  readonly problem: ServiceProblem | undefined;
  readonly reload: () => void;
  /** What of the patient's own homework is long over is left out until it is asked for. */
  readonly earlier: Earlier;
  /** Makes a change; the plan that comes back takes the old one's place. @throws ServiceProblem */
  readonly change: (change: Change) => Promise<PlanView | undefined>;
}

/** How soon to look again at what is on its way to the chart, and how often at most: after the first few looks, less and less often. */
const lookAgainMs = 2_500;
const quickLooks = 4;
const looksAtMost = 10;

const isPlanView = shaped<PlanView>({
  ...{ plan: record, assignments: list, occurrences: list, logs: list },
  ...{ barriers: list, feedback: list, adherence: list, ledger: list },
});
const isPatientHomework = shaped<PatientHomework>({
  ...{ now: text, patient: record, plans: listOf(isPlanView), kinds: list },
  ...{ questionnaires: record, landings: list, whoSees: text },
});
/** What a change answers: the plan as it stands now, or a safety signal, which is no plan's. */
const isChangedPlan = shaped<{ readonly plan: PlanView }>({ plan: isPlanView });
const isChangedSignal = shaped<{ readonly signal: SafetySignalView }>({
  signal: shaped<SafetySignalView>({ id: text, status: text }),
});

const theNewest = (_before: PatientHomework, came: PatientHomework) => came;
const askForPatient = () => ({ method: 'GET', path: '/app/v1/patient' }) as const;
const askForAll = () => ({ method: 'GET', path: '/app/v1/patient?all=true' }) as const;

/** The patient of this launch with everything of theirs, in one call; kept as it is when a later call brings nothing. */
export function usePatientHomework(): LoadedPatient {
  const { call } = useAppSession();
  const [all, setAll] = useState(false);
  const {
    answer: homework,
    problem,
    loading,
    reload: load,
    lookAgain,
    put,
  } = useAnswer({ ask: all ? askForAll : askForPatient, isAnswer: isPatientHomework, afresh: theNewest });
  const looks = useRef(0);

  const onItsWay = homework?.plans.some(({ ledger }) => ledger.some(isOnItsWay)) ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new answer starts the wait anew
  useEffect(() => {
    if (!onItsWay || looks.current >= looksAtMost) return;
    const timer = setTimeout(
      () => {
        looks.current += 1;
        lookAgain();
      },
      lookAgainMs * 2 ** Math.max(0, looks.current - quickLooks),
    );
    return () => clearTimeout(timer);
  }, [onItsWay, homework, lookAgain]);

  const change = useCallback(
    async ({ method, path: below, body }: Change): Promise<PlanView | undefined> => {
      try {
        const answer = await call({ method, path: `/app/v1${below}`, ...defined({ body }) });
        looks.current = 0;
        if (isChangedPlan(answer)) {
          put((before) => (before === undefined ? before : withPlan(before, answer.plan)));
          return answer.plan;
        }
        if (!isChangedSignal(answer)) throw unexpectedAnswer();
        load();
        return undefined;
      } catch (error) {
        // it has changed meanwhile, or may have been changed: show how it stands
        const { status, code } = problemOf(error);
        if (status === 409 || status === 412 || code === 'unexpected-answer') load();
        throw error;
      }
    },
    [call, load, put],
  );
  const reload = useCallback(() => {
    looks.current = 0;
    load();
  }, [load]);
  const loadAll = useCallback(() => {
    if (all) reload();
    setAll(true);
  }, [all, reload]);
  const earlier = useMemo(() => ({ load: loadAll, loading }), [loadAll, loading]);
  return { homework, problem, reload, earlier, change };
}

const isOnItsWay = ({ state }: LedgerView): boolean => state === 'pending' || state === 'in-flight';

function withPlan(homework: PatientHomework, plan: PlanView): PatientHomework {
  const known = homework.plans.some((planView) => planView.plan.id === plan.plan.id);
  return {
    ...homework,
    plans: known
      ? homework.plans.map((planView) => (planView.plan.id === plan.plan.id ? withEarlier(planView, plan) : planView))
      : [plan, ...homework.plans],
  };
}

/** What a change answers leaves out what is long over, and has not changed: what was known of it stays. */
function withEarlier(before: PlanView, { earlier, ...plan }: PlanView): PlanView {
  if (earlier === undefined) return plan;
  if (before.earlier !== undefined) return { ...plan, earlier };
  const { occurrences, logs } = before;
  return { ...plan, occurrences: withOthers(plan.occurrences, occurrences), logs: withOthers(plan.logs, logs) };
}

function withOthers<Of extends { readonly id: string }>(now: readonly Of[], before: readonly Of[]): readonly Of[] {
  const ids = new Set(now.map(({ id }) => id));
  return [...before.filter(({ id }) => !ids.has(id)), ...now];
}
