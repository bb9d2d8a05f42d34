import type { Instant, PlanState } from '../model.ts';
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
  const sorted = [...state.assignments].sort((a, b) => a.step - b.step);
  const moved = sorted.find(({ id }) => id === assignmentId);
  if (moved === undefined) return state;
  const numbers = sorted.map(({ step }) => step);
  const others = sorted.filter((step) => step !== moved);
  const index = Math.max(
    0,
    Math.min(
      numbers.findIndex((number) => number >= place),
      others.length,
    ),
  );
  const last = numbers.every((number) => number < place);
  const ordered = others.toSpliced(last ? others.length : index, 0, moved);
  return ordered.reduce((next, { id, step }, index_) => {
    const number = numbers[index_] ?? step;
    if (number === step) return next;
    if (id === assignmentId && !isNew) return keepChange(next, { assignmentId, to: { step: number }, ...decided }, at);
    // a step's own design is not changed by making room for another
    return withAssignment(next, { ...assignmentById(next, id), step: number, lastModified: at });
  }, state);
}
