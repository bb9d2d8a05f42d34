import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Barrier, Instant, PlanState } from '../model.ts';
import { replaceById } from '../replace-in-state.ts';
import type { TalkedOver } from './barrier.ts';

/** Which barrier, and who talked it over. */
export interface MarkTalkedOver extends TalkedOver {
  readonly barrierId: string;
}

/**
 * Notes that a barrier was talked over, and by whom; the first time stands, so a repeat returns the same state.
 * @throws IntersessionError `unknown-artefact`
 */
export function markTalkedOver(state: PlanState, { barrierId, ...who }: MarkTalkedOver, at: Instant): PlanState {
  const barrier = barrierById(state, barrierId);
  if (barrier.talkedOverAt !== undefined) return state;
  const known = who.by === undefined && who.via === undefined ? {} : { talkedOver: who };
  return { ...state, barriers: replaceById(state.barriers, { ...barrier, talkedOverAt: at, ...known }) };
}

/**
 * Takes back that a barrier was talked over, as if it had not been noted; one that is open stays as it is.
 * @throws IntersessionError `unknown-artefact`
 */
export function takeBackTalkedOver(state: PlanState, { barrierId }: Pick<MarkTalkedOver, 'barrierId'>): PlanState {
  const { talkedOverAt, talkedOver: _who, ...barrier } = barrierById(state, barrierId);
  if (talkedOverAt === undefined) return state;
  return { ...state, barriers: replaceById(state.barriers, barrier) };
}

function barrierById({ barriers }: PlanState, barrierId: string): Barrier {
  const barrier = barriers.find(({ id }) => id === barrierId);
  if (barrier !== undefined) return barrier;
  throw new IntersessionError('unknown-artefact', { artefact: 'barrier', id: barrierId }, 'no barrier has this id');
}
