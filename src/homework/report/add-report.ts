import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { EhrReference, Instant, PlanState, Report } from '../model.ts';
import { invalidRequest, replaceById } from '../replace-in-state.ts';

/** A report or addendum as it was written. */
export interface AddReport extends Pick<Report, 'addendumTo' | 'via' | 'signedBy' | 'encounter' | 'content'> {
  readonly id: string;
  /** What `nextReportVersion` said when the text was written; the text's marker names it. */
  readonly version: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly author?: EhrReference;
  /** text/plain, with the marker line last. */
  readonly text: string;
  readonly members: Report['members'];
}

/** The version the next report with this id gets: 1, or one more than the one there. */
export function nextReportVersion(state: PlanState, reportId: string): number {
  return (state.reports.find(({ id }) => id === reportId)?.version ?? 0) + 1;
}

/**
 * Files a between-session report, or the next version of one.
 * @throws IntersessionError `version-conflict` when another version was filed meanwhile; `invalid-request` for an empty
 *   period or a text without its marker
 */
export function addReport(state: PlanState, command: AddReport, at: Instant): PlanState {
  const actual = nextReportVersion(state, command.id);
  if (command.version !== actual)
    throw new IntersessionError(
      'version-conflict',
      { id: command.id, expected: command.version, actual },
      `the report's next version is ${actual}`,
    );
  const follows = command.to === command.from && state.reports.some(({ to }) => to === command.from);
  if (command.to <= command.from && !follows) throw invalidRequest('to', 'is not after the begin of the period');
  if (!command.text.trimEnd().endsWith(`[IS:${command.id}:v${command.version}]`))
    throw invalidRequest('text', 'does not end with its marker line');
  const report: Report = { ...command, planId: state.plan.id, patientId: state.plan.patientId, createdAt: at };
  return { ...state, reports: replaceById(state.reports, report) };
}
