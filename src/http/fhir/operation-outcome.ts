import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';
import type { ErrorDescription } from '../describe-error.ts';
import { errorMeanings } from '../error-status.ts';

/**
 * An error in FHIR's words: one issue for each that is known, naming its element (`expression`) or its search parameter.
 * @see https://hl7.org/fhir/R4/operationoutcome.html
 */
export function operationOutcome(described: ErrorDescription): OperationOutcome {
  const code = errorMeanings[described.code].issue;
  const severity = described.unexpected ? 'fatal' : 'error';
  const issues: OperationOutcomeIssue[] = described.issues.map(({ path, linkId, problem }) => ({
    severity,
    code,
    details: { text: described.title },
    diagnostics:
      linkId === undefined
        ? path === undefined || path === ''
          ? problem
          : `${path}: ${problem}`
        : `${linkId}: ${problem}`,
    ...(path === undefined || path === '' ? {} : { expression: [path] }),
  }));
  return {
    resourceType: 'OperationOutcome',
    issue:
      issues.length > 0
        ? issues
        : [{ severity, code, details: { text: described.title }, diagnostics: described.detail }],
  };
}
