import { hasCode, IntersessionError } from '../foundation/intersession-error.ts';
import { errorMeanings } from './error-status.ts';
import { HttpProblem } from './http-problem.ts';

export interface ErrorIssue {
  /** A path into the body (`assignments[2].schedule.by`), a query parameter's name, or undefined for the whole. */
  readonly path?: string;
  /** The questionnaire's item, for an answer that doesn't fit. */
  readonly linkId?: string;
  readonly problem: string;
}

/** An error as a caller may see it. */
export interface ErrorDescription {
  readonly status: number;
  readonly code: keyof typeof errorMeanings;
  readonly title: string;
  readonly detail: string;
  readonly issues: readonly ErrorIssue[];
  readonly allow: readonly string[];
  /** When the same may be tried again. */
  readonly retryAfterSeconds?: number;
  /** Ours to mend: worth a line of log with its stack. */
  readonly unexpected: boolean;
}

/** Turns whatever was thrown into what may be said of it; nothing of an unknown error leaves the house. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof IntersessionError) {
    const described = { ...meaning(error.code), detail: error.message, issues: issuesOf(error), allow: [] };
    return { ...described, ...retryAfter(error), unexpected: false };
  }
  if (error instanceof HttpProblem) {
    return {
      ...meaning(error.code),
      detail: error.message,
      issues: [],
      allow: error.allow,
      unexpected: error.code === 'internal',
    };
  }
  if (error instanceof URIError) {
    // from the router: the address holds a % that encodes nothing
    return {
      ...meaning('invalid-request'),
      detail: 'The address is not well encoded',
      issues: [],
      allow: [],
      unexpected: false,
    };
  }
  const detail = 'The error is in our log under this request id.';
  return { ...meaning('internal'), detail, issues: [], allow: [], unexpected: true };
}

function retryAfter(error: IntersessionError): { retryAfterSeconds?: number } {
  if (hasCode(error, 'rate-limited') || hasCode(error, 'database-unreachable')) {
    return { retryAfterSeconds: error.fields.retryAfterSeconds };
  }
  return errorMeanings[error.code].status === 503 ? { retryAfterSeconds: 10 } : {};
}

function meaning(code: keyof typeof errorMeanings): Pick<ErrorDescription, 'status' | 'code' | 'title'> {
  const { status, title } = errorMeanings[code];
  return { status, code, title };
}

function issuesOf(error: IntersessionError): readonly ErrorIssue[] {
  if (hasCode(error, 'invalid-answer') || hasCode(error, 'invalid-request') || hasCode(error, 'too-costly'))
    return error.fields.issues;
  if (hasCode(error, 'unknown-patient')) return [{ path: 'patientId', problem: 'is no patient that is known here' }];
  if (hasCode(error, 'unknown-kind') && error.fields.field !== undefined) {
    return [{ path: error.fields.field, problem: 'is no kind that is known here' }];
  }
  if (hasCode(error, 'schedule-never-occurs')) return [{ path: error.fields.field, problem: error.fields.problem }];
  return [];
}
