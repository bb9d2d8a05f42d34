import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';

interface NoPlanProps {
  readonly homework: PatientHomework;
  readonly mayWrite: boolean;
  readonly onAssign: () => void;
}

/** The first page of a patient who has no plan yet. */
export function NoPlan({ homework, mayWrite, onAssign }: NoPlanProps) {
  return (
    <div className="card empty">
      <h1 tabIndex={-1}>No homework yet for {homework.patient.name}</h1>
      <p>
        Choose a plan from the library, fit its words and dates to this patient together, and it is ready on their phone
        and in the chart.
      </p>
      {mayWrite ? (
        <button type="button" className="primary large" onClick={onAssign}>
          Assign a plan
        </button>
      ) : null}
    </div>
  );
}
