/** What is wrong with one answer: names the item and the rule, never what was answered. */
export interface AnswerIssue {
  readonly linkId: string;
  readonly problem: string;
}
