import type { Questionnaire } from 'fhir/r4';
import { useEffect, useState } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import { isFinished } from '../../../src/homework/log/log.ts';
import { LogEditor } from '../forms/log-editor.tsx';
import { readQuestionnaire } from '../forms/read-questionnaire.ts';
import { Notice } from '../parts/tone.tsx';
import { begunLog, canLog, openOccurrence } from '../plan/steps.ts';
import { useAppSession } from '../session/app-session.tsx';
import { placeOf } from '../words/dates.ts';
import { type FoundStep, findStep, usePatientPages } from './patient-context.ts';
import { UnsentWords, unsentOf } from './unsent-words.tsx';

/** Writing a log down: first who will read it, then the questions. */
export function LogPage({ assignmentId }: { readonly assignmentId: string }) {
  const { homework, open } = usePatientPages();
  const found = findStep(homework, assignmentId);
  if (found?.questionnaire === undefined || !canLog(found.view, found.step)) {
    return (
      <>
        <h1 tabIndex={-1}>This step can’t be logged just now</h1>
        <p>It may have been locked, paused or finished meanwhile.</p>
        <LeftHere assignmentId={assignmentId} found={found} />
        <button type="button" className="primary" onClick={() => open({ name: 'today' })}>
          Back to what there is to do
        </button>
      </>
    );
  }
  return <OpenLog assignmentId={assignmentId} found={{ ...found, questionnaire: found.questionnaire }} />;
}

interface OpenLogProps {
  readonly assignmentId: string;
  readonly found: FoundStep & { readonly questionnaire: Questionnaire };
}

function OpenLog({ assignmentId, found }: OpenLogProps) {
  const { homework, open, change, reload } = usePatientPages();
  const { drafts } = useAppSession();
  const [, look] = useState(0);
  const { view, step, questionnaire, behaviourLinkId, predictionParts, safety, summary } = found;
  const place = placeOf(view);
  const occurrence = openOccurrence(view, step.id);
  const occurrenceId = occurrence?.id;
  const begun = begunLog(view, step.id);
  const unsent = unsentOf(drafts, view, assignmentId);
  // a log that was taken back or stopped takes no words: they begin another one
  const isAnother = unsent?.log !== undefined && !isFinished(unsent.log) ? unsent.copy : undefined;
  useEffect(() => {
    if (isAnother === undefined) return;
    const { base: _before, sent: _then, savedAt: _saved, version: _with, ...words } = isAnother;
    const rest = drafts.find(assignmentId).filter((draft) => draft !== isAnother);
    drafts.keep({ ...words, logId: crypto.randomUUID(), ...defined({ occurrenceId }) }, rest);
    look((count) => count + 1);
  }, [isAnother, drafts, assignmentId, occurrenceId]);
  const isOver = occurrence !== undefined && occurrence.dueUntil <= homework.now;
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
      {unsent === undefined || isAnother !== undefined ? null : (
        <UnsentWords
          {...unsent}
          place={place}
          fields={readQuestionnaire(questionnaire)}
          onDone={() => look((count) => count + 1)}
        />
      )}
      {unsent !== undefined ? null : (
        <LogEditor
          questionnaire={questionnaire}
          behaviourLinkId={behaviourLinkId}
          predictionParts={predictionParts}
          summary={summary}
          subject={assignmentId}
          assignmentId={assignmentId}
          {...(occurrence === undefined ? {} : { occurrenceId: occurrence.id })}
          {...(begun === undefined ? {} : { begun, version: view.version })}
          now={homework.now}
          place={place}
          saveAtService
          mayWithhold
          {...(safety === undefined ? {} : { safety })}
          signalsWait={homework.signalsWait}
          finishWords="Done, send it"
          onLater={() => open({ name: 'today' })}
          wasDue={isOver ? occurrence.dueUntil : undefined}
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
      )}
    </>
  );
}

/** What was written here of a step that takes no notes any more: it is not gone because it cannot be sent. */
function LeftHere({ assignmentId, found }: { readonly assignmentId: string; readonly found: FoundStep | undefined }) {
  const { drafts } = useAppSession();
  const [, look] = useState(0);
  const copy = drafts.find(assignmentId).find(({ synced }) => !synced);
  if (copy === undefined || found?.questionnaire === undefined) return null;
  const log = found.view.logs.find(({ id }) => id === copy.logId);
  const fields = readQuestionnaire(found.questionnaire);
  return (
    <UnsentWords {...{ copy, log, fields, place: placeOf(found.view) }} onDone={() => look((count) => count + 1)} />
  );
}
