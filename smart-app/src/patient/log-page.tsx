import { LogEditor } from '../forms/log-editor.tsx';
import { Notice } from '../parts/tone.tsx';
import { begunLog, canLog, openOccurrence } from '../plan/steps.ts';
import { findStep, usePatientPages } from './patient-context.ts';

/** Writing a log down: first who will read it, then the questions. */
export function LogPage({ assignmentId }: { readonly assignmentId: string }) {
  const { homework, place, open, change, reload } = usePatientPages();
  const found = findStep(homework, assignmentId);
  if (found?.questionnaire === undefined || !canLog(found.view, found.step)) {
    return (
      <>
        <h1 tabIndex={-1}>This step can’t be logged just now</h1>
        <p>It may have been locked, paused or finished meanwhile.</p>
        <button type="button" className="primary" onClick={() => open({ name: 'today' })}>
          Back to what there is to do
        </button>
      </>
    );
  }
  const { view, step, questionnaire, behaviourLinkId, predictionParts, safety, summary } = found;
  const occurrence = openOccurrence(view, step.id);
  const begun = begunLog(view, step.id);
  return (
    <>
      <button type="button" className="plain back" onClick={() => open({ name: 'today' })}>
        <span aria-hidden="true">‹ </span>Back
      </button>
      <h1 tabIndex={-1} dir="auto">
        {step.title}
      </h1>
      <details className="instructions">
        <summary>What to do, and why</summary>
        <p dir="auto">{step.instructions}</p>
        <p dir="auto">{step.rationale}</p>
      </details>
      <LogEditor
        questionnaire={questionnaire}
        behaviourLinkId={behaviourLinkId}
        predictionParts={predictionParts}
        summary={summary}
        subject={assignmentId}
        assignmentId={assignmentId}
        {...(occurrence === undefined ? {} : { occurrenceId: occurrence.id })}
        {...(begun === undefined ? {} : { begun })}
        now={homework.now}
        place={place}
        saveAtService
        mayWithhold
        {...(safety === undefined ? {} : { safety })}
        finishWords="Done, send it"
        onLater={() => open({ name: 'today' })}
        onAway={reload}
        onFinish={async ({ logId, ...log }) => {
          const body = { id: logId, ...log, status: 'completed' } as const;
          await change({ method: 'POST', path: `/assignments/${assignmentId}/logs`, body });
          open({ name: 'thanks', assignmentId, logId });
        }}
      >
        <Notice tone="quiet" title="Who will see this">
          <p>{homework.whoSees} Any answer can be kept to yourself: tick the box that appears below it.</p>
        </Notice>
      </LogEditor>
    </>
  );
}
