import type { LedgerView, PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Artefact } from '../../../src/homework/model.ts';

/** What a clinician calls it: what stood in the way is a measurement to the ledger alone. */
export type Sort = Artefact | 'barrier';

export const sortWords: Readonly<Record<Sort, { readonly singular: string; readonly plural: string }>> = {
  plan: { singular: 'Plan', plural: 'Plans' },
  assignment: { singular: 'Step', plural: 'Steps' },
  occurrence: { singular: 'Due time', plural: 'Due times' },
  log: { singular: 'Log', plural: 'Logs' },
  measure: { singular: 'Measurement', plural: 'Measurements' },
  adherence: { singular: 'Count of what was done', plural: 'Counts of what was done' },
  feedback: { singular: 'Message', plural: 'Messages' },
  report: { singular: 'Report', plural: 'Reports' },
  safety: { singular: 'Safety signal', plural: 'Safety signals' },
  barrier: { singular: 'What stood in the way', plural: 'Reasons that stood in the way' },
};

/** Of what sort a row is. */
export function sortOf(
  { barriers }: Pick<PlanView, 'barriers'>,
  { artefact, id }: Pick<LedgerView, 'artefact' | 'id'>,
): Sort {
  return artefact === 'measure' && barriers.some((barrier) => barrier.id === id) ? 'barrier' : artefact;
}
