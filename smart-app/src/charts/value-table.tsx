import type { Measure } from '../../../src/homework/log/measures-of.ts';
import { type Place, writeTime } from '../words/dates.ts';
import { writeMeasured } from '../words/numbers.ts';
import type { LoggedStep } from './drawn-measure.ts';

interface ValueTableProps {
  readonly measure: Measure;
  readonly place: Place;
  readonly steps: readonly LoggedStep[];
}

/** All readings of a measure, with the step that each is of where there are several. */
export function ValueTable({ measure, place, steps }: ValueTableProps) {
  const stepOf = new Map(steps.map(({ logId, stepKey }) => [logId, stepKey]));
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
              <td>{writeMeasured(value, measure.unit, place)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
