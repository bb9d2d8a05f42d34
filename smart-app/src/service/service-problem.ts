import type { ProblemIssue } from '../../../src/contract/problem.ts';

/**
 * Why a call did not do what was asked: the service's own code (`session-expired`, `invalid-answer`, …),
 * or `offline` when no answer came at all.
 */
export class ServiceProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly issues: readonly ProblemIssue[];

  constructor(code: string, status: number, detail: string, issues: readonly ProblemIssue[] = []) {
    super(detail);
    this.name = 'ServiceProblem';
    this.code = code;
    this.status = status;
    this.issues = issues;
  }
}

/** The problem behind anything that was thrown. */
export function problemOf(error: unknown): ServiceProblem {
  return error instanceof ServiceProblem ? error : new ServiceProblem('internal', 0, 'Something unexpected happened.');
}
