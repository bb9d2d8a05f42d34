import { parseLiteral, relativeOf } from '../../fhir/parse-reference.ts';
import type { SmartTenant } from './smart-tenant.ts';

/** `Practitioner/17` for a reference into this EHR, relative or absolute; undefined for any other. */
export function localReference({ fhirBase }: Pick<SmartTenant, 'fhirBase'>, text: string): string | undefined {
  const named = parseLiteral(text, { ehr: fhirBase });
  return named.form === 'local' ? relativeOf(named) : undefined;
}
