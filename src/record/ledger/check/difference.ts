import type { FindingKind } from '../../../homework/ledger/finding-kind.ts';
import type { Artefact } from '../../../homework/model.ts';

/** What a check found about one ledger row: ids, places and our own words, never what a resource says. */
export interface Finding {
  readonly artefact: Artefact;
  readonly id: string;
  readonly kind: FindingKind;
  /** Where the ledger knows it: `Task/17`. */
  readonly reference: string | null;
  /** What else stands there, where it stands now. */
  readonly others: readonly string[];
  /** The version that stands there. */
  readonly version: string | null;
  readonly detail: string;
  /** Whether a repair may touch it; else a person is told. */
  readonly repairable: boolean;
}
