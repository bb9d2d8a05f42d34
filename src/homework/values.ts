/** A point in time in UTC, exactly as `Date.prototype.toISOString` writes it: `2026-03-02T15:00:00.000Z`. */
export type Instant = string;

/** A calendar day in the patient's own time zone: `2026-03-02`. */
export type LocalDate = string;

/** A reference into the EHR's own record as it writes it: `Practitioner/dr-okafor`. */
export type EhrReference = string;

/** A canonical with its version, always: `https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0`. */
export type VersionedCanonical = string;

/** Slug of a kind of homework; the registry in `src/kinds` says which exist. */
export type KindSlug = string;

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** An amount with the unit that the answer names; `code` is the unit's in `system`, as in UCUM. */
export interface Quantity {
  readonly value: number;
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}
