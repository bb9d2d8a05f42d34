/** One line of a log's summary, as data, so that a report, a page and a chart read the same words. A linkId is an item's or a score's. */
export type SummaryLine =
  /** `Belief 85 to 70 %` */
  | {
      readonly type: 'change';
      readonly label: string;
      readonly before: string;
      readonly after: string;
      readonly unit: string;
      /** Names what it measures where its label may change: readings of one series run on under its latest label. */
      readonly series?: string;
    }
  /** `SUDS before 50, peak 65, after 30`: one rating in the course of a log; or several ratings: `Urges suicide 3, to drink 0` */
  | {
      readonly type: 'points';
      readonly label: string;
      readonly linkIds: readonly string[];
      readonly names: readonly string[];
      /** The one of them by which a course is measured; absent: they are no course, and each is measured by itself. */
      readonly peak?: string;
      readonly series?: string;
    }
  /** `Self-censored 4 times` */
  | {
      readonly type: 'value';
      readonly label: string;
      readonly linkId: string;
      readonly unit?: string;
      /** It is drawn over time, next to the line of this label. */
      readonly beside?: string;
    }
  /** `Predicted: "they will laugh" (80 % likely)` */
  | {
      readonly type: 'text';
      readonly label: string;
      readonly linkId: string;
      readonly likelihoodLinkId?: string;
      /** What was expected, and what came: the pair is read side by side. */
      readonly part?: 'prediction' | 'outcome';
    }
  /** `PHQ-9 14 (moderate)`: a score with the words of its band. */
  | { readonly type: 'score'; readonly label: string; readonly linkId: string; readonly series?: string }
  /** `Skills: mindfulness, opposite action`: all answers of a question that takes several, or of one in a repeating group. */
  | { readonly type: 'list'; readonly label: string; readonly linkId: string }
  /** `Asleep 6 h 40 min`: a number of minutes. */
  | { readonly type: 'minutes'; readonly label: string; readonly linkId: string; readonly series?: string }
  /** `Activity planned 20, done 25 min`: what was meant beside what came. */
  | {
      readonly type: 'pair';
      readonly label: string;
      readonly planned: string;
      readonly actual: string;
      readonly unit?: string;
      readonly series?: string;
      /** Absent: planned, done. */
      readonly names?: { readonly planned: string; readonly actual: string };
    }
  /** `Urges: self-harm 3, to drink 0`: several answers in one line, those that are there. */
  | {
      readonly type: 'items';
      readonly label: string;
      readonly items: readonly { readonly linkId: string; readonly label: string; readonly unit?: string }[];
    };
