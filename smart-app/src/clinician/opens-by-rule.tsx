import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { lockWords, stuckLockWords } from '../words/unlock-words.ts';
import { useClinicianPages } from './clinician-context.ts';

/** By which rule a step opens that is stuck, or was locked again. */
export function OpensByRule({ step, after }: { readonly step: StepView; readonly after: 'stuck' | 'locked-again' }) {
  const { view, place } = useClinicianPages();
  return after === 'stuck' ? (
    <p className="quiet">{stuckLockWords(view, step, place)}</p>
  ) : (
    <p>Locked again. {lockWords(view, step, place)}.</p>
  );
}
