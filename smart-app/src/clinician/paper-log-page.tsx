import { LogEditor } from '../forms/log-editor.tsx';
import { Notice } from '../parts/tone.tsx';
import { canLog, openOccurrence, stepName } from '../plan/steps.ts';
import { versionOf } from '../plan/version-of.ts';
import { useClinicianPages } from './clinician-context.ts';

/** A log that the patient wrote on paper, entered on their behalf by the same form. */
export function PaperLogPage({ assignmentId }: { readonly assignmentId: string }) {
  const { homework, view, place, change, open } = useClinicianPages();
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
  const occurrence = openOccurrence(view, step.id);
  return (
    <div className="narrow">
      <button type="button" className="plain back" onClick={() => open({ name: 'plan' })}>
        <span aria-hidden="true">‹ </span>Back to the plan
      </button>
      <h1 tabIndex={-1}>Enter a paper log</h1>
      <p className="lead">{stepName(step)}</p>
      <LogEditor
        questionnaire={questionnaire}
        behaviourLinkId={versionOf(homework, step.questionnaire)?.behaviourLinkId}
        subject={`paper:${assignmentId}`}
        assignmentId={assignmentId}
        {...(occurrence === undefined ? {} : { occurrenceId: occurrence.id })}
        now={homework.now}
        place={place}
        saveAtService={false}
        mayWithhold={false}
        finishWords="Save the log"
        onFinish={async ({ logId, withheld: _none, ...log }) => {
          const body = { id: logId, ...log, status: 'completed' } as const;
          await change({ method: 'POST', path: `/assignments/${assignmentId}/logs`, body });
          open({ name: 'logs' });
        }}
      >
        <Notice tone="quiet" title="On the patient’s behalf">
          <p>The record says that you entered it from paper. Write it as the patient did.</p>
        </Notice>
      </LogEditor>
    </div>
  );
}
