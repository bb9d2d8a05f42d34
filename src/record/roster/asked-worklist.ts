import type { WorklistFilter, WorklistSort } from '../../homework/plan/worklist-filter.ts';

export interface Worklist {
  readonly filter?: WorklistFilter;
  /** Default: `urgency`, what needs care first; `last-log`: who has had something due without a log for longest first; `adherence`: the least logged first. */
  readonly sort?: WorklistSort;
  /** Only these patients; absent: all. */
  readonly patientIds?: readonly string[];
  /** Only patients with a plan of this clinician: `Practitioner/17`. */
  readonly clinician?: string;
  /** Only patients with this in a plan’s title, and these patients. */
  readonly search?: { readonly text: string; readonly patientIds: readonly string[] };
  /** 1 to 200; default 50. */
  readonly count?: number;
  readonly after?: string;
}
