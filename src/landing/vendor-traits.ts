import type { Artefact } from '../homework/model.ts';

/** The ways in which an artefact can reach an EHR. */
export const landings = [
  'native',
  'questionnaire-response',
  'observation',
  'note',
  'communication',
  'app-only',
] as const;
export type Landing = (typeof landings)[number];

/** An interaction that a vendor's statement and its behaviour disagree about, with the evidence. */
export interface InteractionTrait {
  readonly type: string;
  readonly interaction: 'create' | 'update';
  readonly because: string;
}

/** What is known of a vendor beyond its statement; a new vendor is a file in `src/ehr/vendors`. */
export interface VendorTraits {
  readonly vendor: string;
  /** Advertised, but refused when an app like ours tries. */
  readonly refuses: readonly InteractionTrait[];
  /** Categories of Observation an app may file; absent: any. */
  readonly observationCategories?: readonly string[];
  /** True when an Observation must be in a final state to be filed on its own. */
  readonly finalObservationsOnly: boolean;
}

/** What a site decided for itself, against or beyond what its EHR could do. */
export type SiteOverrides = Partial<Record<Artefact, { readonly landing: Landing; readonly because: string }>>;
