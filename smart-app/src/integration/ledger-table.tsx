import type { LedgerRow } from '../../../src/contract/app/ledger.ts';
import { Status } from '../parts/tone.tsx';
import { useIntegrationPages } from './integration-context.ts';
import { stateTones } from './integration-words.ts';
import { placedReason, sinceWords } from './row-words.ts';

interface LedgerTableProps {
  readonly rows: readonly LedgerRow[];
  readonly now: string;
  /** Names the table for who cannot see where it stands. */
  readonly label: string;
  readonly onOpen: (row: LedgerRow) => void;
}

/** Ledger rows as a table where there is room, as cards where there is not; by the same markup. */
export function LedgerTable({ rows, now, label, onOpen }: LedgerTableProps) {
  const { place } = useIntegrationPages();
  return (
    <table className="facts-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">State</th>
          <th scope="col">Why</th>
          <th scope="col">When</th>
          <th scope="col">In the EHR</th>
          <th scope="col">
            <span className="hidden-words">Look closer</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.artefact} ${row.id}`}>
            <th scope="row">
              <span className="row-name">{row.artefact}</span>
              <span className="row-id">{row.id}</span>
            </th>
            <td data-label="State">
              <Status tone={stateTones[row.state]}>{row.state}</Status>
            </td>
            <td data-label="Why">
              {row.reason === null ? (
                <span className="quiet">{row.state === 'landed' ? '–' : 'nothing said'}</span>
              ) : (
                placedReason(row.reason, place)
              )}
            </td>
            <td data-label="When" className="age">
              {sinceWords(row, now)}
            </td>
            <td data-label="In the EHR">
              <span>{row.landing ?? 'not decided yet'}</span>
              {row.ehrReference === null ? null : <span className="row-id">{row.ehrReference}</span>}
            </td>
            <td className="row-actions">
              <button type="button" className="secondary small" onClick={() => onOpen(row)}>
                Open
                <span className="hidden-words">
                  {' '}
                  {row.artefact} {row.id}
                </span>
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
