import { useState } from 'react';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { SafetyEvidenceView, SafetySignalView } from '../../../src/contract/app/safety.ts';
import { isFinished } from '../../../src/homework/log/log.ts';
import { questionsOf, readQuestionnaire } from '../forms/read-questionnaire.ts';
import { Icon } from '../parts/icon.tsx';
import { useAppSession } from '../session/app-session.tsx';
import type { Change } from '../session/use-patient-homework.ts';
import { closedSignalWords } from '../words/closed-signal-words.ts';
import { type Place, writeTime } from '../words/dates.ts';
import { isolate } from '../words/isolate.ts';
import { toldWords } from '../words/told-words.ts';
import { closeSignal, signalInChart } from './care-sheets.ts';
import { stuckCopies } from './stuck-copies.ts';
import '../styles/safety.css';

interface SafetyBannerProps {
  readonly homework: PatientHomework;
  readonly place: Place;
  readonly mayClose: boolean;
  readonly change: (change: Change) => Promise<unknown>;
  /** Opens that log among those of its plan. */
  readonly onLog: (planId: string, logId: string) => void;
}

/** Above every page while a safety signal is open: what, since when, on what evidence, and whom to call. */
export function SafetyBanner({ homework, place, mayClose, change, onLog }: SafetyBannerProps) {
  const { open, route, contact } = homework.safety ?? {};
  if (open === undefined || open.length === 0) return null;
  return (
    <section className="safety" id="safety" tabIndex={-1} aria-labelledby="safety-title">
      <p className="safety-title" id="safety-title">
        <Icon name="bang" />
        {open.length === 1 ? 'A safety signal is open' : `${open.length} safety signals are open`}
      </p>
      {open.map((signal) => (
        <Signal key={signal.id} {...{ signal, homework, place, mayClose, change, onLog }} />
      ))}
      <p>
        {route === undefined ? null : (
          <>
            <strong>Call:</strong> <bdi>{route.name}</bdi>
            {route.phone === undefined ? null : (
              <>
                , <a href={`tel:${route.phone.replace(/[^+\d]/g, '')}`}>{route.phone}</a>
              </>
            )}
            .{' '}
          </>
        )}
        Nothing more unlocks while a signal is open.
      </p>
      {contact === undefined ? null : (
        <p className="quiet">
          Contact noted {writeTime(contact.at, place)}: <bdi>{contact.note}</bdi>
        </p>
      )}
    </section>
  );
}

/** Signals that are open now and were not before, in words, after those that were told and are open still. */
export function newSignals(
  before: readonly SafetySignalView[],
  now: readonly SafetySignalView[],
  told: readonly string[] = [],
): readonly string[] {
  const isNew = ({ id }: SafetySignalView) => before.every((signal) => signal.id !== id);
  const came = now.filter(isNew).map(({ words }) => words);
  return [...new Set([...told.filter((word) => now.some(({ words }) => words === word)), ...came])];
}

const nobody: ReadonlyMap<string, string> = new Map();

function Signal({
  signal,
  homework,
  place,
  mayClose,
  change,
  onLog,
}: SafetyBannerProps & { signal: SafetySignalView }) {
  const [closing, setClosing] = useState(false);
  const { reference: reader } = useAppSession().session.user;
  const before = homework.safety?.closed?.find(({ rule }) => rule === signal.rule);
  return (
    <div className="safety-signal">
      <p>
        <strong>{signal.words}</strong>, raised {writeTime(signal.raisedAt, place)}
      </p>
      {before === undefined ? null : (
        <p className="quiet">
          Before, one like it was {closedSignalWords(before, place, { reader, names: nobody })}
          {before.closeReason === undefined ? '' : `: “${isolate(before.closeReason)}”`}
        </p>
      )}
      {stuckCopies(homework, signal).length === 0 ? null : <signalInChart.Part {...{ homework, signal, place }} />}
      <ul className="plain-list">
        {signal.evidence.map((evidence) => (
          <li key={`${evidence.at} ${evidence.logId} ${evidence.linkId} ${evidence.value}`}>
            <Evidence evidence={evidence} homework={homework} place={place} onLog={onLog} />
          </li>
        ))}
      </ul>
      {mayClose ? (
        <button type="button" className="secondary small" onClick={() => setClosing(true)}>
          Close with a reason<span className="hidden-words">: {signal.words}</span>
        </button>
      ) : null}
      {closing ? <closeSignal.Part {...{ signal, place, change }} onClose={() => setClosing(false)} /> : null}
    </div>
  );
}

const reporters = { patient: 'the patient', person: 'the care team' } as const;

/** A source system that speaks for itself goes by its name; whom it names, by that and its name. */
function reporterWords({ by, ...told }: SafetyEvidenceView): string {
  if (by.type === 'system') return told.reportedBy?.source.name ?? by.clientId;
  return `${reporters[by.type]}${toldWords(told)}`;
}

function Evidence({
  evidence,
  homework,
  place,
  onLog,
}: Pick<SafetyBannerProps, 'homework' | 'place' | 'onLog'> & { readonly evidence: SafetyEvidenceView }) {
  const { at, planId, logId, linkId, value, text } = evidence;
  if (logId === undefined) {
    return (
      <>
        {writeTime(at, place)}: reported by {reporterWords(evidence)}
        {text === undefined ? '' : `: “${isolate(text)}”`}
      </>
    );
  }
  const view = homework.plans.find(({ plan }) => plan.id === planId);
  const log = view?.logs.find(({ id }) => id === logId);
  const questionnaire = homework.questionnaires[log?.questionnaire ?? ''];
  const questions = questionnaire === undefined ? [] : questionsOf(readQuestionnaire(questionnaire));
  const question = questions.find((question) => question.linkId === linkId)?.text;
  const answer = value === undefined ? 'answer kept private' : value === true ? 'yes' : String(value);
  // the page shows a log at the time it is about, which is another than when this was written in it
  const written = writeTime(at, place);
  // of one that is still written nobody may have said yet when it was
  const isSaid = log !== undefined && log.status !== 'in-progress';
  const happened = isSaid ? writeTime(log.performedAt, place) : undefined;
  const about = happened === written ? undefined : happened;
  return (
    <>
      Written {written}
      {about === undefined ? '' : `, about ${about}`}:{' '}
      {question === undefined ? answer : `“${isolate(question)}” ${isolate(answer)}`}
      {toldWords(evidence)}
      {log?.status === 'in-progress' ? ', in a log that is not finished yet' : null}
      {log?.status === 'entered-in-error' ? ', in a log that was taken back' : null}
      {log !== undefined && planId !== undefined && isFinished(log) ? (
        <>
          {' '}
          <button type="button" className="plain small" onClick={() => onLog(planId, logId)}>
            See the log<span className="hidden-words"> of {about ?? written}</span>
          </button>
        </>
      ) : null}
    </>
  );
}
