import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { Instant } from '../../../src/homework/model.ts';
import { type PeriodChoice, periodBegin } from '../plan/period.ts';
import { useAppSession } from '../session/app-session.tsx';
import { keepPeriod, storedPeriod } from '../session/kept-period.ts';
import { useClinicianPages } from './clinician-context.ts';

interface ChosenPeriod {
  readonly choice: PeriodChoice | undefined;
  /** undefined: since the last visit again. */
  readonly choose: (choice: PeriodChoice | undefined) => void;
}

const PeriodContext = createContext<ChosenPeriod>({ choice: undefined, choose: () => undefined });

interface PeriodProviderProps {
  readonly patientId: string;
  readonly children: ReactNode;
}

/** Keeps which time a clinician wants to be told of, of this patient, as long as the app is open: for all pages that tell of one. */
export function PeriodProvider({ patientId, children }: PeriodProviderProps) {
  const { launchId } = useAppSession().session;
  const [chosen, setChosen] = useState(() => ({ patientId, choice: storedPeriod({ launchId, patientId }) }));
  const choose = useCallback(
    (choice: PeriodChoice | undefined) => {
      setChosen({ patientId, choice });
      keepPeriod({ launchId, patientId }, choice);
    },
    [launchId, patientId],
  );
  // never another patient's
  const choice = chosen.patientId === patientId ? chosen.choice : undefined;
  const value = useMemo(() => ({ choice, choose }), [choice, choose]);
  return <PeriodContext value={value}>{children}</PeriodContext>;
}

/** The time that is told of, and where it begins; undefined: with the plan. */
export function usePeriod(): ChosenPeriod & { readonly from: Instant | undefined } {
  const { homework, place } = useClinicianPages();
  const { choice, choose } = useContext(PeriodContext);
  return { choice, choose, from: periodBegin(choice, homework, place.timeZone) };
}
