import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { LedgerView } from '../../../src/contract/app/plan-view.ts';
import type { SafetySignalView } from '../../../src/contract/app/safety.ts';

const stuck: readonly LedgerView['state'][] = ['waiting', 'rejected', 'unknown'];

/** The copies of a signal that do not come to the chart by themselves just now: each waits, was refused, or stays here. */
export function stuckCopies(
  { plans }: Pick<PatientHomework, 'plans'>,
  signal: SafetySignalView,
): readonly LedgerView[] {
  return copiesOf(plans, signal).filter(
    ({ state, landing, because }) =>
      stuck.includes(state) || (state === 'landed' && landing === 'app-only' && because?.code !== 'other-channels'),
  );
}

/** A signal's copies are named by it: `<id>`, `<id>.note`. */
export function copiesOf(plans: PatientHomework['plans'], { id }: SafetySignalView): readonly LedgerView[] {
  return plans.flatMap(({ ledger }) =>
    ledger.filter((row) => row.artefact === 'safety' && (row.id === id || row.id.startsWith(`${id}.`))),
  );
}
