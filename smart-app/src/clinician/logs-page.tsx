import { useEffect, useRef, useState } from 'react';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { Curve } from '../charts/curve.tsx';
import { questionsOf, readQuestionnaire } from '../forms/read-questionnaire.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Status } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { saidDone } from '../plan/said-done.ts';
import { stepNameThen } from '../plan/step-name-then.ts';
import { finishedLogs, stepName, stepsOf } from '../plan/steps.ts';
import { numberIn, otherLines, predictionIn, wordsIn } from '../plan/summary.ts';
import { versionOf } from '../plan/version-of.ts';
import { writeTime } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { toldBy, toldWords } from '../words/told-words.ts';
import { type ClinicianPageName, useClinicianPages } from './clinician-context.ts';
import { drawnCharts } from './drawn-charts.ts';
import { MeasureCharts } from './measure-charts.tsx';
import { PredictionPair } from './prediction-pair.tsx';
import { RatedChange } from './rated-change.tsx';
import { RiskAnswers } from './risk-answers.tsx';
import { WriteFeedback } from './write-feedback.tsx';

type LogsPageName = Extract<ClinicianPageName, { name: 'logs' }>;

/** All logs, each readable in ten seconds: prediction beside outcome, belief, distress; the whole of it one touch away. */
export function LogsPage({ page }: { readonly page?: LogsPageName }) {
  const { homework, view } = useClinicianPages();
  const [only, setOnly] = useState('');
  const steps = stepsOf(view).filter(({ id }) => finishedLogs(view, id).length > 0);
  const logs = finishedLogs(view, only === '' ? undefined : only);
  const charted = [{ view, logs }];
  return (
    <>
      <div className="page-head">
        <h1 tabIndex={-1}>Logs</h1>
        {steps.length > 1 ? (
          <label className="plan-choice">
            Step
            <select value={only} onChange={(event) => setOnly(event.currentTarget.value)}>
              <option value="">All steps</option>
              {steps.map((step) => (
                <option key={step.id} value={step.id}>
                  {stepName(step)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      {logs.length === 0 ? <NoLogs /> : null}
      {logs.length === 0 ? null : (
        <section aria-label="Over time">
          <MeasureCharts of={charted} charts={drawnCharts(homework, charted)} />
        </section>
      )}
      <div className="logs">
        {logs.toReversed().map((log) => (
          <LogCard key={log.id} log={log} sought={log.id === page?.logId ? page : undefined} />
        ))}
      </div>
    </>
  );
}

/** That the plan has none yet, and which other one of the patient has: the first page counts those of all. */
function NoLogs() {
  const { view, plans, forPlan } = useClinicianPages();
  const others = plans.filter(({ plan }) => plan.id !== view.plan.id);
  return (
    <div className="card empty">
      <h2>{others.length === 0 ? 'No logs yet' : 'No logs in this plan yet'}</h2>
      <p>They appear here as soon as the patient has written one.</p>
      {others.flatMap((other) => {
        const { length } = finishedLogs(other);
        if (length === 0) return [];
        return [
          <p key={other.plan.id}>
            {length === 1 ? 'One log is' : `${length} logs are`} in <bdi>{other.plan.title}</bdi>.{' '}
            <button type="button" className="secondary small" onClick={() => forPlan(other).open({ name: 'logs' })}>
              Show {length === 1 ? 'it' : 'them'}
              <span className="hidden-words">, the logs of {other.plan.title}</span>
            </button>
          </p>,
        ];
      })}
    </div>
  );
}

const sources: Readonly<Record<LogView['source']['type'], string>> = {
  patient: '',
  'related-person': 'written by a relative',
  practitioner: 'entered from paper by a clinician',
};

/** Who wrote it, where it was not the patient in the app. */
function writerWords(log: LogView): string {
  // whom a source system names entered nothing here
  if (log.source.type === 'practitioner' && log.reportedBy !== undefined)
    return `written down by a clinician${toldWords(log)}`;
  return sources[log.source.type] === '' ? toldBy(log) : `${sources[log.source.type]}${toldWords(log)}`;
}

interface LogCardProps {
  readonly log: LogView;
  /** The page that was opened for this log: another one each time that somebody asks for it. */
  readonly sought: LogsPageName | undefined;
}

function LogCard({ log, sought }: LogCardProps) {
  const { homework, view, place, mayChange } = useClinicianPages();
  const [writing, setWriting] = useState(false);
  const step = view.assignments.find(({ id }) => id === log.assignmentId);
  const { summary = [], scores } = versionOf(homework, log.questionnaire) ?? {};
  const pair = predictionIn(log, summary);
  // the same order in every log, whichever way its kind lists them
  const measures = summary.toSorted(
    (summaryLine, other) => Number(other.type === 'change') - Number(summaryLine.type === 'change'),
  );
  const when = writeTime(log.performedAt, place);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (sought === undefined) return;
    // after the page's heading has had the focus, so that Tab goes on from the log
    const frame = requestAnimationFrame(() => {
      card.current?.scrollIntoView({ block: 'start' });
      card.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [sought]);
  return (
    <article className="card log-card" aria-label={`Log of ${when}`} ref={card} tabIndex={-1}>
      <p className="card-top">
        <strong>{when}</strong>
        {log.resolution === 'late' ? <Status tone="quiet">late, counted</Status> : null}
        {log.resolution === 'extra' || log.resolution === 'ad-hoc' ? <Status tone="quiet">unplanned</Status> : null}
        {saidDone(homework, log) === false ? <Status tone="care">not done</Status> : null}
        {log.status === 'amended' ? <Status tone="quiet">put right since</Status> : null}
        {writerWords(log) === '' ? null : <span className="quiet">{writerWords(log)}</span>}
      </p>
      <h2 dir="auto">{step === undefined ? 'Log' : stepNameThen(view, step, log)}</h2>
      <RiskAnswers log={log} />
      {pair === undefined ? null : <PredictionPair {...pair} />}
      <div className="log-measures">
        {measures.map((line) => {
          if (line.type === 'change') {
            const [before, after] = [numberIn(log, line.before), numberIn(log, line.after)];
            if (before === undefined && after === undefined) return null;
            return <RatedChange key={line.label} label={line.label} from={before} to={after} unit={line.unit} />;
          }
          if (line.type !== 'points' || line.peak === undefined) return null;
          const values = line.linkIds.map((linkId) => numberIn(log, linkId));
          return <Curve key={line.label} label={line.label} names={line.names} values={values} />;
        })}
        {otherLines(log, summary, scores).map(({ label, words }) => (
          <p key={label} className="log-line">
            <span className="curve-name">{label}</span> <bdi>{words}</bdi>
          </p>
        ))}
      </div>
      {log.withheld.length === 0 ? null : (
        <p className="quiet">
          {log.withheld.length === 1 ? 'One answer is' : `${log.withheld.length} answers are`} kept private by the
          patient.
        </p>
      )}
      <details open={sought !== undefined}>
        <summary>
          All answers<span className="hidden-words"> of {when}</span>
        </summary>
        <AllAnswers log={log} />
      </details>
      {mayChange && log.source.type === 'practitioner' ? <TakeBack log={log} when={when} /> : null}
      {mayChange && step !== undefined ? (
        writing ? (
          <WriteFeedback assignmentId={step.id} onSent={() => setWriting(false)} />
        ) : (
          <button type="button" className="plain small" onClick={() => setWriting(true)}>
            Give feedback<span className="hidden-words"> on the log of {when}</span>
          </button>
        )
      ) : null}
    </article>
  );
}

function AllAnswers({ log }: { readonly log: LogView }) {
  const { homework } = useClinicianPages();
  const questionnaire = homework.questionnaires[log.questionnaire];
  if (questionnaire === undefined) return <p className="quiet">The form of this log is not known here.</p>;
  return (
    <dl className="answers">
      {questionsOf(readQuestionnaire(questionnaire)).map((question) => {
        const kept = log.withheld.includes(question.linkId);
        const words = wordsIn(log, question.linkId);
        if (words === undefined && !kept) return null;
        return (
          <div key={question.linkId}>
            <dt dir="auto">{question.text}</dt>
            <dd>
              {kept ? (
                <span className="quiet">Kept private by the patient</span>
              ) : (
                `${isolate(words ?? '')} ${question.unit ?? ''}`
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Takes back a log that was entered from paper by mistake; what the patient wrote is theirs to take back. */
function TakeBack({ log, when }: { readonly log: LogView; readonly when: string }) {
  const { change } = useClinicianPages();
  const [asking, setAsking] = useState(false);
  const { busy, problem, run } = useAction();
  return (
    <>
      <button type="button" className="plain small" onClick={() => setAsking(true)}>
        Take back<span className="hidden-words"> the log of {when}</span>
      </button>
      {asking ? (
        <Sheet title="Take this log back?" onClose={() => setAsking(false)}>
          <p>It stays in the record, marked as entered by mistake, and its time is to be done again or missed.</p>
          <ProblemNotice problem={problem} />
          <div className="buttons">
            <button
              type="button"
              className="primary"
              disabled={busy}
              onClick={() => void run(() => change({ method: 'DELETE', path: `/logs/${log.id}` }))}
            >
              Take it back
            </button>
            <button type="button" className="plain" onClick={() => setAsking(false)}>
              Keep it
            </button>
          </div>
        </Sheet>
      ) : null}
    </>
  );
}
