import type { EhrFailure } from './ehr-failure.ts';
import type { FhirJson } from './fhir-json.ts';

/** A resource that was read, with the version it has in the EHR. */
export interface ReadResource {
  readonly ok: true;
  readonly resource: FhirJson;
  readonly version?: string;
}

export type ReadAnswer = ReadResource | { readonly ok: false; readonly failure: EhrFailure };
