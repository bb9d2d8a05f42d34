import { useId } from 'react';
import { isChosenDate } from '../plan/period.ts';
import { type Place, writeDate } from '../words/dates.ts';

interface SinceDateProps {
  /** As it stands in the field, a whole date or not. */
  readonly date: string;
  readonly today: string;
  readonly place: Place;
  readonly onChange: (date: string) => void;
}

/** The date since which the first page shall tell; one that is still to come is said to be so. */
export function SinceDate({ date, today, place, onChange }: SinceDateProps) {
  const id = useId();
  const toCome = isChosenDate(date) && date > today;
  return (
    <>
      <label htmlFor={id} className="hidden-words">
        Since which date
      </label>
      <input
        id={id}
        type="date"
        max={today}
        value={date}
        {...(toCome ? ({ 'aria-invalid': true, 'aria-describedby': `${id}-problem` } as const) : {})}
        onChange={({ target: { value } }) => onChange(value)}
      />
      {toCome ? (
        <p className="problem" id={`${id}-problem`} role="alert">
          {writeDate(date, place)} is still to come. Please choose today or an earlier day.
        </p>
      ) : null}
    </>
  );
}
