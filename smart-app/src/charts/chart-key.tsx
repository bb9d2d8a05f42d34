import type { Instant } from '../../../src/homework/model.ts';
import { type Place, writeDay } from '../words/dates.ts';
import type { LoggedStep } from './drawn-measure.ts';

interface ChartKeyProps {
  readonly steps: readonly LoggedStep[];
  readonly place: Place;
  readonly since?: Instant;
}

/** How to read the charts below it: what the marks stand for, so that a harder step does not read as getting worse. */
export function ChartKey({ steps, place, since }: ChartKeyProps) {
  const several = new Set(steps.map(({ stepKey }) => stepKey)).size > 1;
  if (!several && since === undefined) return null;
  return (
    <p className="quiet chart-key">
      {several ? 'An upright line marks where a step was logged first: a harder step may well start higher. ' : ''}
      {since === undefined ? '' : `Shaded: since ${writeDay(since, place)}.`}
    </p>
  );
}
