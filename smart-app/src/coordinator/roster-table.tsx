import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { percentBeside, percentOf } from '../../../src/homework/plan/count-due.ts';
import { calendarDay, dayOf, daysBetween, dueDay } from '../../../src/homework/schedule/day-end.ts';
import { type Place, writeBirthDate, writeDate, writeDay, writeTime } from '../words/dates.ts';
import { writeNumber } from '../words/numbers.ts';
import { lastDayWords } from '../words/status-words.ts';
import { RowActions } from './row-actions.tsx';
import { RowContact } from './row-contact.tsx';
import { Reasons } from './row-reasons.tsx';
import { namedAlike } from './same-names.ts';
import type { Opening } from './use-open-patient.ts';

interface RosterTableProps {
  readonly rows: readonly RosterRow[];
  readonly visits: ReadonlyMap<string, string>;
  readonly now: string;
  readonly place: Place;
  readonly busy: boolean;
  readonly opening: Opening;
  readonly onOpen: (row: RosterRow) => void;
  readonly onContact: (row: RosterRow) => void;
  readonly onBack: (row: RosterRow) => void;
}

/** Patients as a table where there is room, as cards where there is not; by the same markup. */
export function RosterTable({ rows, visits, ...props }: RosterTableProps) {
  const alike = namedAlike(rows);
  return (
    <table className="roster">
      <thead>
        <tr>
          <th scope="col">Patient</th>
          <th scope="col">Why here</th>
          <th scope="col">Homework</th>
          <th scope="col">Last log</th>
          <th scope="col">Contact</th>
          <th scope="col">
            <span className="hidden-words">What you can do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PatientRow
            key={row.patientId}
            row={row}
            visit={visits.get(row.patientId)}
            isAlike={alike.has(row.patientId)}
            {...props}
          />
        ))}
      </tbody>
    </table>
  );
}

interface PatientRowProps extends Omit<RosterTableProps, 'rows' | 'visits'> {
  readonly row: RosterRow;
  readonly visit: string | undefined;
  readonly isAlike: boolean;
}

function PatientRow({ row, visit, isAlike, now, place, onOpen, ...acts }: PatientRowProps) {
  return (
    // whoever has an open signal stays first, and never looks like one who is done with
    <tr className={row.asideUntil === undefined || row.openSignals > 0 ? undefined : 'aside'}>
      <th scope="row">
        <PatientName row={row} place={place} isAlike={isAlike} />
        {visit === undefined ? null : <span className="quiet">Next visit {visitWords(visit, place)}</span>}
      </th>
      <td data-label="Why here">
        <Reasons row={row} now={now} place={place} />
      </td>
      <td data-label="Homework">
        <Plans row={row} now={now} place={place} />
      </td>
      <td data-label="Last log">
        <LastLog row={row} now={now} place={place} />
      </td>
      <td data-label="Contact">
        <RowContact row={row} now={now} place={place} />
      </td>
      <td className="roster-actions">
        <RowActions row={row} onOpen={onOpen} {...acts} />
      </td>
    </tr>
  );
}

function PatientName({
  row,
  place,
  isAlike,
}: {
  readonly row: RosterRow;
  readonly place: Place;
  readonly isAlike: boolean;
}) {
  const { name, birthDate, recordNumber, phone, mayOpen } = row;
  return (
    <>
      <span className="roster-name" dir="auto">
        {name ?? (mayOpen ? 'No current name in the EHR' : 'Name not available to you')}
      </span>
      {birthDate === undefined ? null : <span className="quiet">born {writeBirthDate(birthDate, place)}</span>}
      {isAlike ? (
        <span className="quiet">
          {recordNumber === undefined ? '' : `Record ${recordNumber}. `}Somebody else here has the same name
          {birthDate === undefined ? '' : ' and birth date'}.
        </span>
      ) : null}
      {phone === undefined ? null : (
        <a className="roster-phone" href={`tel:${dialled(phone)}`}>
          {phone}
        </a>
      )}
    </>
  );
}

/** What is dialled of a number as people write it: up to the first letter, behind which an extension stands. */
function dialled(phone: string): string {
  const [number = ''] = phone.split(/\p{L}/u);
  return number.replace(/(?!^\+)[^\d]/g, '');
}

function visitWords(visit: string, place: Place): string {
  return visit.length === 10 ? writeDate(visit, place) : writeTime(visit, place);
}

function Plans({ row, now, place }: { readonly row: RosterRow; readonly now: string; readonly place: Place }) {
  return (
    <ul className="roster-plans">
      {row.plans.map(({ id, title, clinician, running, lastDayOver, closedAt, currentStep }) => (
        <li key={id}>
          {running ? (
            <span dir="auto">{title}</span>
          ) : (
            <span className="quiet">
              ‘<bdi>{title}</bdi>’ closed{closedAt === undefined ? '' : ` on ${writeDay(closedAt, place)}`}
            </span>
          )}
          {lastDayOver === undefined ? null : (
            <span className="quiet">Its {lastDayWords(lastDayOver, now, place)}</span>
          )}
          {currentStep === undefined ? null : (
            <span className="quiet">
              Step {currentStep.key}: <bdi>{currentStep.title}</bdi>
              {currentStep.state === 'open' ? '' : ` (${currentStep.state})`}
            </span>
          )}
          <span className="quiet" dir="auto">
            {clinician}
          </span>
        </li>
      ))}
    </ul>
  );
}

function LastLog({
  row,
  now,
  place: clinic,
}: {
  readonly row: RosterRow;
  readonly now: string;
  readonly place: Place;
}) {
  const { lastLogAt, silentSince, due, done } = row;
  // its days are the patient's, not the clinic's
  const place = { ...clinic, timeZone: row.timeZone };
  const today = dayOf(now, place.timeZone);
  const percent = due === 0 ? undefined : percentBeside({ counts: { due }, percent: percentOf(done, due) });
  return (
    <>
      {lastLogAt === undefined ? (
        <span className="quiet">No log yet</span>
      ) : (
        <span>{agoWords(calendarDay(lastLogAt, place.timeZone), calendarDay(now, place.timeZone), place)}</span>
      )}
      {silentSince === undefined ? (
        <Quiet words={quietWords(row)} />
      ) : (
        <span>Due {agoWords(dueDay(silentSince, place.timeZone), today, place)}, not logged</span>
      )}
      {due === 0 ? null : (
        <span className="quiet">
          {done} of {due} logged{percent === undefined ? '' : ` (${writeNumber(percent, place)} %)`}
        </span>
      )}
    </>
  );
}

/** Why nothing is said of a silence. Of who has died nothing is asked for; and what was due and not done says itself. */
function quietWords({ due, done, lastLogAt, deceased }: RosterRow): string | undefined {
  if (deceased === true) return undefined;
  if (due === 0) return 'Nothing due yet';
  if (lastLogAt !== undefined) return 'Nothing due since then';
  return done < due ? undefined : 'Nothing due without a log';
}

function Quiet({ words }: { readonly words: string | undefined }) {
  return words === undefined ? null : <span className="quiet">{words}</span>;
}

function agoWords(day: string, today: string, place: Place): string {
  const days = daysBetween(day, today);
  const ago = days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
  return `${writeDate(day, place)}, ${ago}`;
}
