import type { LedgerRow, SummaryView, WaitingView } from '../../../src/contract/app/ledger.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { ageWords } from '../words/age.ts';
import type { LedgerChoice } from './integration-context.ts';
import { LedgerTable } from './ledger-table.tsx';

interface NeedsProps {
  readonly summary: SummaryView;
  readonly onOpen: (row: LedgerRow) => void;
  readonly onList: (choice: LedgerChoice) => void;
}

/** What only a person can help, one by one, oldest first. */
export function DecisionSection({ summary, onOpen, onList }: NeedsProps) {
  const { undecided, counts, now } = summary;
  const all = counts.rejected + counts.unknown + counts['awaiting-review'];
  if (undecided.length === 0) return null;
  return (
    <section aria-labelledby="decide">
      <h2 id="decide">Needs a look, oldest first</h2>
      <LedgerTable rows={undecided} now={now} label="Needs a look, oldest first" onOpen={onOpen} />
      {all > undecided.length ? (
        <p>
          These are {undecided.length} of {all}.{' '}
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
                key={`${waitingView.artefact} ${waitingView.landing} ${waitingView.reason}`}
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
  const { artefact, landing, reason, waitingFor, count, since } = waiting;
  const reasonCode = waitingFor?.code;
  return (
    <tr>
      <th scope="row">
        <span className="row-name">
          {count} × {artefact}
        </span>
      </th>
      <td data-label="Waits">{reason ?? 'nothing said'}</td>
      <td data-label="To land as">{landing ?? 'not decided yet'}</td>
      <td data-label="The longest for" className="age">
        {ageWords(since, now)}
      </td>
      <td className="row-actions">
        <button
          type="button"
          className="secondary small"
          onClick={() => onList({ state: 'waiting', artefact, ...defined({ reasonCode }) })}
        >
          Show<span className="hidden-words"> waiting rows of {artefact}</span>
        </button>
      </td>
    </tr>
  );
}
