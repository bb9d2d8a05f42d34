import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';

interface NoPlanProps {
  readonly homework: PatientHomework;
  readonly mayWrite: boolean;
  readonly onAssign: () => void;
}

/** A patient without homework yet. */
export function NoPlan({ homework, mayWrite, onAssign }: NoPlanProps) {
  return (
    <div className="card empty">
      <h1 tabIndex={-1}>
        No homework yet for <bdi>{homework.patient.name}</bdi>
      </h1>
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
