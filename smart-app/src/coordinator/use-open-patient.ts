import { useCallback, useEffect, useRef, useState } from 'react';
import type { RosterRow } from '../../../src/contract/app/roster.ts';
import type { PatientName } from '../../../src/contract/app/session.ts';
import { expectAnswer, record, shaped } from '../service/answer-shape.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { pageFor } from './open-at.ts';

const isOpened = shaped<{ readonly patient: PatientName }>({ patient: record });

export interface OpenedPatient {
  /** The plan that the row was about, while a patient is open. */
  readonly opened: { readonly planId: string | undefined } | undefined;
  /** Why the last one could not be opened, in words. */
  readonly refused: string | undefined;
  readonly openPatient: (row: RosterRow) => Promise<void>;
  /** Back to the list, with the focus where it was. */
  readonly back: () => void;
}

/** Opens a patient of the list at what their row is about, if the EHR lets this user read them; `reload` reads the list anew. */
export function useOpenPatient(reload: () => void): OpenedPatient {
  const { call } = useAppSession();
  const [opened, setOpened] = useState<OpenedPatient['opened']>();
  const [refused, setRefused] = useState<string>();
  const cameFrom = useRef<string>(undefined);
  const openPatient = useCallback(
    async ({ patientId, reasons }: RosterRow): Promise<void> => {
      setRefused(undefined);
      try {
        expectAnswer(await call({ method: 'POST', path: '/app/v1/open-patient', body: { patientId } }), isOpened);
        // the patient’s pages begin where the browser’s history says
        history.replaceState(pageFor(reasons[0]), '');
        cameFrom.current = patientId;
        setOpened({ planId: reasons.find(({ planId }) => planId !== undefined)?.planId });
      } catch (error) {
        const { status, code } = problemOf(error);
        if (code === 'patient-merged')
          setRefused('The EHR has merged this record into another. Your integration team has to confirm that first.');
        else if (status === 403 || status === 404) {
          setRefused('The EHR does not let you open this chart.');
          // the row offers it no more
          reload();
        } else if (code !== 'session-expired') setRefused('The chart could not be opened just now. Please try again.');
      }
    },
    [call, reload],
  );
  const back = useCallback(() => {
    history.replaceState(null, '');
    setOpened(undefined);
    reload();
  }, [reload]);
  useEffect(() => {
    if (opened !== undefined || cameFrom.current === undefined) return;
    const row = document.getElementById(`open-${cameFrom.current}`);
    cameFrom.current = undefined;
    (row ?? document.querySelector<HTMLElement>('main h1'))?.focus();
  }, [opened]);
  return { opened, refused, openPatient, back };
}
