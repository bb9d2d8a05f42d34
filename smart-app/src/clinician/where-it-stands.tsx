import { Status } from '../parts/tone.tsx';
import { landingWords } from '../words/landing-words.ts';
import { partHead, placesOf, type StandingLine, whereItStands } from '../words/where-it-stands.ts';
import { useClinicianPages } from './clinician-context.ts';
import '../styles/where-it-stands.css';

/** Where everything of the plan stands in this EHR, in a clinician's words: what needs them first, what went well in few lines. */
export function WhereItStands() {
  const { homework, view, place, mayChange } = useClinicianPages();
  const { now, landings } = homework;
  const groups = whereItStands(view, { now, place, landings, mayChange });
  return (
    <>
      <section aria-labelledby="standing">
        <h2 id="standing">Where this stands in this EHR</h2>
        {groups.length === 0 ? <p className="quiet">Nothing yet.</p> : null}
        {groups.map(({ part, lines }) => (
          <div key={part} className={`standing-part ${part}`}>
            <h3>
              <Status tone={partHead(part, mayChange).tone}>{partHead(part, mayChange).title}</Status>
            </h3>
            <ul className="plain-list">
              {lines.map((line) => (
                <Line key={line.key} line={line} />
              ))}
            </ul>
          </div>
        ))}
      </section>
      {landings.length === 0 ? null : (
        <details className="can-hold">
          <summary>What this EHR can hold</summary>
          <dl className="landings">
            {placesOf(landings).map(({ landing, what }) => (
              <div key={landing}>
                <dt>{asHead(landingWords[landing] ?? 'in another form')}</dt>
                <dd className="quiet">{what}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

const asHead = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

function Line({ line: { what, words, todo, names } }: { readonly line: StandingLine }) {
  return (
    <li>
      <p>
        <strong>{what}</strong>
      </p>
      <p className="quiet">{words}</p>
      {names.length === 0 ? null : (
        <ul className="standing-names">
          {names.map((name) => (
            <li key={name} dir="auto">
              {name}
            </li>
          ))}
        </ul>
      )}
      {todo === undefined ? null : <p className="standing-todo">{todo}</p>}
    </li>
  );
}
