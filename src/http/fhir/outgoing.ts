import type { FhirResource } from 'fhir/r4';

/** A resource with what stands beside it: its version and when that came to be. */
export interface Outgoing {
  readonly resource: FhirResource;
  readonly version: number | string;
  readonly lastUpdated: string;
}
