import type { RosterPage } from '../../../src/contract/app/roster.ts';
import { Notice } from '../parts/tone.tsx';

/** Whether the list is all there is: nobody is hidden, and everybody could be checked. */
export function isWhole({ hidden, unchecked }: RosterPage): boolean {
  return (hidden?.patients ?? 0) === 0 && hidden?.atLeast !== true && unchecked !== true;
}

/** What the list leaves out: whom the EHR hides from this user, by number alone, and of whom it does not answer now. */
export function NotShown({
  hidden,
  unchecked,
}: {
  readonly hidden: RosterPage['hidden'];
  readonly unchecked: boolean;
}) {
  const patients = hidden?.patients ?? 0;
  return (
    <>
      {patients === 0 ? null : <p className="quiet">{hiddenWords(patients, hidden?.atLeast === true)}</p>}
      {unchecked ? (
        <Notice tone="care" title="Not everybody could be checked now">
          <p>The EHR does not answer for some patients, so they are not in this list. Please try again in a moment.</p>
        </Notice>
      ) : null}
    </>
  );
}

function hiddenWords(patients: number, atLeast: boolean): string {
  const some = `${atLeast ? 'At least ' : ''}${patients}`;
  return patients === 1
    ? `${some} patient with homework is not shown: the EHR hides them from you.`
    : `${some} patients with homework are not shown: the EHR hides them from you.`;
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
