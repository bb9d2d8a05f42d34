import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { SafetySignalView } from '../../../src/contract/app/safety.ts';
import type { Place } from '../words/dates.ts';
import { standingWords } from '../words/standing-words.ts';
import { copiesOf, stuckCopies } from './stuck-copies.ts';

interface SignalInChartProps {
  readonly homework: PatientHomework;
  readonly signal: SafetySignalView;
  readonly place: Place;
}

/** Says in the signal's own box that its copies do not come to the chart, and why: who reads only the chart does not know of it. */
export function SignalInChart({ homework, signal, place }: SignalInChartProps) {
  const words = stuckCopies(homework, signal).map(
    (row) => standingWords({ ...row, older: false }, { now: homework.now, place }).words,
  );
  if (words.length === 0) return null;
  return (
    <p>
      <strong>{isInChart(homework, signal) ? 'Not all of it is in the chart.' : 'It is not in the chart.'}</strong>{' '}
      {[...new Set(words)].join(' ')}
    </p>
  );
}

/** Whether the chart has the signal in any form. */
function isInChart({ plans }: Pick<PatientHomework, 'plans'>, signal: SafetySignalView): boolean {
  return copiesOf(plans, signal).some(
    ({ state, landing, because }) => state === 'landed' && landing !== 'app-only' && because?.code !== 'other-channels',
  );
}
