import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';

interface NoPlanProps {
  readonly homework: PatientHomework;
  readonly mayWrite: boolean;
  readonly onAssign: () => void;
}

/** A patient without homework: whoever may assign some is offered to, unless the patient has died. */
export function NoPlan({ homework, mayWrite, onAssign }: NoPlanProps) {
  const died = homework.standing?.deceased !== undefined;
  return (
    <div className="card empty">
      <h1 tabIndex={-1}>
        No homework{died ? '' : ' yet'} for <bdi>{homework.patient.name}</bdi>
      </h1>
      {died ? null : mayWrite ? (
        <>
          <p>
            Choose a plan from the library, fit its words and dates to this patient together, and it is ready on their
            phone and in the chart.
          </p>
          <button type="button" className="primary large" onClick={onAssign}>
            Assign a plan
          </button>
        </>
      ) : (
        <p>What a clinician assigns stands here.</p>
      )}
    </div>
  );
}
