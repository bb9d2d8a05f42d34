import { useState } from 'react';
import type { AttemptView, RowView } from '../../../src/contract/app/ledger.ts';
import { attemptWords } from '../../../src/homework/ledger/attempt-words.ts';
import type { Artefact } from '../../../src/homework/model.ts';
import { NotLoadedPage } from '../parts/not-loaded-page.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { Notice, Status } from '../parts/tone.tsx';
import { useAppSession } from '../session/app-session.tsx';
import { type Place, writeTime } from '../words/dates.ts';
import { adviceFor } from './advice.ts';
import { DecisionSheet } from './decision-sheet.tsx';
import type { Decision } from './decisions.ts';
import { useIntegrationPages } from './integration-context.ts';
import { stateMeanings, stateTones } from './integration-words.ts';
import { PageFrame } from './page-frame.tsx';
import { placedReason, sinceWords } from './row-words.ts';
import { useLookAgain } from './use-look-again.ts';
import { useView } from './use-view.ts';
import { isRow } from './view-shapes.ts';

/** One row of the ledger: how it stands, what was tried, what the EHR said, and what a person can decide. */
export function RowPage({ artefact, id }: { readonly artefact: Artefact; readonly id: string }) {
  const { mayDecide, place, open } = useIntegrationPages();
  const { expired } = useAppSession();
  const { answer, problem, reload, put } = useView(`/ledger/${artefact}/${encodeURIComponent(id)}`, isRow);
  const [deciding, setDeciding] = useState<Decision>();
  const [decided, setDecided] = useState<string>();
  const moving = answer?.row.state === 'pending' || answer?.row.state === 'in-flight';
  useLookAgain(moving, answer, reload);
  if (answer === undefined) {
    if (problem === undefined) return <Skeleton words="Loading the row …" />;
    return <NotLoadedPage code={problem.code} onRetry={reload} />;
  }
  const { row, attempts, now } = answer;
  const { todo, first, onConnection, decisions } = adviceFor(row);
  return (
    <PageFrame>
      <button type="button" className="plain back" onClick={() => history.back()}>
        Back
      </button>
      <h1 tabIndex={-1}>
        {row.artefact} <span className="row-id">{row.id}</span>
      </h1>
      <p className="row-state">
        <Status tone={stateTones[row.state]}>{row.state}</Status>
        <span>{sinceWords(row, now)}</span>
      </p>
      <p className="lead">
        {stateMeanings[row.state]}
        {row.reason === null ? '' : ` Reason: ${placedReason(row.reason, place)}.`}
      </p>
      {decided === undefined ? null : (
        <Notice tone="good" live="status" title={`Noted: ${decided}`}>
          <p>Your reason stands among the attempts below. The state follows within seconds.</p>
        </Notice>
      )}
      <section className="card" aria-labelledby="decide">
        <h2 id="decide">What to do</h2>
        <p>{todo}</p>
        {onConnection === true ? (
          <div className="buttons">
            <button type="button" className="primary" onClick={() => open({ name: 'overview' })}>
              Go to “Connection”
            </button>
          </div>
        ) : null}
        {decisions.length === 0 ? null : mayDecide ? (
          <div className="buttons">
            {decisions.map((decision) => (
              <button
                key={decision.words}
                type="button"
                className={decision === first ? 'primary' : 'secondary'}
                disabled={expired}
                onClick={() => setDeciding(decision)}
              >
                {decision.words}
              </button>
            ))}
          </div>
        ) : (
          <p>This sign-in may look, but not decide.</p>
        )}
      </section>
      <Words lastOutcome={row.lastOutcome} lastStatus={row.lastStatus} />
      <Attempts attempts={attempts} place={place} />
      <Facts row={row} place={place} />
      {deciding === undefined ? null : (
        <DecisionSheet
          row={row}
          decision={deciding}
          onClose={() => setDeciding(undefined)}
          onDecided={(view) => {
            setDecided(deciding.words.toLowerCase());
            setDeciding(undefined);
            put(() => view);
          }}
        />
      )}
    </PageFrame>
  );
}

function Words({ lastOutcome, lastStatus }: Pick<RowView['row'], 'lastOutcome' | 'lastStatus'>) {
  if (lastOutcome === null) return null;
  return (
    <section aria-labelledby="words">
      <h2 id="words">The EHR’s own words</h2>
      <figure className="card tight">
        <figcaption className="quiet">
          {lastStatus === null ? '' : `HTTP ${lastStatus}. `}They may quote what was sent: the app shows them on this
          page alone.
        </figcaption>
        <pre className="ehr-words">{lastOutcome}</pre>
      </figure>
    </section>
  );
}

function Attempts({ attempts, place }: { readonly attempts: readonly AttemptView[]; readonly place: Place }) {
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts">Attempts and decisions, newest first</h2>
      {attempts.length === 0 ? (
        <p className="quiet">Nothing has been tried yet.</p>
      ) : (
        <table className="facts-table" aria-labelledby="attempts">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What came of it</th>
              <th scope="col">As</th>
              <th scope="col">Said</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map(({ id, startedAt, landing, httpStatus, disposition, detail, sent }) => (
              <tr key={id}>
                <th scope="row">
                  <span className="row-name">{writeTime(startedAt, place)}</span>
                  <span className="row-id">{id}</span>
                </th>
                <td data-label="Came of it">
                  {attemptWords(disposition, httpStatus)}
                  {httpStatus === null ? '' : ` (${httpStatus})`}
                </td>
                <td data-label="As">{landing}</td>
                <td data-label="Said">
                  <span className="said">{detail ?? '–'}</span>
                  {sent === undefined ? null : <SentCopy sent={sent} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What was sent, to be held against what the EHR said of it. */
function SentCopy({ sent }: { readonly sent: NonNullable<AttemptView['sent']> }) {
  return (
    <details className="sent-copy">
      <summary>What was sent: {sent.request}</summary>
      <p className="quiet">What people wrote, answered or did is masked, and so are times.</p>
      <pre className="ehr-words">{JSON.stringify(sent.resource, undefined, 2)}</pre>
    </details>
  );
}

function Facts({ row, place }: { readonly row: RowView['row']; readonly place: Place }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Resource', row.resourceType],
    ['Landing', row.landing ?? 'not decided yet'],
    ['EHR reference', row.ehrReference ?? 'none'],
    ['Version wanted / sent / landed', `${row.wanted} / ${row.sent} / ${row.landed === 0 ? 'none' : row.landed}`],
    ['Wanted since', writeTime(row.wantedAt, place)],
    ['Landed', row.landedAt === null ? 'not yet' : writeTime(row.landedAt, place)],
    ['Sent together as', row.groupId],
    ['Plan', row.planId],
    ['Patient id in the EHR', row.patientId],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">Row</h2>
      <dl className="row-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
