import type { Artefact } from '../artefact.ts';
import type { Sent } from '../told.ts';
import type { EhrReference, Instant } from '../values.ts';
import type { ReportContent } from './report-model.ts';

/** A clinician's own words in a report. */
export interface ClinicianPassage {
  /** The title of the section that it stands in place of; absent: a paragraph of its own. */
  readonly about?: string;
  readonly text: string;
}

/** The between-session report: what happened in a period, written for the chart. */
export interface Report extends Sent {
  readonly id: string;
  readonly planId: string;
  readonly patientId: string;
  readonly version: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly createdAt: Instant;
  readonly author?: EhrReference;
  /** The report whose period this one adds to: what came after that one was filed. */
  readonly addendumTo?: string;
  /** The clinician who signed it after a preview; absent: a draft in the chart. */
  readonly signedBy?: EhrReference;
  /** The encounter that a person chose for it. */
  readonly encounter?: EhrReference;
  /** What a clinician wrote into it before it was filed, and who; the rest is from the record. */
  readonly words?: { readonly by: EhrReference; readonly passages: readonly ClinicianPassage[] };
  /** text/plain, with the marker line last. */
  readonly text: string;
  /** The same as data, for other renderings and for addenda; FHIR carries renderings only. Absent: only its text is known. */
  readonly content?: ReportContent;
  /** What it speaks of, at which wanted version. */
  readonly members: readonly { readonly artefact: Artefact; readonly id: string; readonly version: number }[];
}
