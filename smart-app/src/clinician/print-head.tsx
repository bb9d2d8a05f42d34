import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PatientName } from '../../../src/contract/app/session.ts';
import { type Place, writeBirthDate, writeTimeWithYear } from '../words/dates.ts';
import type { ClinicianPageName } from './clinician-context.ts';
import '../styles/print.css';

/** What each page is called on paper. */
const pageTitles: Readonly<Record<ClinicianPageName['name'], string>> = {
  since: 'Homework overview',
  plan: 'Homework plan',
  logs: 'Homework logs',
  messages: 'Messages',
  chart: 'Note for the chart',
  assign: 'Assigning a plan',
  paper: 'Homework log',
};

interface PrintHeadProps {
  readonly patient: PatientName;
  readonly place: Place;
  readonly page: ClinicianPageName['name'];
  /** Whose app it is. */
  readonly clinic: string;
}

/**
 * What stands at the top of paper alone: of whom it is, what, and when it was printed, because paper gets lost. What is folded up on
 * the screen is opened while it is printed.
 */
export function PrintHead({ patient, place, page, clinic }: PrintHeadProps) {
  const [at, setAt] = useState(() => new Date().toISOString());
  useEffect(() => {
    let opened: readonly HTMLDetailsElement[] = [];
    const before = (): void => {
      // what is not drawn at once comes too late for the paper
      flushSync(() => setAt(new Date().toISOString()));
      opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
      for (const details of opened) details.open = true;
    };
    const after = (): void => {
      for (const details of opened) details.open = false;
      opened = [];
    };
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return (
    <div className="print-head only-print">
      <p>
        <strong dir="auto">{patient.name}</strong>
        {patient.birthDate === undefined ? '' : `, born ${writeBirthDate(patient.birthDate, place)}`}
      </p>
      <p>
        {pageTitles[page]} · Intersession, {clinic} · printed {writeTimeWithYear(at, place)}
      </p>
    </div>
  );
}
