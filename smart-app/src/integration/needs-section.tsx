import type { LedgerRow, SummaryView, WaitingView } from '../../../src/contract/app/ledger.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { Status } from '../parts/tone.tsx';
import { ageWords } from '../words/age.ts';
import { type LedgerChoice, useIntegrationPages } from './integration-context.ts';
import { stateMeanings, stateTones } from './integration-words.ts';
import { LedgerTable } from './ledger-table.tsx';
import { placedReason } from './row-words.ts';

interface NeedsProps {
  readonly summary: SummaryView;
  readonly onOpen: (row: LedgerRow) => void;
  readonly onList: (choice: LedgerChoice) => void;
}

/** What only a person can help, one by one, oldest first. */
export function DecisionSection({ summary, onOpen, onList }: NeedsProps) {
  const { undecided, counts, open, now } = summary;
  if (undecided.length === 0) return null;
  return (
    <section aria-labelledby="decide">
      <h2 id="decide">Needs a look, oldest first</h2>
      <LedgerTable rows={undecided} now={now} label="Needs a look, oldest first" onOpen={onOpen} />
      {open.decide > undecided.length ? (
        <p>
          These are {undecided.length} of {open.decide}.{' '}
          <button
            type="button"
            className="plain"
            onClick={() => onList({ state: counts.rejected > 0 ? 'rejected' : 'unknown' })}
          >
            Show all in the ledger
          </button>
        </p>
      ) : null}
    </section>
  );
}

/** What goes out by itself, told by what it waits for. */
export function WaitingSection({ summary, onList }: Omit<NeedsProps, 'onOpen'>) {
  const { waiting, now } = summary;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">What waits, and for what</h2>
      {waiting.length === 0 ? (
        <p className="quiet">Nothing waits.</p>
      ) : (
        <table className="facts-table waiting-table" aria-labelledby="waiting">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">State</th>
              <th scope="col">Waits</th>
              <th scope="col">To land as</th>
              <th scope="col">The longest for</th>
              <th scope="col">
                <span className="hidden-words">Look closer</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((waitingView) => (
              <WaitingRow
                key={`${waitingView.artefact} ${waitingView.state} ${waitingView.landing} ${waitingView.reason}`}
                waiting={waitingView}
                now={now}
                onList={onList}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function WaitingRow({ waiting, now, onList }: { waiting: WaitingView; now: string; onList: NeedsProps['onList'] }) {
  const { place } = useIntegrationPages();
  const { artefact, state, landing, reason, waitingFor, because, count, since } = waiting;
  const reasonCode = (waitingFor ?? because)?.code;
  return (
    <tr>
      <th scope="row">
        <span className="row-name">
          {count} × {artefact}
        </span>
      </th>
      <td data-label="State">
        <Status tone={stateTones[state]}>{state}</Status>
      </td>
      <td data-label="Waits">{reason === null ? stateMeanings[state] : placedReason(reason, place)}</td>
      <td data-label="To land as">{landing ?? 'not decided yet'}</td>
      <td data-label="The longest for" className="age">
        {ageWords(since, now)}
      </td>
      <td className="row-actions">
        <button
          type="button"
          className="secondary small"
          onClick={() => onList({ state, artefact, ...defined({ reasonCode }) })}
        >
          Show<span className="hidden-words">{` ${state} rows of ${artefact}`}</span>
        </button>
      </td>
    </tr>
  );
}
