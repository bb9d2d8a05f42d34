import type { Artefact } from '../../../homework/model.ts';

/** How the EHR and one ledger row disagree. */
export const differenceKinds = [
  /** Nothing stands where it stood, and no search leads to it. */
  'missing',
  /** It says something else than what was sent. */
  'altered',
  /** It says the same, with another status. */
  'status',
  /** Somebody has marked it there as a mistake. */
  'entered-in-error',
  /** It says what was sent, in a version that is not ours. */
  'newer-version',
  /** More than one stands there under our identifier or mark. */
  'doubled',
  /** It stands elsewhere than where it stood. */
  'refiled',
  /** What stands in its place is about another patient, or does not say about whom. */
  'other-patient',
  /** Something else of ours stands in its place. */
  'other-resource',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** What keeps a row from being compared: told, and no difference. */
export const uncheckedKinds = [
  /** Sent without a clear end, or under review: delivery looks for it by itself. */
  'unsettled',
  /** The EHR does not let the service read it. */
  'unreadable',
] as const;
export const findingKinds = [...differenceKinds, ...uncheckedKinds] as const;
export type FindingKind = (typeof findingKinds)[number];

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
