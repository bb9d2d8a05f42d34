import { defined } from '../../../src/foundation/defined.ts';
import { LogEditor } from '../forms/log-editor.tsx';
import { Notice } from '../parts/tone.tsx';
import { versionOf } from '../plan/version-of.ts';
import { placeOf, writeTime } from '../words/dates.ts';
import { EarlierNotes, isSomethingLeftOut } from './earlier-notes.tsx';
import { findStep, usePatientPages } from './patient-context.ts';

/** Putting right what one wrote before. */
export function CorrectPage({ logId }: { readonly logId: string }) {
  const { homework, open, change } = usePatientPages();
  const log = homework.plans.flatMap(({ logs }) => logs).find(({ id }) => id === logId);
  const found = log === undefined ? undefined : findStep(homework, log.assignmentId);
  const questionnaire = log === undefined ? undefined : homework.questionnaires[log.questionnaire];
  if (log === undefined && isSomethingLeftOut(homework)) {
    return (
      <>
        <h1 tabIndex={-1}>An earlier note</h1>
        <EarlierNotes atOnce />
      </>
    );
  }
  if (log === undefined || found === undefined || questionnaire === undefined) {
    return (
      <>
        <h1 tabIndex={-1}>This note is no longer there</h1>
        <button type="button" className="primary" onClick={() => open({ name: 'done' })}>
          Back to my notes
        </button>
      </>
    );
  }
  const place = placeOf(found.view);
  const version = versionOf(homework, log.questionnaire);
  return (
    <>
      <button type="button" className="plain back" onClick={() => open({ name: 'done' })}>
        <span aria-hidden="true">‹ </span>Back
      </button>
      <h1 tabIndex={-1}>
        Put right: <bdi>{found.step.title}</bdi>
      </h1>
      <p className="lead">{writeTime(log.performedAt, place)}</p>
      <LogEditor
        questionnaire={questionnaire}
        behaviourLinkId={version?.behaviourLinkId}
        summary={version?.summary}
        subject={`log:${logId}`}
        assignmentId={log.assignmentId}
        begun={log}
        version={found.view.version}
        now={homework.now}
        place={place}
        saveAtService={false}
        mayWithhold
        keptToSelf={version?.keptToSelf}
        {...defined({ safety: version?.safety })}
        signalsWait={homework.signalsWait}
        timeFixed
        finishWords="Save the correction"
        onFinish={async ({ answers, withheld, anew }, since) => {
          const body = { answers, withheld, ...defined({ since, anew }) };
          await change({ method: 'PATCH', path: `/logs/${logId}`, body });
          open({ name: 'done' });
        }}
      >
        <Notice tone="quiet" title="Who will see this">
          <p>{homework.whoSees} What stood here before is replaced in what your clinician reads.</p>
        </Notice>
      </LogEditor>
    </>
  );
}
