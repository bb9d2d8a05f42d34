import { useState } from 'react';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { wordsForLog } from '../../../src/homework/plan/step-words.ts';
import { questionsOf, readQuestionnaire } from '../forms/read-questionnaire.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { finishedLogs } from '../plan/steps.ts';
import { wordsIn } from '../plan/summary.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { placeOf, writeTime } from '../words/dates.ts';
import { changeProblem } from '../words/problem-words.ts';
import { toldBy, toldWords } from '../words/told-words.ts';
import { EarlierNotes } from './earlier-notes.tsx';
import { findStep, usePatientPages } from './patient-context.ts';

/** What one has written so far, the newest first; each can be put right or taken back. */
export function DonePage() {
  const { homework } = usePatientPages();
  const earlier = homework.plans.flatMap(({ earlier = [] }) => earlier).reduce((sum, { notes }) => sum + notes, 0);
  const logs = homework.plans
    .flatMap((view) => finishedLogs(view))
    .toSorted((a, b) => b.performedAt.localeCompare(a.performedAt));
  const count = logs.length + earlier;
  return (
    <>
      <h1 tabIndex={-1}>My notes</h1>
      {count === 0 ? (
        <div className="card empty">
          <h2>Nothing here yet</h2>
          <p>What you write down will stand here, for you to read again.</p>
        </div>
      ) : (
        <p className="lead">{count === 1 ? 'One note.' : `${count} notes, the newest first.`}</p>
      )}
      {logs.map((log) => (
        <NoteCard key={log.id} log={log} />
      ))}
      <EarlierNotes />
    </>
  );
}

function NoteCard({ log }: { readonly log: LogView }) {
  const { homework, place, open, change } = usePatientPages();
  const { session, expired } = useAppSession();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const found = findStep(homework, log.assignmentId);
  const occurrence = found?.view.occurrences.find(({ id }) => id === log.occurrenceId);
  // what was written stands under the words that it was written for
  const title = found === undefined ? 'Note' : wordsForLog(found.step, log, occurrence).title;
  const questionnaire = homework.questionnaires[log.questionnaire];
  const questions = questionnaire === undefined ? [] : questionsOf(readQuestionnaire(questionnaire));
  const when = writeTime(log.performedAt, found === undefined ? place : placeOf(found.view));
  const takeBack = async (): Promise<void> => {
    try {
      await change({ method: 'DELETE', path: `/logs/${log.id}` });
    } catch (error) {
      setProblem(changeProblem(problemOf(error)));
    }
    setAsking(false);
  };
  return (
    <article className="card">
      <p className="quiet">
        {when}
        {log.status === 'amended' ? <span> · put right since</span> : null}
        {log.source.type === 'practitioner' ? (
          <span>
            {' '}
            ·{' '}
            {log.reportedBy === undefined
              ? 'entered by your clinician'
              : `written down by a clinician${toldWords(log)}`}
          </span>
        ) : log.reportedBy === undefined ? null : (
          <span> · {toldBy(log)}</span>
        )}
      </p>
      <h2 dir="auto">{title}</h2>
      <details>
        <summary>What you wrote</summary>
        <dl className="answers">
          {questions.map((question) => {
            const words = wordsIn(log, question.linkId);
            if (words === undefined) return null;
            return (
              <div key={question.linkId}>
                <dt dir="auto">{question.text}</dt>
                <dd>
                  <bdi>{words}</bdi> {question.unit === undefined ? '' : question.unit}
                  {log.withheld.includes(question.linkId) ? (
                    <span className="private-sign">
                      {/* who has sent it has it as well */}
                      {log.reportedBy === undefined ? 'Only you can read it' : 'Your clinic cannot read it'}
                    </span>
                  ) : null}
                </dd>
              </div>
            );
          })}
        </dl>
      </details>
      {log.others === undefined ? null : (
        <p>You wrote more of this in another tab or on another device, which is not in it. “Put right” shows it.</p>
      )}
      <ProblemNotice problem={problem} />
      {session.canWrite && !expired && log.source.type !== 'practitioner' ? (
        <div className="buttons">
          <button type="button" className="plain" onClick={() => open({ name: 'correct', logId: log.id })}>
            Put right
            <span className="hidden-words">
              : <bdi>{title}</bdi>, {when}
            </span>
          </button>
          <button type="button" className="plain" onClick={() => setAsking(true)}>
            Take back
            <span className="hidden-words">
              : <bdi>{title}</bdi>, {when}
            </span>
          </button>
        </div>
      ) : null}
      {asking ? (
        <Sheet title="Take this note back?" onClose={() => setAsking(false)}>
          <p>
            Your clinician will no longer read it, and in the record it is marked as entered by mistake. If the time for
            it isn’t over, it will be there for you to do again.
          </p>
          <div className="buttons">
            <button type="button" className="primary" onClick={() => void takeBack()}>
              Take it back
            </button>
            <button type="button" className="plain" onClick={() => setAsking(false)}>
              Keep it
            </button>
          </div>
        </Sheet>
      ) : null}
    </article>
  );
}
