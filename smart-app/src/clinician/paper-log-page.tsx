import { canLog, stepName } from '../plan/steps.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PaperLogForm } from './paper-log-form.tsx';

/** Logs that the patient wrote on paper, entered on their behalf, one after the other. */
export function PaperLogPage({ assignmentId }: { readonly assignmentId: string }) {
  const { homework, view, open } = useClinicianPages();
  const step = view.assignments.find(({ id }) => id === assignmentId);
  const questionnaire = step === undefined ? undefined : homework.questionnaires[step.questionnaire];
  if (step === undefined || questionnaire === undefined || !canLog(view, step)) {
    return (
      <>
        <h1 tabIndex={-1}>This step takes no logs just now</h1>
        <button type="button" className="primary" onClick={() => open({ name: 'plan' })}>
          Back to the plan
        </button>
      </>
    );
  }
  return (
    <div className="paper-page">
      <button type="button" className="plain back" onClick={() => open({ name: 'plan' })}>
        <span aria-hidden="true">‹ </span>Back to the plan
      </button>
      <h1 tabIndex={-1}>Enter paper logs</h1>
      <p className="lead">{stepName(step)}</p>
      <p className="quiet">
        On the patient’s behalf: the record says that you entered it from paper. Write it as the patient did; what the
        paper does not say stays empty.
      </p>
      <PaperLogForm key={step.id} view={view} step={step} questionnaire={questionnaire} />
    </div>
  );
}
