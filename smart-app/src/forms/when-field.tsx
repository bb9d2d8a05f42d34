import { useState } from 'react';
import type { Instant } from '../../../src/homework/model.ts';
import { fromWallClock, type Place, toWallClock, writeTime } from '../words/dates.ts';
import { deviceZone, isSameClock } from '../words/same-clock.ts';
import { zoneName } from '../words/zone-words.ts';

export const whenWords = 'When was it?';
export const whenId = 'performed-at';

interface WhenFieldProps {
  /** Absent: it is when it is sent. */
  readonly performedAt: Instant | undefined;
  readonly now: Instant;
  readonly place: Place;
  /** When it was to be done by, where that is over. */
  readonly wasDue?: Instant | undefined;
  /** It is of one day, on which it may have been at any time: asked for on wish only. */
  readonly ofDay?: boolean | undefined;
  /** Why it can't be taken as it is. */
  readonly problem: string | undefined;
  readonly onChange: (performedAt: Instant | undefined) => void;
}

/**
 * When it happened. While nobody has said it, the field is empty and it is when the log is sent: not when its form was opened,
 * which tells nothing, nor the time it was planned for, at which it may not have been done.
 */
export function WhenField({ ofDay = false, ...props }: WhenFieldProps) {
  const { performedAt, problem } = props;
  const [wished, setWished] = useState(false);
  if (!ofDay) return <When {...props} />;
  return (
    <details
      className="more-questions"
      open={wished || performedAt !== undefined || problem !== undefined}
      onToggle={({ currentTarget }) => setWished(currentTarget.open)}
    >
      <summary>
        {whenWords} <span className="optional">(optional)</span>
      </summary>
      <When {...props} />
    </details>
  );
}

function When({ performedAt, now, place, wasDue, problem, onChange }: Omit<WhenFieldProps, 'ofDay'>) {
  return (
    <div className={`question when${problem === undefined ? '' : ' wrong'}`}>
      <label htmlFor={whenId}>{whenWords}</label>
      <p className="help" id={`${whenId}-help`}>
        {performedAt === undefined
          ? 'Left empty, it is when you send this. If it was earlier, put that time.'
          : `${writeTime(performedAt, place)}. Clear the field if it is when you send this.`}
        {wasDue === undefined ? '' : ` It was to be done until ${writeTime(wasDue, place)}: if you did, put when.`}
        {isSameClock(place.timeZone, deviceZone(), now)
          ? ''
          : ` In ${zoneName(place.timeZone, now)}, not in this device’s time.`}
      </p>
      <input
        id={whenId}
        type="datetime-local"
        aria-describedby={`${whenId}-help${problem === undefined ? '' : ` ${whenId}-problem`}`}
        aria-invalid={problem === undefined ? undefined : true}
        value={performedAt === undefined ? '' : toWallClock(performedAt, place.timeZone)}
        max={toWallClock(now, place.timeZone)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (value === '') onChange(undefined);
          const at = fromWallClock(value, place.timeZone);
          if (at !== undefined) onChange(at);
        }}
      />
      <p className="problem" id={`${whenId}-problem`} role="status">
        {problem}
      </p>
    </div>
  );
}
