import type { Goal } from '../model.ts';
import type { Measure } from './measures-of.ts';

/** Whether a goal names this measure: by the item that is read, or a score by the code that its Observations have. */
export function showsGoal({ linkId, score }: Measure, { measure: named }: Pick<Goal, 'measure'>): boolean {
  if (named === undefined) return false;
  return named.code === linkId || (named.code === score?.code.code && named.system === score.code.system);
}
