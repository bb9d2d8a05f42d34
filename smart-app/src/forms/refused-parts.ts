import type { ProblemIssue } from '../../../src/contract/problem.ts';
import type { DraftSaid } from '../../../src/homework/log/merge-drafts.ts';
import { sameAnswer } from '../../../src/homework/log/same-answer.ts';
import { isStillToCome } from '../../../src/homework/log/still-to-come.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { DraftCopy } from '../session/draft-copy.ts';
import { timeOfLog } from './check-answers.ts';

/** What the service has refused of a draft, by linkId or `timeOfLog`: the answer, and why. It counts until the answer is another. */
export type Refused = ReadonlyMap<string, { readonly value: unknown; readonly problem: string }>;

/** What stands under the field of a time at which nothing can have happened yet. */
export const stillToCome = 'This time is still to come. Put when it was, or leave it empty.';

/** Which parts of a draft can't be sent as they stand, and why: everything else is. */
export function leftOutOf(
  { answers, performedAt }: Pick<DraftCopy, 'answers' | 'performedAt'>,
  { refused, now }: { readonly refused: Refused; readonly now: Instant },
): ReadonlyMap<string, string> {
  const left = new Map<string, string>();
  for (const [part, { value, problem }] of refused) {
    const stands = part === timeOfLog ? performedAt : answers[part];
    if (stands !== undefined && sameAnswer(stands, value)) left.set(part, problem);
  }
  if (performedAt !== undefined && isStillToCome(performedAt, now)) left.set(timeOfLog, stillToCome);
  return left;
}

/** The parts of what was sent that a refusal names. */
export function refusedOf(issues: readonly ProblemIssue[], said: DraftSaid, sent: DraftCopy): Refused {
  const found = new Map<string, { readonly value: unknown; readonly problem: string }>();
  for (const { linkId, path, problem } of issues) {
    const words = `This ${problem}.`;
    if (linkId !== undefined && Object.hasOwn(said.answers, linkId))
      found.set(linkId, { value: sent.answers[linkId], problem: words });
    // what the service has had before it takes again
    if (path === 'performedAt' && said.performedAt !== undefined && said.performedAt !== sent.base?.performedAt)
      found.set(timeOfLog, { value: said.performedAt, problem: words });
  }
  return found;
}
