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

/** An interaction that a statement and practice disagree about, with the evidence. */
export interface InteractionTrait {
  readonly type: string;
  readonly interaction: 'create' | 'update';
  /** A clause for the integration analyst: `answers only questionnaires that Epic itself assigned`. */
  readonly because: string;
  /** Where that is known from: a document, or the refusal that we saw and when. */
  readonly source: string;
}

/** How a note may be written. */
export type NoteFormat = 'text/plain' | 'application/xhtml+xml' | 'application/pdf';

/** What is known of a vendor beyond its statement; a new vendor is a file in `src/ehr/vendors`. */
export interface VendorTraits {
  /** As `vendor` of TENANTS_FILE names it. */
  readonly vendor: string;
  /** As people name it. */
  readonly title: string;
  /** Advertised, but refused when an app like ours tries. */
  readonly refuses: readonly InteractionTrait[];
  /** Categories of Observation an app may file; absent: any. */
  readonly observationCategories?: readonly string[];
  /** True when an Observation must be in a final state to be filed on its own. */
  readonly finalObservationsOnly: boolean;
  /** True when an Observation is a flowsheet row that the customer builds: only codes of `observationRows` can be filed. */
  readonly observationRowsOnly: boolean;
  /** Types whose create must name an encounter that exists. */
  readonly needsEncounter: readonly string[];
  /** What a note may be attached as; the first is text/plain, which carries our mark. */
  readonly noteFormats: readonly NoteFormat[];
  /** Whose token is assumed to write where neither the server nor anybody else says which scopes are granted. */
  readonly unlistedScopes: 'system' | 'delegated';
}

/** Our Observation codes as the customer's own rows: `{"suds-peak": {system, code}}`. */
export type ObservationRows = Readonly<
  Record<string, { readonly system: string; readonly code: string; readonly display?: string | undefined }>
>;

/** Whom people call when a safety signal can reach no chart. */
export interface SafetyRoute {
  readonly name: string;
  readonly phone?: string | undefined;
}

/** What a site decided for itself, against or beyond what its EHR could do. */
export type SiteOverrides = Partial<Record<Artefact, { readonly landing: Landing; readonly because: string }>>;
