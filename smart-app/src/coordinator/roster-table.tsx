import type { RosterRow } from '../../../src/contract/app/roster.ts';
import { percentBeside, percentOf } from '../../../src/homework/plan/count-due.ts';
import { calendarDay, dayOf, daysBetween, dueDay } from '../../../src/homework/schedule/day-end.ts';
import { Status } from '../parts/tone.tsx';
import { type Place, writeBirthDate, writeDate, writeDay, writeTime } from '../words/dates.ts';
import { writeNumber } from '../words/numbers.ts';
import { calledWords, reasonTones, reasonWords, standingWords } from './roster-words.ts';
import { RowContact } from './row-contact.tsx';
import { namedAlike } from './same-names.ts';

interface RosterTableProps {
  readonly rows: readonly RosterRow[];
  readonly visits: ReadonlyMap<string, string>;
  readonly now: string;
  readonly place: Place;
  readonly busy: boolean;
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

function PatientRow({ row, visit, isAlike, now, place, busy, onOpen, onContact, onBack }: PatientRowProps) {
  const called = calledWords(row);
  return (
    // whoever has an open signal stays first, and never looks like one who is done with
    <tr className={row.asideUntil === undefined || row.openSignals > 0 ? undefined : 'aside'}>
      <th scope="row">
        <PatientName row={row} place={place} isAlike={isAlike} />
        {visit === undefined ? null : <span className="quiet">Next visit {visitWords(visit, place)}</span>}
      </th>
      <td data-label="Why here">
        <Reasons row={row} place={place} />
      </td>
      <td data-label="Homework">
        <Plans row={row} place={place} />
      </td>
      <td data-label="Last log">
        <LastLog row={row} now={now} place={place} />
      </td>
      <td data-label="Contact">
        <RowContact row={row} now={now} place={place} />
      </td>
      <td className="roster-actions">
        {row.mayOpen ? (
          <>
            <button type="button" id={`open-${row.patientId}`} className="secondary small" onClick={() => onOpen(row)}>
              Open<span className="hidden-words"> {called}</span>
            </button>
            <button type="button" className="plain small" onClick={() => onContact(row)}>
              Note a contact<span className="hidden-words"> with {called}</span>
            </button>
            {row.asideUntil === undefined ? null : (
              <button type="button" className="plain small" disabled={busy} onClick={() => onBack(row)}>
                Put back<span className="hidden-words"> {called} on the list</span>
              </button>
            )}
          </>
        ) : (
          <span className="quiet">The EHR does not let you open this chart.</span>
        )}
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

function Plans({ row, place }: { readonly row: RosterRow; readonly place: Place }) {
  return (
    <ul className="roster-plans">
      {row.plans.map(({ id, title, clinician, running, closedAt, currentStep }) => (
        <li key={id}>
          {running ? (
            <span dir="auto">{title}</span>
          ) : (
            <span className="quiet">
              ‘<bdi>{title}</bdi>’ closed{closedAt === undefined ? '' : ` on ${writeDay(closedAt, place)}`}
            </span>
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

function LastLog({ row, now, place }: { readonly row: RosterRow; readonly now: string; readonly place: Place }) {
  const { lastLogAt, silentSince, due, done } = row;
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
        <span className="quiet">{quietWords(row)}</span>
      ) : (
        <span>Due {agoWords(dueDay(silentSince, place.timeZone), today, place)}, not logged</span>
      )}
      {due === 0 ? null : (
        <span className="quiet">
          {done} of {due} done{percent === undefined ? '' : ` (${writeNumber(percent, place)} %)`}
        </span>
      )}
    </>
  );
}

/** Why nothing is said of a silence. */
function quietWords({ due, lastLogAt }: RosterRow): string {
  if (due === 0) return 'Nothing due yet';
  return lastLogAt === undefined ? 'Nothing due without a log' : 'Nothing due since then';
}

function agoWords(day: string, today: string, place: Place): string {
  const days = daysBetween(day, today);
  const ago = days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
  return `${writeDate(day, place)}, ${ago}`;
}

function Reasons({ row, place }: { readonly row: RosterRow; readonly place: Place }) {
  const [first, ...rest] = row.reasons;
  const standing = [...(row.deceased === true ? (['deceased'] as const) : []), ...(row.standing ? [row.standing] : [])];
  if (first === undefined && standing.length === 0) return <span className="quiet">on track</span>;
  const titles = new Map(row.plans.map(({ id, title }) => [id, title]));
  const running = row.plans.filter((plan) => plan.running).length;
  const ofPlan = ({ planId }: RosterRow['reasons'][number]) => {
    const title = planId === undefined || running < 2 ? undefined : titles.get(planId);
    return title === undefined ? null : (
      <>
        {' '}
        (<bdi>{title}</bdi>)
      </>
    );
  };
  return (
    <ul className="signals">
      {standing.map((text) => (
        <li key={text}>
          <Status tone="quiet">{standingWords[text]}</Status>
        </li>
      ))}
      {first === undefined ? null : (
        <li>
          <Status tone={reasonTones[first.code]}>
            <span>
              {reasonWords(first, place)}
              {ofPlan(first)}
            </span>
          </Status>
        </li>
      )}
      {rest.map((reason) => (
        <li key={`${reason.code} ${reason.planId ?? ''}`} className="quiet">
          {reasonWords(reason, place)}
          {ofPlan(reason)}
        </li>
      ))}
    </ul>
  );
}
