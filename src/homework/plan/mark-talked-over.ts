import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Instant, PlanState } from '../model.ts';
import { replaceById } from '../replace-in-state.ts';

/**
 * Notes that a barrier was talked over; the first time stands, so a repeat returns the same state.
 * @throws IntersessionError `unknown-artefact`
 */
export function markTalkedOver(state: PlanState, command: { readonly barrierId: string }, at: Instant): PlanState {
  const barrier = state.barriers.find(({ id }) => id === command.barrierId);
  if (barrier === undefined)
    throw new IntersessionError(
      'unknown-artefact',
      { artefact: 'barrier', id: command.barrierId },
      'no barrier has this id',
    );
  if (barrier.talkedOverAt !== undefined) return state;
  return { ...state, barriers: replaceById(state.barriers, { ...barrier, talkedOverAt: at }) };
}
