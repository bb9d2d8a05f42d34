import type { DrawnMeasure } from './drawn-measure.ts';
import type { PlannedValues } from './planned-values.ts';
import { share } from './share.ts';

interface PlannedMarksProps {
  readonly planned: PlannedValues;
  readonly drawn: Pick<DrawnMeasure, 'points' | 'yOf'>;
}

/** What was meant, at the time of what came. */
export function PlannedMarks({ planned, drawn: { points, yOf } }: PlannedMarksProps) {
  return points.map(({ key, logId, x }) => {
    const value = planned.values.get(logId);
    return value === undefined ? null : (
      <span key={key} className="chart-planned" style={{ left: share(x), bottom: share(yOf(value)) }} />
    );
  });
}
