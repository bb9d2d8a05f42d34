import { isEhrReference } from '../../homework/ehr-id.ts';
import { sameAddress } from '../../homework/same-address.ts';
import type { SmartTenant } from './smart-tenant.ts';

/** `Practitioner/17` for a reference into this EHR, relative or absolute; undefined for any other. */
export function localReference({ fhirBase }: Pick<SmartTenant, 'fhirBase'>, text: string): string | undefined {
  if (isEhrReference(text)) return text;
  const [, base = '', reference = ''] = /^(.*)\/([^/]+\/[^/]+)$/.exec(text) ?? [];
  return isEhrReference(reference) && sameAddress(base, fhirBase) ? reference : undefined;
}
