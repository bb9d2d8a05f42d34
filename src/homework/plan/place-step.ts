import type { Assignment, Instant, PlanState } from '../model.ts';
import { assignmentById, withAssignment } from '../replace-in-state.ts';
import type { Decided } from './follow-count.ts';
import { keepChange } from './keep-change.ts';

/** Puts a step at a place in the order; those between move by one, and the numbers that are in use stay the same. */
export function placeStep(
  state: PlanState,
  {
    assignmentId,
    place,
    isNew = false,
    ...decided
  }: { readonly assignmentId: string; readonly place: number; readonly isNew?: boolean } & Decided,
  at: Instant,
): PlanState {
  const { ordered, numbers } = orderWith(state, assignmentId, place);
  return ordered.reduce((next, { id, step }, index_) => {
    const number = numbers[index_] ?? step;
    if (number === step) return next;
    if (id === assignmentId && !isNew) return keepChange(next, { assignmentId, to: { step: number }, ...decided }, at);
    // a step's own design is not changed by making room for another
    return withAssignment(next, { ...assignmentById(next, id), step: number, lastModified: at });
  }, state);
}

/** The number that a step would have at that place: one behind all others is the last. */
export function placeOf(state: PlanState, assignmentId: string, place: number): number | undefined {
  const { ordered, numbers } = orderWith(state, assignmentId, place);
  return numbers[ordered.findIndex(({ id }) => id === assignmentId)];
}

/** The steps in their order with this one at that place, and the numbers in use, from the lowest. */
function orderWith(
  { assignments }: PlanState,
  assignmentId: string,
  place: number,
): { readonly ordered: readonly Assignment[]; readonly numbers: readonly number[] } {
  const sorted = [...assignments].sort((a, b) => a.step - b.step);
  const numbers = sorted.map(({ step }) => step);
  const moved = sorted.find(({ id }) => id === assignmentId);
  if (moved === undefined) return { ordered: sorted, numbers };
  const others = sorted.filter((step) => step !== moved);
  const index = numbers.findIndex((number) => number >= place);
  return { ordered: others.toSpliced(index === -1 ? others.length : index, 0, moved), numbers };
}
