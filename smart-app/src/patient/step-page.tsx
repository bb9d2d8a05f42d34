import { useEffect, useState } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import { scheduleOf } from '../../../src/homework/schedule/schedule-of.ts';
import { BarrierForm } from '../parts/barrier-form.tsx';
import { Status } from '../parts/tone.tsx';
import { canMove } from '../plan/can-move.ts';
import { canLog, finishedLogs, openBarriers, openOccurrence } from '../plan/steps.ts';
import { scheduleWords } from '../plan/times.ts';
import { useAppSession } from '../session/app-session.tsx';
import { barrierSubject, isTextBegun } from '../session/begun-text.ts';
import type { LocalCopy } from '../session/local-copy.ts';
import { dueWords, placeOf, writeDay, writeTime } from '../words/dates.ts';
import { barrierWords } from '../words/status-words.ts';
import { changedWords, type StepChangeView } from '../words/step-change-words.ts';
import { ownStepStands } from '../words/step-stands.ts';
import { toldWords } from '../words/told-words.ts';
import { EarlierNotes } from './earlier-notes.tsx';
import { findStep, usePatientPages } from './patient-context.ts';
import '../styles/step-page.css';

type Saying = 'barrier' | 'decline' | 'stop';

/** For what a note was begun: to say what is in the way, to say no, or to stop. */
function begunAs(drafts: LocalCopy, assignmentId: string): Saying {
  const said = drafts.peek(barrierSubject(assignmentId))[0]?.answers.saying;
  return said === 'decline' || said === 'stop' ? said : 'barrier';
}

/** One step: what to do, why, by when; agreeing to it, or saying what stands in the way. */
export function StepPage({ assignmentId }: { readonly assignmentId: string }) {
  const { homework, open, change } = usePatientPages();
  const { session, expired, drafts } = useAppSession();
  const found = findStep(homework, assignmentId);
  // what was begun is gone on with
  const begun = isTextBegun(drafts, barrierSubject(assignmentId));
  const [saying, setSaying] = useState<Saying | undefined>(() => (begun ? begunAs(drafts, assignmentId) : undefined));
  const step = found?.step;
  const unseen = step?.status === 'requested' && canMove(step, 'seen') && session.canWrite;
  useEffect(() => {
    // that it was seen is for the clinician's information; the page does not depend on it
    if (unseen)
      change({ method: 'POST', path: `/assignments/${assignmentId}/moves`, body: { event: 'seen' } }).catch(
        () => undefined,
      );
  }, [unseen, assignmentId, change]);
  if (found === undefined || step === undefined) return <Gone />;
  const { view } = found;
  const place = placeOf(view);
  const occurrence = openOccurrence(view, step.id);
  const logs = finishedLogs(view, step.id);
  const barriers = openBarriers(view, step.id);
  const mayWrite = session.canWrite && !expired;
  const changed = step.changes?.map(partsToRead).findLast((change) => changedWords(change, place).length > 0);
  const { words, tone } = ownStepStands(homework, view, step);
  return (
    <>
      <button type="button" className="plain back" onClick={() => open({ name: 'today' })}>
        <span aria-hidden="true">‹ </span>Back
      </button>
      <p className="card-top">
        <Status tone={tone}>{words}</Status>
        {occurrence === undefined ? null : <span>{dueWords(occurrence.dueUntil, homework.now, place)}</span>}
      </p>
      <h1 tabIndex={-1} dir="auto">
        {step.title}
      </h1>
      <p className="quiet schedule">{scheduleWords(scheduleOf(step), place)}</p>
      {changed === undefined ? null : (
        <p className="quiet step-changed">
          Your clinician changed this step on {writeDay(changed.at, place)}
          {toldWords(changed)}: {changedWords(changed, place).join('; ')}.
        </p>
      )}
      <section className="card">
        <h2>What to do</h2>
        <p dir="auto">{step.instructions}</p>
        <h2>Why</h2>
        <p dir="auto">{step.rationale}</p>
      </section>
      {barriers.map((barrier) => (
        <p key={barrier.id} className="said">
          You said: {barrierWords[barrier.code].said.toLowerCase().replace(/^i /, 'I ')}
          {barrier.text === undefined ? null : (
            <>
              {' '}
              – “<bdi>{barrier.text}</bdi>”
            </>
          )}
          . You can talk it over at your next visit.
        </p>
      ))}
      {mayWrite && (step.businessStatus === 'declined' || step.businessStatus === 'stopped-by-patient') ? (
        <p className="quiet">
          Changed your mind? This can’t be taken back here. Tell your clinician at your next visit, or now under
          “Something is in the way”: they can plan it with you anew.
        </p>
      ) : null}
      <div className="buttons stacked">
        {canLog(view, step) && session.canWrite ? (
          <button
            type="button"
            className="primary large"
            onClick={() => open({ name: 'log', assignmentId, ...defined({ occurrenceId: occurrence?.id }) })}
          >
            {logs.length > 0 && occurrence === undefined ? 'Write down another time' : 'Write it down'}
          </button>
        ) : null}
        {mayWrite && canMove(step, 'agree') ? (
          <button
            type="button"
            className="secondary"
            onClick={() =>
              void change({
                method: 'POST',
                path: `/assignments/${assignmentId}/moves`,
                body: { event: 'agree' },
              }).catch(() => undefined)
            }
          >
            I’ll give it a try
          </button>
        ) : null}
        {mayWrite && step.status !== 'draft' && saying === undefined ? (
          <button type="button" className="plain" onClick={() => setSaying('barrier')}>
            Something is in the way
          </button>
        ) : null}
        {mayWrite && saying === undefined && canMove(step, 'decline') && logs.length === 0 ? (
          <button type="button" className="plain" onClick={() => setSaying('decline')}>
            I’d rather not do this one
          </button>
        ) : null}
        {mayWrite && saying === undefined && canMove(step, 'stop') ? (
          <button type="button" className="plain" onClick={() => setSaying('stop')}>
            I want to stop this one
          </button>
        ) : null}
      </div>
      {saying === undefined ? null : (
        <BarrierForm
          subject={barrierSubject(assignmentId)}
          saying={saying}
          title={
            saying === 'barrier'
              ? 'What is in the way?'
              : saying === 'stop'
                ? 'What makes you stop?'
                : 'What makes you hesitate?'
          }
          finishWords={
            saying === 'barrier' ? 'Tell my clinician' : saying === 'stop' ? 'Stop this step' : 'Say no to this step'
          }
          onCancel={() => setSaying(undefined)}
          onFinish={async (barrier) => {
            if (saying === 'barrier')
              await change({ method: 'POST', path: `/assignments/${assignmentId}/barriers`, body: barrier });
            else
              await change({
                method: 'POST',
                path: `/assignments/${assignmentId}/moves`,
                body: { event: saying, barrier },
              });
            setSaying(undefined);
          }}
        />
      )}
      {logs.length === 0 ? null : (
        <section>
          <h2>What you wrote</h2>
          <ul className="plain-list">
            {logs.toReversed().map((log) => (
              <li key={log.id}>
                <button type="button" className="plain" onClick={() => open({ name: 'done' })}>
                  {writeTime(log.performedAt, place)}
                </button>
              </li>
            ))}
          </ul>
          <EarlierNotes assignmentId={assignmentId} />
        </section>
      )}
    </>
  );
}

function Gone() {
  const { open } = usePatientPages();
  return (
    <>
      <h1 tabIndex={-1}>This step is no longer there</h1>
      <p>It may have been changed by your clinician.</p>
      <button type="button" className="primary" onClick={() => open({ name: 'today' })}>
        Back to what there is to do
      </button>
    </>
  );
}

/** Of a change what the patient reads, and when it is to be done. */
function partsToRead({ at, reportedBy, ...change }: StepChangeView): StepChangeView {
  const { title, instructions, rationale, schedule } = change;
  return { at, ...defined({ reportedBy, title, instructions, rationale, schedule }) };
}
