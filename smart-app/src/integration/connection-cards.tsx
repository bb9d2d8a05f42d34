import type { ConnectionView } from '../../../src/contract/app/connection.ts';
import { Notice, Status } from '../parts/tone.tsx';
import { ageWords } from '../words/age.ts';
import { ehrStanding } from './ehr-standing.ts';

interface EhrCardProps {
  readonly connection: ConnectionView | undefined;
  /** The service itself could not say. */
  readonly problem: boolean;
  readonly busy: boolean;
  readonly onAsk: () => void;
}

/** Whether the EHR answers, and the button that asks it. */
export function EhrCard({ connection, problem, busy, onAsk }: EhrCardProps) {
  const asking = busy || (connection === undefined && !problem);
  const standing = connection === undefined ? undefined : ehrStanding(connection);
  return (
    <section className="card" aria-labelledby="ehr">
      <div className="card-top">
        <h2 id="ehr">EHR</h2>
        <span role="status">
          {asking ? (
            <Status tone="quiet">being asked …</Status>
          ) : standing === undefined ? (
            <Status tone="care">not known</Status>
          ) : (
            <Status tone={standing.tone}>{standing.chip}</Status>
          )}
        </span>
      </div>
      {connection === undefined ? null : (
        <p className="quiet">
          <span className="row-id">{connection.fhirBase}</span> {connection.vendor}
        </p>
      )}
      {standing?.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {(connection?.strangers ?? []).map(({ lane, since, times, says }) => (
        <Notice key={lane} tone="care">
          <p>
            {lane === 'read' ? 'Reads' : 'Writes'} are answered by something else than the EHR, for{' '}
            {ageWords(since, connection?.now ?? since)} and {times === 1 ? 'once' : `${times} times`}: {says}.
          </p>
          <p>Deliveries pause and are tried again by themselves. What may have been written is looked up first.</p>
        </Notice>
      ))}
      {connection === undefined ? null : <Successes connection={connection} />}
      <div className="buttons">
        <button type="button" className="secondary" disabled={asking} onClick={onAsk}>
          Ask the EHR again
        </button>
      </div>
    </section>
  );
}

/** When each kind of request was last answered with a success: what still works is seen, and since when the rest does not. */
function Successes({ connection: { successes, now } }: { readonly connection: ConnectionView }) {
  const newest = successes
    .map(({ at }) => at)
    .sort()
    .at(-1);
  if (newest === undefined) return <p className="quiet">No request has been answered with a success yet.</p>;
  return (
    <details className="successes">
      <summary>Last success {ageWords(newest, now)} ago, by kind of request</summary>
      <table className="facts-table">
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col">Last success</th>
          </tr>
        </thead>
        <tbody>
          {successes.map(({ requestKind, at }) => (
            <tr key={requestKind}>
              <th scope="row">{requestKind}</th>
              <td data-label="Last success">{ageWords(at, now)} ago</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The landing table in the shortest form: by landing, what lands so. */
export function LandsCard({ connection }: { readonly connection: ConnectionView | undefined }) {
  const landings = connection?.landings;
  const byLanding = Map.groupBy(landings ?? [], ({ landing }) => landing);
  return (
    <section className="card" aria-labelledby="lands">
      <h2 id="lands">What lands where</h2>
      {connection !== undefined && landings === undefined ? (
        <Notice tone="quiet">
          <p>Not known while the EHR does not say what it takes.</p>
        </Notice>
      ) : null}
      <dl className="lands">
        {[...byLanding].map(([landing, rows]) => (
          <div key={landing}>
            <dt>
              <span className={`landing ${landing}`}>{landing}</span>
            </dt>
            <dd>{rows.map(({ artefact }) => artefact).join(', ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
