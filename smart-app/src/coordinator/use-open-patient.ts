import { useCallback, useEffect, useRef, useState } from 'react';
import type { RosterRow } from '../../../src/contract/app/roster.ts';
import type { PatientName } from '../../../src/contract/app/session.ts';
import { expectAnswer, record, shaped } from '../service/answer-shape.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { pageFor } from './open-at.ts';

const isOpened = shaped<{ readonly patient: PatientName }>({ patient: record });

/** Whose chart was asked for last: still under way, or why it could not be opened, in words. */
export interface Opening {
  readonly patientId?: string;
  readonly refused?: string;
}

const notNow: Readonly<Record<string, string>> = {
  'ehr-unreachable': 'The EHR does not answer, so this chart could not be opened. Please try again in a moment.',
  offline: 'There is no connection, so this chart could not be opened. Please try again when there is one.',
};

export interface OpenedPatient {
  /** The plan that the row was about, while a patient is open. */
  readonly opened: { readonly planId: string | undefined } | undefined;
  readonly opening: Opening;
  readonly openPatient: (row: RosterRow) => Promise<void>;
  /** Back to the list, with the focus where it was. */
  readonly back: () => void;
}

/** Opens a patient of the list at what their row is about, if the EHR lets this user read them; `reload` reads the list anew. */
export function useOpenPatient(reload: () => void): OpenedPatient {
  const { call } = useAppSession();
  const [opened, setOpened] = useState<OpenedPatient['opened']>();
  const [opening, setOpening] = useState<Opening>({});
  const cameFrom = useRef<string>(undefined);
  const underWay = useRef(false);
  const openPatient = useCallback(
    async ({ patientId, reasons }: RosterRow): Promise<void> => {
      // the service has one patient open: two asked for at once, and the page might be of one and the session of the other
      if (underWay.current) return;
      underWay.current = true;
      const refuse = (refused: string) => setOpening({ patientId, refused });
      setOpening({ patientId });
      try {
        expectAnswer(await call({ method: 'POST', path: '/app/v1/open-patient', body: { patientId } }), isOpened);
        // the patient’s pages begin where the browser’s history says
        history.replaceState(pageFor(reasons[0]), '');
        cameFrom.current = patientId;
        setOpening({});
        setOpened({ planId: reasons.find(({ planId }) => planId !== undefined)?.planId });
      } catch (error) {
        const { status, code } = problemOf(error);
        if (code === 'session-expired') setOpening({});
        else if (code === 'patient-merged')
          refuse('The EHR has merged this record into another. Your integration team has to confirm that first.');
        else if (status === 403 || status === 404) {
          refuse('The EHR does not let you open this chart.');
          // the row offers it no more
          reload();
        } else refuse(notNow[code] ?? 'The chart could not be opened just now. Please try again.');
      } finally {
        underWay.current = false;
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
  return { opened, opening, openPatient, back };
}
