import type { EhrFailure } from './ehr-failure.ts';
import type { FhirJson } from './fhir-json.ts';

/** A write that the EHR answered with success, and with what proves it (`prove-write.ts`). */
export interface Written {
  readonly ok: true;
  readonly status: number;
  /** What the EHR sent back, if it sent anything. */
  readonly body?: FhirJson | undefined;
  /** `Task/17`; absent: the EHR says that it made it, or took it for review, and not where it stands. */
  readonly reference?: string | undefined;
  readonly version?: string | undefined;
  /** As the EHR wrote it; for 202 this is where the outcome will be. */
  readonly location?: string | undefined;
}

export type WriteAnswer =
  | Written
  | {
      readonly ok: false;
      readonly failure: EhrFailure;
      /** The EHR claims a success and does not prove it: a look there may, at this place where one is named. */
      readonly doubt?: { readonly mayStandAt?: string };
    };
