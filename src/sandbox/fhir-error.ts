/** One OperationOutcome.issue: what is wrong and where. */
export interface Issue {
  severity: 'fatal' | 'error' | 'warning' | 'information';
  code: string;
  diagnostics?: string;
  details?: { text?: string; coding?: { code: string }[] };
  expression?: string[];
}

/** An OperationOutcome as answered to a client. */
export interface OperationOutcome {
  resourceType: 'OperationOutcome';
  issue: Issue[];
}

/** A refusal: the HTTP status and the issues the client is told. */
export class FhirError extends Error {
  override name = 'FhirError';
  readonly status: number;
  readonly issues: readonly Issue[];
  /** Extra response headers, e.g. WWW-Authenticate. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, issues: readonly Issue[], headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${issues[0]?.code ?? 'error'}`);
    this.status = status;
    this.issues = issues;
    this.headers = headers;
  }
}

/** A FhirError with one issue of severity error. */
export function refuse(status: number, code: string, diagnostics: string, expression?: string): FhirError {
  return new FhirError(status, [
    { severity: 'error', code, diagnostics, ...(expression === undefined ? {} : { expression: [expression] }) },
  ]);
}

/** The OperationOutcome that carries these issues. */
export function operationOutcome(issues: readonly Issue[]): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [...issues] };
}
