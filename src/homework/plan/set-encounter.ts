import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, PlanState } from '../model.ts';
import { replaceById } from '../replace-in-state.ts';

/**
 * Names the encounter of a report that was filed without one: what it says stays as it was read.
 * @throws IntersessionError `unknown-artefact` when the plan has no such report
 */
export function setEncounter(
  state: PlanState,
  { reportId, encounter }: { readonly reportId: string; readonly encounter: EhrReference },
): PlanState {
  const report = state.reports.find(({ id }) => id === reportId);
  if (report === undefined) {
    throw new IntersessionError('unknown-artefact', { artefact: 'report', id: reportId }, 'There is no such report.');
  }
  return { ...state, reports: replaceById(state.reports, { ...report, encounter }) };
}
