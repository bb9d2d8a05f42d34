import type { Log } from '../model.ts';
import { linkIdsOf } from './line-words.ts';
import { readAnswer, shareableItems } from './read-answer.ts';
import { type ScoreDeclaration, scoreReads } from './score.ts';
import type { SummaryLine } from './summary-line.ts';

/** Whether a line of a log's summary tells of something that the patient does not share: an answer, a group around it, a part of a score. */
export function isLineKept(
  line: SummaryLine,
  { items, withheld }: Pick<Log, 'items' | 'withheld'>,
  scores: readonly ScoreDeclaration[] = [],
): boolean {
  const read = linkIdsOf(line).flatMap((linkId) => {
    const score = scores.find((score) => score.linkId === linkId);
    return score === undefined ? [linkId] : [...scoreReads(score, scores)];
  });
  const shared = shareableItems(items, withheld);
  return read.some(
    (linkId) =>
      withheld.includes(linkId) ||
      (readAnswer(items, linkId) !== undefined && readAnswer(shared, linkId) === undefined),
  );
}
