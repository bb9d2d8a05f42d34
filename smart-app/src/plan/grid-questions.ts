import type { LogView } from '../../../src/contract/app/plan-view.ts';
import type { ScoreDeclaration } from '../../../src/homework/log/score.ts';
import { scoreOf } from '../../../src/homework/log/score-of.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';

/** A question that has a row in a grid of days. */
export interface GridQuestion {
  readonly label: string;
  readonly linkId: string;
  /** It is rated, as one of several beside each other: the first of them are what a session begins with. */
  readonly group?: string;
}

/** The questions and scores of a summary that have a row in a grid of days. What is listed or written in words has none. */
export function gridQuestions(summary: readonly SummaryLine[]): readonly GridQuestion[] {
  return summary.flatMap(inLine);
}

function inLine(line: SummaryLine): readonly GridQuestion[] {
  switch (line.type) {
    case 'points':
      return line.linkIds.map((linkId, at) => ({ linkId, label: line.names[at] ?? linkId, group: line.label }));
    case 'items':
      return line.items.map(({ linkId, label }) => ({ linkId, label, group: line.label }));
    case 'score':
    case 'value':
    case 'minutes':
      return [{ label: line.label, linkId: line.linkId }];
    case 'pair':
      return [{ label: line.label, linkId: line.actual }];
    case 'change':
      return [{ label: line.label, linkId: line.after }];
    case 'list':
    case 'text':
      return [];
  }
}

/** What a grid shows of an answer or a score: its number, `true` for a yes, or nothing. */
export function gridValue(
  { answers, items, withheld }: Pick<LogView, 'answers' | 'items' | 'withheld'>,
  linkId: string,
  scores: readonly ScoreDeclaration[] = [],
): number | true | undefined {
  const score = scores.find((declared) => declared.linkId === linkId);
  if (score !== undefined) return scoreOf(score, { items, withheld, scores });
  const answer = answers[linkId];
  return typeof answer === 'number' || answer === true ? answer : undefined;
}
