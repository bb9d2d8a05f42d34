import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { type UnlockHeldBy, unlockHeldBy } from '../../../src/homework/plan/unlock-held-by.ts';

/** What keeps the steps of this plan locked, by hand, too: then nobody is offered to unlock one. */
export function unlockHeld({ safety }: Pick<PatientHomework, 'safety'>, { plan }: PlanView): UnlockHeldBy | undefined {
  return unlockHeldBy(plan, safety?.open.length ?? 0);
}
