import { useState } from 'react';
import { Notice, Status } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { useAppSession } from '../session/app-session.tsx';
import { writeDay } from '../words/dates.ts';
import { artefactWords, landingWords, type Standing, standingSentence, standings } from '../words/landing-words.ts';
import { standingWords } from '../words/standing-words.ts';
import { useClinicianPages } from './clinician-context.ts';

/** Where everything stands in this EHR, in plain words, and the note for the chart, read before it is filed. */
export function ChartPage() {
  const { page, view, place } = useClinicianPages();
  const reports = view.reports ?? [];
  const lines = standings(view.ledger);
  return (
    <>
      <h1 tabIndex={-1}>In the chart</h1>
      <p className="headline">{standingSentence(view.ledger)}</p>
      <div className="since-columns">
        <div className="since-main">
          <ReportPreview />
          {reports.length === 0 ? null : (
            <section aria-labelledby="filed">
              <h2 id="filed">Filed before</h2>
              {reports.map((report) => (
                <details key={`${report.id} ${report.version}`} className="card tight">
                  <summary>
                    {writeDay(report.from, place)} to {writeDay(report.to, place)}
                    {report.version > 1 ? `, version ${report.version}` : ''}
                  </summary>
                  <pre className="report">{report.text}</pre>
                </details>
              ))}
            </section>
          )}
        </div>
        <div className="since-side">
          <section aria-labelledby="standing">
            <h2 id="standing">Where this stands in this EHR</h2>
            {lines.length === 0 ? <p className="quiet">Nothing yet.</p> : null}
            <ul className="plain-list">
              {lines.map((line) => (
                <StandingItem key={`${line.artefact} ${line.state} ${line.landing} ${line.reason}`} line={line} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="possible">
            <h2 id="possible">What this EHR can hold</h2>
            <dl className="landings">
              {page.landings.map(({ artefact, landing, reason }) => (
                <div key={artefact}>
                  <dt>{artefactWords[artefact].many}</dt>
                  <dd>
                    {asSentence(landingWords[landing] ?? landing)}
                    <span className="quiet"> {reason}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </div>
    </>
  );
}

const asSentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function StandingItem({ line }: { readonly line: Standing }) {
  const { page, place } = useClinicianPages();
  const { mark, words, tone } = standingWords(line, { now: page.now, place });
  const { one, many } = artefactWords[line.artefact];
  return (
    <li className="standing">
      <p>
        <strong>{line.count === 1 ? one : `${line.count} ${many.toLowerCase()}`}</strong>{' '}
        <Status tone={tone}>{mark}</Status>
      </p>
      <p className="quiet">{words}</p>
      {line.references.length === 0 ? null : (
        <details>
          <summary className="quiet">
            Where to find {line.references.length === 1 ? 'it' : 'them'}
            <span className="hidden-words">: {many}</span>
          </summary>
          <p className="quiet references">{line.references.join(', ')}</p>
        </details>
      )}
    </li>
  );
}

/** The between-session note: written by the service, read here, filed only then. */
function ReportPreview() {
  const { view, page, mayChange, change } = useClinicianPages();
  const { call } = useAppSession();
  const [text, setText] = useState<string>();
  const [filed, setFiled] = useState(false);
  const { busy, problem, run } = useAction();
  const period = {
    ...(page.lastVisit === undefined || page.lastVisit < view.plan.createdAt ? {} : { from: page.lastVisit }),
    to: page.now,
  };
  const path = `/plans/${view.plan.id}/reports`;
  const preview = async (): Promise<void> => {
    const answer = await call({ method: 'POST', path: `/app/v1${path}/preview`, body: period });
    if (typeof answer === 'object' && answer !== null && 'text' in answer && typeof answer.text === 'string')
      setText(answer.text);
  };
  return (
    <section className="card" aria-labelledby="note">
      <h2 id="note">Note for the chart</h2>
      {filed ? (
        <Notice tone="good" live="status" title="The note is filed">
          <p>It is on its way to the chart; on the right you see where it stands.</p>
        </Notice>
      ) : null}
      {text === undefined ? (
        <>
          <p>
            A short note of what was done since the last visit. You read it first; nothing is filed until you say so.
          </p>
          <button type="button" className="secondary" disabled={busy || !mayChange} onClick={() => void run(preview)}>
            Read the note
          </button>
        </>
      ) : (
        <>
          <pre className="report">{text}</pre>
          <div className="buttons">
            <button
              type="button"
              className="primary"
              disabled={busy || !mayChange}
              onClick={() =>
                void run(() => change({ method: 'POST', path, body: period })).then((was) => {
                  setFiled(was);
                  if (was) setText(undefined);
                })
              }
            >
              File this note
            </button>
            <button type="button" className="plain" onClick={() => setText(undefined)}>
              Not now
            </button>
          </div>
        </>
      )}
      {problem === undefined ? null : (
        <Notice tone="care" live="alert">
          <p>{problem}</p>
        </Notice>
      )}
    </section>
  );
}
