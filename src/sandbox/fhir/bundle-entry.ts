import { FhirError, type Issue } from '../fhir-error.ts';
import type { Call } from './face-server.ts';
import type { TypeRoute } from './perform.ts';

/** One entry of a batch or transaction as understood. */
export interface BundleEntry {
  index: number;
  fullUrl: string | undefined;
  method: string;
  route: TypeRoute;
  call: Call;
}

/** Runs a step on behalf of an entry: its issues then say which entry it was. */
export function at<T>(index: number, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    const place = `Bundle.entry[${index}]`;
    const issues = error.issues.map(
      (issue): Issue => ({
        ...issue,
        diagnostics: `${place}: ${issue.diagnostics ?? ''}`,
        expression: [place, ...(issue.expression ?? [])],
      }),
    );
    throw new FhirError(error.status, issues, error.headers);
  }
}
