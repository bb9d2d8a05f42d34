import { useId } from 'react';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';

export type DaysOffView = NonNullable<PlanView['plan']['daysOff']>[number];

interface DaysOffFieldsProps {
  readonly daysOff: readonly DaysOffView[];
  readonly today: string;
  readonly onChange: (daysOff: readonly DaysOffView[]) => void;
}

/** A holiday, a stay in hospital: days on which nothing is asked that is done again and again. */
export function DaysOffFields({ daysOff, today, onChange }: DaysOffFieldsProps) {
  const name = useId();
  const put = (at: number, to: Partial<DaysOffView>): void =>
    onChange(daysOff.map((days, place) => (place === at ? { ...days, ...to } : days)));
  return (
    <fieldset className="some-of" aria-describedby={`${name}-help`}>
      <legend>Days off</legend>
      <p className="help" id={`${name}-help`}>
        Nothing is asked on them that is done again and again.
      </p>
      {daysOff.map(({ from, to, reason = '' }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: days off are known by their place alone
        <div key={at} className="when-row">
          <div>
            <label htmlFor={`${name}-${at}-from`}>First day off</label>
            <input
              id={`${name}-${at}-from`}
              type="date"
              value={from}
              onChange={({ currentTarget: { value } }) => put(at, { from: value })}
            />
          </div>
          <div>
            <label htmlFor={`${name}-${at}-to`}>Last day off</label>
            <input
              id={`${name}-${at}-to`}
              type="date"
              min={from}
              value={to}
              onChange={({ currentTarget: { value } }) => put(at, { to: value })}
            />
          </div>
          <div>
            <label htmlFor={`${name}-${at}-reason`}>Reason (optional)</label>
            <input
              id={`${name}-${at}-reason`}
              type="text"
              dir="auto"
              maxLength={200}
              value={reason}
              onChange={({ currentTarget: { value } }) => put(at, { reason: value })}
            />
          </div>
          <button
            type="button"
            className="plain small"
            onClick={() => onChange(daysOff.filter((_days, place) => place !== at))}
          >
            Take out<span className="hidden-words"> the days off from {from}</span>
          </button>
        </div>
      ))}
      <button type="button" className="plain small" onClick={() => onChange([...daysOff, { from: today, to: today }])}>
        Add days off
      </button>
    </fieldset>
  );
}

/** What is wrong with days off; undefined: nothing. */
export function wrongDaysOff(daysOff: readonly DaysOffView[]): string | undefined {
  if (daysOff.some(({ from, to }) => from === '' || to === '')) return 'Please give the first and the last day off.';
  return daysOff.some(({ from, to }) => to < from) ? 'The last day off is before the first one.' : undefined;
}

/** As they are sent: the earliest first, without reasons that were left empty. */
export function daysOffToSend(daysOff: readonly DaysOffView[]): readonly DaysOffView[] {
  return daysOff
    .map(({ from, to, reason = '' }) => ({ from, to, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }))
    .toSorted((one, other) => one.from.localeCompare(other.from));
}
