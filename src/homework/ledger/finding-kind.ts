/** How the EHR and one ledger row disagree. */
export const differenceKinds = [
  /** Nothing stands where it stood, and no search leads to it. */
  'missing',
  /** It says something else than what was sent. */
  'altered',
  /** It says the same, with another status. */
  'status',
  /** As the two above, and nothing writes over it: it is signed, or the EHR takes no updates of it. */
  'beyond-repair',
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

/** What keeps a row from being compared: told, and no difference. */
export const uncheckedKinds = [
  /** Sent without a clear end, or under review: delivery looks for it by itself. */
  'unsettled',
  /** The EHR does not let the service read it. */
  'unreadable',
] as const;
export const findingKinds = [...differenceKinds, ...uncheckedKinds] as const;
export type FindingKind = (typeof findingKinds)[number];
