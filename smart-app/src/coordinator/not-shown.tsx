import type { RosterPage } from '../../../src/contract/app/roster.ts';
import { Notice } from '../parts/tone.tsx';

/** Whether the list is all there is: nobody is hidden, and everybody could be checked. */
export function isWhole({ hidden, gone, unchecked }: RosterPage): boolean {
  return (hidden?.patients ?? 0) === 0 && hidden?.atLeast !== true && gone === undefined && unchecked !== true;
}

/**
 * What the list leaves out: whom the EHR does not show to this user, by number alone; of whom it has no record any more, and
 * who can do something about it; and of whom it does not answer now.
 */
export function NotShown({ roster: { hidden, gone, unchecked } }: { readonly roster: RosterPage }) {
  const patients = hidden?.patients ?? 0;
  return (
    <>
      {patients === 0 ? null : <p className="quiet not-shown">{hiddenWords(patients, hidden?.atLeast === true)}</p>}
      {gone === undefined ? null : <Gone {...gone} />}
      {unchecked === true ? (
        <Notice tone="care" title="Not everybody could be checked now">
          <p>The EHR does not answer for some patients, so they are not in this list. Please try again in a moment.</p>
        </Notice>
      ) : null}
    </>
  );
}

function Gone({ patients, withSignal }: NonNullable<RosterPage['gone']>) {
  const one = patients === 1;
  return (
    <Notice
      tone="care"
      title={
        one
          ? 'The EHR no longer has the record of 1 patient with homework'
          : `The EHR no longer has the records of ${patients} patients with homework`
      }
    >
      <p>
        {signalWords(patients, withSignal)}
        They cannot be listed by name. Your integration team can see under “Patients who are merged or not there” which{' '}
        {one ? 'record it was' : 'records they were'}, and decide who {one ? 'that is' : 'these are'} now.
      </p>
    </Notice>
  );
}

function signalWords(patients: number, withSignal: number): string {
  if (withSignal === 0) return '';
  if (patients === 1) return 'A safety signal is open for this patient. ';
  return `${withSignal} of them ${withSignal === 1 ? 'has' : 'have'} an open safety signal. `;
}

function hiddenWords(patients: number, atLeast: boolean): string {
  const some = `${atLeast ? 'At least ' : ''}${patients}`;
  return patients === 1
    ? `${some} patient with homework is not in this list: the EHR does not show them to you.`
    : `${some} patients with homework are not in this list: the EHR does not show them to you.`;
}

interface EmptyListProps {
  readonly chosen: boolean;
  readonly whole: boolean;
  readonly onClear: () => void;
}

/** A list without rows, and why, as far as is known. */
export function EmptyList({ chosen, whole, onClear }: EmptyListProps) {
  const none = chosen ? 'Nobody here' : whole ? 'No patients with homework yet' : 'Nobody to show';
  const why = chosen
    ? 'No patient whom you may see fits what you chose.'
    : whole
      ? 'As soon as a plan is assigned, it stands in this list.'
      : 'There is homework, but nobody whom the EHR lets you see is on this page.';
  return (
    <div className="card empty">
      <h2>{none}</h2>
      <p>{why}</p>
      {chosen ? (
        <button type="button" className="secondary" onClick={onClear}>
          Show all
        </button>
      ) : null}
    </div>
  );
}
