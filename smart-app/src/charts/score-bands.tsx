import type { ScoreDeclaration } from '../../../src/homework/log/score.ts';
import type { Place } from '../words/dates.ts';
import { writeNumber } from '../words/numbers.ts';
import type { DrawnMeasure } from './drawn-measure.ts';
import { share } from './share.ts';

interface ScoreBandsProps {
  readonly score: ScoreDeclaration;
  readonly place: Place;
  readonly drawn: Pick<DrawnMeasure, 'scale' | 'yOf'>;
}

/** Share of the height below which a band has no room for its name; it is told of each value in the table. */
const least = 0.1;

/** The bands of a score behind its points, each by its name at their right, and its cutoff by its value at their left. */
export function ScoreBands({ score: { bands = [], cutoff }, place, drawn: { scale, yOf } }: ScoreBandsProps) {
  const inOrder = bands.toSorted((band, other) => band.from - other.from);
  const seen = inOrder.flatMap(({ from, label }, index) => {
    const [bottom, top] = [Math.max(from, scale.from), Math.min(inOrder[index + 1]?.from ?? scale.to, scale.to)];
    return bottom < top ? [{ label, bottom: yOf(bottom), height: yOf(top) - yOf(bottom) }] : [];
  });
  return (
    <>
      {seen.map(({ label, bottom, height }) => (
        <span
          key={label}
          className="chart-band"
          style={{ bottom: share(bottom), height: share(height) }}
          aria-hidden="true"
        >
          {height < least ? null : <span>{label}</span>}
        </span>
      ))}
      {cutoff === undefined || cutoff < scale.from || cutoff > scale.to ? null : (
        <span className="chart-cutoff" style={{ bottom: share(yOf(cutoff)) }} aria-hidden="true">
          <span>{writeNumber(cutoff, place)}</span>
        </span>
      )}
    </>
  );
}
