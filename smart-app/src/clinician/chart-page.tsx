import { Status } from '../parts/tone.tsx';
import {
  artefactWords,
  landingWords,
  type Standing,
  standingKey,
  standingSentence,
  standings,
} from '../words/landing-words.ts';
import { standingWords } from '../words/standing-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { FiledNotes } from './filed-notes.tsx';
import { NoteForChart } from './note-for-chart.tsx';

/** Where everything stands in this EHR, in plain words, and the note for the chart, read before it is filed. */
export function ChartPage() {
  const { homework, view } = useClinicianPages();
  const lines = standings(view.ledger);
  return (
    <>
      <h1 tabIndex={-1}>In the chart</h1>
      <p className="headline">{standingSentence(view.ledger)}</p>
      <div className="since-columns">
        <div className="since-main">
          <NoteForChart key={view.plan.id} />
          <FiledNotes />
        </div>
        <div className="since-side">
          <section aria-labelledby="standing">
            <h2 id="standing">Where this stands in this EHR</h2>
            {lines.length === 0 ? <p className="quiet">Nothing yet.</p> : null}
            <ul className="plain-list">
              {lines.map((line) => (
                <StandingItem key={standingKey(line)} line={line} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="possible">
            <h2 id="possible">What this EHR can hold</h2>
            <dl className="landings">
              {homework.landings.map(({ artefact, landing, reason }) => (
                <div key={artefact}>
                  <dt>{artefactWords[artefact].plural}</dt>
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
  const { homework, place } = useClinicianPages();
  const { mark, words, tone } = standingWords(line, { now: homework.now, place });
  const { singular, plural } = artefactWords[line.artefact];
  return (
    <li className="standing">
      <p>
        <strong>{line.count === 1 ? singular : `${line.count} ${plural.toLowerCase()}`}</strong>{' '}
        <Status tone={tone}>{mark}</Status>
      </p>
      <p className="quiet">{words}</p>
      {line.references.length === 0 ? null : (
        <details>
          <summary className="quiet">
            Where to find {line.references.length === 1 ? 'it' : 'them'}
            <span className="hidden-words">: {plural}</span>
          </summary>
          <p className="quiet references">{line.references.join(', ')}</p>
        </details>
      )}
    </li>
  );
}
