import type { Plan } from '../model.ts';

/** Which edition of a plan's own words this is, from 1. */
export function planRevision({ changes = [] }: Pick<Plan, 'changes'>): number {
  return changes.length + 1;
}
