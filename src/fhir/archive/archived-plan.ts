import type { FhirResource } from 'fhir/r4';
import type { Instant, PlanState } from '../../homework/model.ts';
import type { SafetySignal } from '../../homework/safety/safety-signal.ts';

/** What of a plan has a row of its own in the record; also the `Identified` word of its resource. */
export const archivedParts = [
  'plan',
  'assignment',
  'occurrence',
  'log',
  'barrier',
  'feedback',
  'report',
  'safety',
] as const;
export type ArchivedPart = (typeof archivedParts)[number];

/** How often a row was saved, when last, and who made and changed it: actors' keys. */
export interface RowFacts {
  readonly version: number;
  readonly updatedAt: Instant;
  readonly madeBy: string;
  readonly changedBy: string;
}

/** One change of the plan. */
export interface ChangeFacts {
  readonly version: number;
  readonly at: Instant;
  readonly actor: string;
  /** The sign-in in the app, where it was made in one. */
  readonly session?: string;
}

/** What a source system called a thing; `digest` tells its telling it again from its using the name for something else. */
export interface SourceKeyFacts {
  /** Empty: nobody in particular. */
  readonly clientId: string;
  readonly operation: string;
  readonly sourceId: string;
  readonly digest: string;
  readonly createdAt: Instant;
}

/** A resource as our endpoint holds it. */
export interface StoredResource {
  readonly resource: FhirResource;
  readonly version: number;
  readonly lastUpdated: Instant;
}

/** A safety signal that stands in the plan's ledger. */
export interface ArchivedSignal {
  readonly signal: SafetySignal;
  /** Whose plans and reports it rests on. */
  readonly owners: readonly string[];
  /** The one owner who is shown its resources; empty: none. */
  readonly shownTo: string;
}

/** All that the record holds of one plan: what an export carries, and an import brings back. */
export interface ArchivedPlan {
  readonly state: Omit<PlanState, 'openSafetySignals' | 'deceased' | 'noticed'>;
  readonly signals: readonly ArchivedSignal[];
  /** By `part/id`. */
  readonly facts: ReadonlyMap<string, RowFacts>;
  readonly changes: readonly ChangeFacts[];
  /** By the id of what was made. */
  readonly sourceKeys: ReadonlyMap<string, readonly SourceKeyFacts[]>;
  /** Why a person decided that a resource shall not stand in the EHR, by `Type/id`. */
  readonly withdrawn: ReadonlyMap<string, string>;
  /** Every resource of the plan and its signals as it stands at our endpoint. */
  readonly stored: readonly StoredResource[];
}

/** The key of a row in `facts`. */
export const factsKey = (part: ArchivedPart, id: string): string => `${part}/${id}`;
