import type { LedgerKey } from './ledger-row.ts';

/** What a resource that stands in the EHR has that the row's does not: never what it says. */
export type Mismatch = 'type' | 'identifier' | 'patient';

/** What stands in the EHR at one place, held against a ledger row. */
export type PlaceAnswer =
  /** The EHR could not be asked now. */
  | { readonly answer: 'unreachable' }
  /** The EHR does not let us read there, or says what is no resource of that type. */
  | { readonly answer: 'unreadable'; readonly status?: number | undefined }
  | { readonly answer: 'absent' }
  | { readonly answer: 'other'; readonly differs: readonly Mismatch[] }
  | { readonly answer: 'own'; readonly version?: string | undefined };

/** Where in the EHR a ledger row's resource stands. */
export type WhereAnswer =
  | { readonly answer: 'unreachable' }
  | { readonly answer: 'nowhere' }
  /** No search of this EHR could tell. */
  | { readonly answer: 'cannot-tell' }
  | { readonly answer: 'found'; readonly references: readonly string[] };

/** Reads the EHR for a decision about one ledger row. Nothing of it throws because the EHR is down. */
export interface ChartReader {
  /** What stands at `reference`. Its own: of the type that the row lands as, under its identifier or mark, about its patient. */
  placeOf(tenantId: string, key: LedgerKey, reference: string): Promise<PlaceAnswer>;
  /** Whether the row's resource stands where the ledger knows it, or anywhere else that a search leads to. */
  whereIs(tenantId: string, key: LedgerKey): Promise<WhereAnswer>;
}
