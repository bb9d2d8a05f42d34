import type { Plan } from '../model.ts';

/** What keeps the steps of a plan locked, also from a clinician's hand. */
export type UnlockHeldBy = 'plan' | 'safety-signal';

/**
 * What keeps every locked step of a plan as it is: `plan`, which is on hold or no longer worked on; `safety-signal`, one that is
 * open; undefined: nothing, so a clinician can unlock one. Whoever makes the move, and every page that offers it, ask this.
 */
export function unlockHeldBy({ status }: Pick<Plan, 'status'>, openSafetySignals: number): UnlockHeldBy | undefined {
  if (status !== 'active') return 'plan';
  return openSafetySignals > 0 ? 'safety-signal' : undefined;
}
