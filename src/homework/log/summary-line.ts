/** One line of a log's summary, as data, so that a report, a page and a chart read the same words. */
export type SummaryLine =
  /** `Belief 85 to 70 %` */
  | {
      readonly type: 'change';
      readonly label: string;
      readonly before: string;
      readonly after: string;
      readonly unit: string;
    }
  /** `SUDS before 50, peak 65, after 30` */
  | {
      readonly type: 'points';
      readonly label: string;
      readonly linkIds: readonly string[];
      readonly names: readonly string[];
    }
  /** `Self-censored 4 times` */
  | { readonly type: 'value'; readonly label: string; readonly linkId: string; readonly unit?: string }
  /** `Predicted: "they will laugh" (80 % likely)` */
  | {
      readonly type: 'text';
      readonly label: string;
      readonly linkId: string;
      readonly likelihoodLinkId?: string;
      /** What was expected, and what came: the pair is read side by side. */
      readonly part?: 'prediction' | 'outcome';
    };
