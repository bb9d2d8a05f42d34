import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { type WorklistFilter, worklistFilters } from '../../../src/homework/plan/worklist-filter.ts';
import { dayOf, daysBetween } from '../../../src/homework/schedule/day-end.ts';
import { Status } from '../parts/tone.tsx';
import { type Place, writeDate, writeDay } from '../words/dates.ts';
import { barrierWords } from '../words/status-words.ts';
import { filterTones, filterWords, standingWords } from './roster-words.ts';

interface RosterTableProps {
  readonly rows: readonly RosterRow[];
  readonly now: string;
  readonly place: Place;
  readonly onOpen: (row: RosterRow) => void;
  readonly onContact: (row: RosterRow) => void;
}

/** The rows as a table where there is room, as cards where there is not; by the same markup. */
export function RosterTable({ rows, now, place, onOpen, onContact }: RosterTableProps) {
  return (
    <table className="roster">
      <thead>
        <tr>
          <th scope="col">Patient and plan</th>
          <th scope="col">Why here</th>
          <th scope="col">Last log</th>
          <th scope="col">Done</th>
          <th scope="col">Contact</th>
          <th scope="col">
            <span className="hidden-words">What you can do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.planId ?? `${row.patientId} ${row.planTitle}`}>
            <th scope="row">
              <span className="roster-name">{row.name}</span>
              <span className="quiet">{row.planTitle}</span>
              <span className="quiet">{row.clinician}</span>
            </th>
            <td data-label="Why here">
              <Signals row={row} />
            </td>
            <td data-label="Last log">
              <LastLog at={row.lastLogAt} now={now} place={place} />
            </td>
            <td data-label="Done">
              {row.adherencePercent === undefined ? (
                <span className="quiet">nothing due yet</span>
              ) : (
                `${row.adherencePercent} %`
              )}
            </td>
            <td data-label="Contact">
              <Contact row={row} place={place} />
            </td>
            <td className="roster-actions">
              <button type="button" className="secondary small" onClick={() => onContact(row)}>
                Note a contact<span className="hidden-words"> with {row.name}</span>
              </button>
              <button type="button" className="plain small" onClick={() => onOpen(row)}>
                Open<span className="hidden-words"> {row.name}</span>
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LastLog({ at, now, place }: { readonly at: string | undefined; readonly now: string; readonly place: Place }) {
  if (at === undefined) return <span className="quiet">none yet</span>;
  const day = dayOf(at, place.timeZone);
  const days = daysBetween(day, dayOf(now, place.timeZone));
  const ago = days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
  return (
    <>
      <span>{writeDate(day, place)}</span> <span className="quiet">{ago}</span>
    </>
  );
}

const isFilter = (signal: string): signal is WorklistFilter =>
  worklistFilters.some((rosterFilter) => rosterFilter === signal);

function Signals({ row }: { readonly row: RosterRow }) {
  const known = row.signals.filter(isFilter);
  const standing = [...(row.deceased === true ? (['deceased'] as const) : []), ...(row.standing ? [row.standing] : [])];
  if (known.length === 0 && standing.length === 0) return <span className="quiet">on track</span>;
  return (
    <ul className="signals">
      {standing.map((text) => (
        <li key={text}>
          <Status tone="quiet">{standingWords[text]}</Status>
        </li>
      ))}
      {known.map((signal) => (
        <li key={signal}>
          <Status tone={filterTones[signal]}>{signalWords(signal, row)}</Status>
        </li>
      ))}
    </ul>
  );
}

function signalWords(signal: WorklistFilter, row: RosterRow): string {
  if (signal === 'overdue' && row.overdue > 1) return `${row.overdue} overdue`;
  if (signal === 'not-landed' && row.notLanded > 1) return `${row.notLanded} not in the chart`;
  if (signal === 'barrier' && row.openBarrier !== undefined) {
    const known = Object.entries(barrierWords).find(([code]) => code === row.openBarrier);
    return `In the way: ${(known?.[1].short ?? row.openBarrier).toLowerCase()}`;
  }
  return filterWords[signal];
}

function Contact({ row: { contact }, place }: { readonly row: RosterRow; readonly place: Place }) {
  if (contact === undefined) return <span className="quiet">none yet</span>;
  const until = contact.snoozeUntil;
  return (
    <>
      <span>
        {writeDay(contact.at, place)}, {contact.by}
      </span>
      <span className="quiet contact-note">{contact.note}</span>
      {until === undefined ? null : (
        <span className="quiet">
          Set aside until {until.length === 10 ? writeDate(until, place) : writeDay(until, place)}
        </span>
      )}
    </>
  );
}
