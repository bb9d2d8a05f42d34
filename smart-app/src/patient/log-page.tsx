import type { Questionnaire } from 'fhir/r4';
import { useEffect, useMemo, useState } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import { isFinished } from '../../../src/homework/log/log.ts';
import type { Occurrence } from '../../../src/homework/model.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import type { Answers } from '../forms/is-enabled.ts';
import { LogEditor } from '../forms/log-editor.tsx';
import { readQuestionnaire } from '../forms/read-questionnaire.ts';
import { sameAgain } from '../forms/same-again.ts';
import { Notice } from '../parts/tone.tsx';
import { begunLog, canLog, finishedLogs, occurrencesOf, openOccurrence, openOccurrences } from '../plan/steps.ts';
import { versionOf } from '../plan/version-of.ts';
import { useAppSession } from '../session/app-session.tsx';
import { placeOf } from '../words/dates.ts';
import { EarlierNotes } from './earlier-notes.tsx';
import { logSubject } from './log-subject.ts';
import { type FoundStep, findStep, usePatientPages } from './patient-context.ts';
import { UnsentWords, unsentOf } from './unsent-words.tsx';

interface LogPageProps {
  readonly assignmentId: string;
  /** Of what is done again and again: which of its days; absent: what is asked for when the page is opened. */
  readonly occurrenceId?: string;
}

/** Writing a log down: first who will read it, then the questions. */
export function LogPage({ assignmentId, occurrenceId }: LogPageProps) {
  const { homework, open } = usePatientPages();
  const found = findStep(homework, assignmentId);
  const [opened] = useState(() => occurrenceId ?? (found && openOccurrence(found.view, assignmentId)?.id));
  const occurrence = found && timeOf(found, opened);
  if (found !== undefined && occurrence === undefined && opened !== undefined && isShort(found)) {
    return (
      <>
        <h1 tabIndex={-1} dir="auto">
          {found.step.title}
        </h1>
        <EarlierNotes atOnce />
      </>
    );
  }
  if (found?.questionnaire === undefined || !canLog(found.view, found.step)) {
    return (
      <>
        <h1 tabIndex={-1}>This step can’t be logged just now</h1>
        <p>It may have been locked, paused or finished meanwhile.</p>
        <LeftHere subject={logSubject(assignmentId, occurrence)} found={found} />
        <button type="button" className="primary" onClick={() => open({ name: 'today' })}>
          Back to what there is to do
        </button>
      </>
    );
  }
  return <OpenLog {...{ assignmentId, occurrence }} found={{ ...found, questionnaire: found.questionnaire }} />;
}

/** Whether times of the step were not loaded: another step's page must not make way for them when its own time is done. */
function isShort({ view, step }: FoundStep): boolean {
  return view.earlier?.some(({ assignmentId }) => assignmentId === step.id) === true;
}

/**
 * The time that a page is about: of a series the one for which it was opened, also when its day or its grace ends while somebody writes;
 * a page that was opened when nothing was asked for stays about none. Of what has no days it is the one that is open.
 */
function timeOf({ view, step }: FoundStep, opened: string | undefined): Occurrence | undefined {
  const time = occurrencesOf(view, step.id).find(({ id }) => id === opened);
  if (time?.day !== undefined || scheduleOf(step).type === 'series') return time;
  return openOccurrences(view, step.id).find(({ id }) => id === opened) ?? openOccurrence(view, step.id);
}

interface OpenLogProps {
  readonly assignmentId: string;
  /** The time that is written about; absent: none is asked for just now. */
  readonly occurrence: Occurrence | undefined;
  readonly found: FoundStep & { readonly questionnaire: Questionnaire };
}

function OpenLog({ assignmentId, occurrence, found }: OpenLogProps) {
  const { homework, open, change, reload } = usePatientPages();
  const { drafts } = useAppSession();
  const [, look] = useState(0);
  const { view, step, questionnaire, behaviourLinkId, predictionParts, safety, summary } = found;
  const place = placeOf(view);
  const subject = logSubject(assignmentId, occurrence);
  const occurrenceId = occurrence?.id;
  const begun = begunLog(view, step.id, occurrence);
  const unsent = unsentOf(drafts, view, subject);
  // a log that was taken back or stopped takes no words: they begin another one
  const isAnother = unsent?.log !== undefined && !isFinished(unsent.log) ? unsent.copy : undefined;
  useEffect(() => {
    if (isAnother === undefined) return;
    const { base: _before, sent: _then, savedAt: _saved, version: _with, ...words } = isAnother;
    const rest = drafts.find(subject).filter((draft) => draft !== isAnother);
    drafts.keep({ ...words, logId: crypto.randomUUID(), ...defined({ occurrenceId }) }, rest);
    look((count) => count + 1);
  }, [isAnother, drafts, subject, occurrenceId]);
  const version = versionOf(homework, step.questionnaire);
  const lastTime = useMemo(() => lastAnswers(found), [found]);
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
          subject={subject}
          assignmentId={assignmentId}
          {...(occurrence === undefined ? {} : { occurrenceId: occurrence.id })}
          {...(begun === undefined ? {} : { begun, version: view.version })}
          now={homework.now}
          place={place}
          saveAtService
          mayWithhold
          keptToSelf={version?.keptToSelf}
          lastTime={lastTime}
          ofDay={occurrence?.day !== undefined}
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
            <p>
              {homework.whoSees} {keepWords(questionnaire, version?.keptToSelf)}
            </p>
          </Notice>
        </LogEditor>
      )}
    </>
  );
}

/** What of the last log with the same form may be answered so again, by linkId. */
function lastAnswers({ view, step, questionnaire, ...declared }: FoundStep): Answers | undefined {
  const last = finishedLogs(view).findLast((log) => log.questionnaire === step.questionnaire);
  if (last === undefined || questionnaire === undefined) return undefined;
  const offered = sameAgain(questionnaire, declared);
  return Object.fromEntries(Object.entries(last.answers).filter(([linkId]) => offered.has(linkId)));
}

/** How something is kept to oneself in this form, and what is from the start. */
function keepWords({ item = [] }: Questionnaire, keptToSelf: readonly string[] = []): string {
  const how = item.some(({ type }) => type === 'group')
    ? 'Any part can be kept to yourself: there is a switch at its end.'
    : 'Any answer can be kept to yourself: tick the box that appears below it.';
  return keptToSelf.length === 0 ? how : `${how} What is yours alone is kept to yourself until you choose to share it.`;
}

/** What was written here of a step that takes no notes any more: it is not gone because it cannot be sent. */
function LeftHere({ subject, found }: { readonly subject: string; readonly found: FoundStep | undefined }) {
  const { drafts } = useAppSession();
  const [, look] = useState(0);
  const copy = drafts.find(subject).find(({ synced }) => !synced);
  if (copy === undefined || found?.questionnaire === undefined) return null;
  const log = found.view.logs.find(({ id }) => id === copy.logId);
  const fields = readQuestionnaire(found.questionnaire);
  return (
    <UnsentWords {...{ copy, log, fields, place: placeOf(found.view) }} onDone={() => look((count) => count + 1)} />
  );
}
