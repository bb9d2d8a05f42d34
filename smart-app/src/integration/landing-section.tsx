import type { ConnectionView } from '../../../src/contract/app/connection.ts';
import type { LandingRow } from '../../../src/contract/landing.ts';
import { type Place, writeTime } from '../words/dates.ts';
import { identityWords } from './integration-words.ts';

/** Artefacts that land alike for the same reason are one row. */
function alike(rows: readonly LandingRow[]): readonly (readonly [LandingRow, ...LandingRow[]])[] {
  const groups = new Map<string, [LandingRow, ...LandingRow[]]>();
  for (const row of rows) {
    const { artefact: _one, ...rest } = row;
    const same = groups.get(JSON.stringify(rest));
    if (same === undefined) groups.set(JSON.stringify(rest), [row]);
    else same.push(row);
  }
  return [...groups.values()];
}

/** The landing table: what reaches this EHR in which form, by whose token, why, and what would raise it. */
export function LandingSection({ landings }: { readonly landings: readonly LandingRow[] }) {
  return (
    <section aria-labelledby="landings">
      <h2 id="landings">Landing table</h2>
      <p className="quiet">
        What this EHR’s own statement, the scopes, its maker’s known limits and your site’s settings permit together.
      </p>
      <table className="facts-table landing-table" aria-labelledby="landings">
        <thead>
          <tr>
            <th scope="col">Artefact</th>
            <th scope="col">Landing</th>
            <th scope="col">Carried by</th>
            <th scope="col">Why</th>
            <th scope="col">What would raise it</th>
          </tr>
        </thead>
        <tbody>
          {alike(landings).map((rows) => {
            const [{ landing, identity, reason, toImprove, assumption }] = rows;
            return (
              <tr key={rows.map(({ artefact }) => artefact).join()}>
                <th scope="row">
                  <span className="row-name">{rows.map(({ artefact }) => artefact).join(', ')}</span>
                </th>
                <td data-label="Landing">
                  <span className={`landing ${landing}`}>{landing}</span>
                </td>
                <td data-label="Carried by">{identityWords[identity] ?? identity}</td>
                <td data-label="Why">
                  <span>{reason}</span>
                  {assumption === undefined ? null : <span className="assumption">Assumed: {assumption}</span>}
                </td>
                <td data-label="To raise it">{toImprove ?? <span className="quiet">nothing to do</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface CorrectionSectionProps {
  readonly corrections: ConnectionView['corrections'];
  readonly place: Place;
  readonly busy: boolean;
  /** Absent: this sign-in may not. */
  readonly onTryAgain: (() => void) | undefined;
}

/** What the EHR advertised and then refused; the landing table has taken it in. */
export function CorrectionSection({ corrections, place, busy, onTryAgain }: CorrectionSectionProps) {
  if (corrections.length === 0) return null;
  return (
    <section aria-labelledby="corrections">
      <h2 id="corrections">Advertised and refused</h2>
      <p className="quiet">
        The EHR’s statement says that it takes these; in practice it did not. The landing table above counts them as not
        there until the statement changes.
      </p>
      <table className="facts-table" aria-labelledby="corrections">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Answered</th>
            <th scope="col">To</th>
            <th scope="col">When</th>
            <th scope="col">Tried again</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {corrections.map(({ type, interaction, identity, status, attemptId, at, againAt }) => (
            <tr key={`${type} ${interaction} ${identity}`}>
              <th scope="row">
                <span className="row-name">
                  {type} {interaction}
                </span>
              </th>
              <td data-label="Answered">{status}</td>
              <td data-label="To">{identityWords[identity] ?? identity}</td>
              <td data-label="When">{writeTime(at, place)}</td>
              <td data-label="Tried again">
                {againAt === undefined ? 'when the statement changes' : writeTime(againAt, place)}
              </td>
              <td data-label="Evidence">
                attempt <span className="row-id">{attemptId}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {onTryAgain === undefined ? null : (
        <div className="buttons">
          <button type="button" className="secondary" disabled={busy} onClick={onTryAgain}>
            Try again what it refused
          </button>
          <p className="help">
            Forgets these refusals: the next entry of each kind is sent in its best form again. What has landed
            otherwise meanwhile stays where it is.
          </p>
        </div>
      )}
    </section>
  );
}
