import { FhirError, refuse } from '../fhir-error.ts';

const PAGE = 'What real EHRs let a third-party app write';

/** Makes a vendor's refusals: each names whose behaviour it is and where that is known from. */
export function refusalsOf(vendor: string) {
  return (status: number, code: string, words: string, expression?: string): FhirError =>
    refuse(status, code, sourced(vendor, words), expression);
}

/** A refusal that carries the vendor's own error number as well. */
export function numberedRefusal(
  vendor: string,
  { number, text, expression }: { number: string; text: string; expression: string },
): FhirError {
  return new FhirError(422, [
    {
      severity: 'error',
      code: 'business-rule',
      details: { coding: [{ code: number }], text },
      diagnostics: sourced(vendor, `${number}, ${text}`),
      expression: [expression],
    },
  ]);
}

function sourced(vendor: string, words: string): string {
  return `${vendor}: ${words} (source: "${PAGE}", ${vendor})`;
}
