import type { Measure } from '../../../src/homework/log/measures-of.ts';
import { type Place, writeDate, writeTime } from '../words/dates.ts';
import { writeMeasured } from '../words/numbers.ts';
import { occurrenceWords } from '../words/occurrence-words.ts';
import type { LoggedStep } from './drawn-measure.ts';
import type { PlannedValues } from './planned-values.ts';
import { bandIn } from './score-words.ts';
import type { ToldTime } from './told-times.ts';

interface ValueTableProps {
  readonly measure: Measure;
  readonly place: Place;
  readonly steps: readonly LoggedStep[];
  readonly planned?: PlannedValues | undefined;
  /** Those at which it was not done have a row, too. */
  readonly times?: readonly ToldTime[] | undefined;
}

/** All readings of a measure, with the step that each is of where there are several, what was planned, and what was left out. */
export function ValueTable({ measure, place, steps, planned, times = [] }: ValueTableProps) {
  const stepOf = new Map(steps.map(({ logId, stepKey }) => [logId, stepKey]));
  const written = (value: number | undefined): string =>
    value === undefined ? '' : writeMeasured(value, measure.unit, place);
  const withStep = new Set(measure.readings.map(({ logId }) => stepOf.get(logId))).size > 1;
  return (
    <details>
      <summary>
        All values<span className="hidden-words"> of {measure.label}</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            {withStep ? <th scope="col">Step</th> : null}
            {planned === undefined ? null : <th scope="col">{planned.name}</th>}
            <th scope="col">{measure.label}</th>
          </tr>
        </thead>
        <tbody>
          {measure.readings.map(({ logId, at, moment, value }) => (
            <tr key={`${logId} ${moment}`}>
              <td>
                {writeTime(at, place)}
                {moment === 'before' ? ', before' : ''}
              </td>
              {withStep ? <td>{stepOf.get(logId)}</td> : null}
              {planned === undefined ? null : <td>{written(planned.values.get(logId))}</td>}
              <td>
                {written(value)}
                {bandIn(measure, value)}
              </td>
            </tr>
          ))}
          {times.map(({ id, day, status }) =>
            status === 'done' || status === 'late' ? null : (
              <tr key={id}>
                <td>{writeDate(day, place)}</td>
                {withStep ? <td /> : null}
                {planned === undefined ? null : <td />}
                <td>{occurrenceWords[status].words}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </details>
  );
}
