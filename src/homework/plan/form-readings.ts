/** Between what the readings of an item or score lie; absent: nobody says. */
export interface ReadingRange {
  readonly least?: number;
  readonly most?: number;
}

/** What the form of a step can tell a rule. */
export interface FormReadings {
  /** The readings of an item or score; undefined: it gives none, for it is no number. */
  rangeOf(linkId: string): ReadingRange | undefined;
  isScore(linkId: string): boolean;
  /** Whether it asks if what was predicted came true. */
  readonly asksPrediction: boolean;
}
