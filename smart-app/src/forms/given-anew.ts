import type { DraftSaid } from '../../../src/homework/log/merge-drafts.ts';
import { sameAnswer } from '../../../src/homework/log/same-answer.ts';
import type { SafetyDeclaration } from '../../../src/homework/safety/safety-signal.ts';
import { isRisk } from '../plan/risk.ts';
import type { DraftCopy } from '../session/draft-copy.ts';

/**
 * Which risk answers were given since the service last took them, also where they say what it has: taken back and given again
 * within a pause of typing or without a connection, an answer is meant anew, and whoever has closed its signal hears of it again.
 */
export function givenAnew(
  { answers, others, anew = [] }: DraftCopy,
  change: Partial<Pick<DraftCopy, 'answers' | 'others'>>,
  asked: readonly SafetyDeclaration[] = [],
): readonly string[] | undefined {
  const now = change.answers;
  if (now === undefined) return anew.length === 0 ? undefined : anew;
  const kept = asked.flatMap(({ linkId, test }) => {
    if (!isRisk(now[linkId], test)) return [];
    // chosen from two answers, it is given anew as well
    const isGiven =
      !sameAnswer(now[linkId], answers[linkId]) ||
      (change.others !== undefined && change.others.answers[linkId]?.length !== others?.answers[linkId]?.length);
    return isGiven || anew.includes(linkId) ? [linkId] : [];
  });
  return kept.length === 0 ? undefined : [...new Set(kept)];
}

/** What a draft began from, but for the answers that were given anew: they are its own change, though they say the same. */
export function withoutGivenAnew(base: DraftSaid, { answers, anew = [] }: DraftCopy): DraftSaid {
  if (anew.length === 0) return base;
  const differs = (linkId: string, value: unknown) => !anew.includes(linkId) || !sameAnswer(value, answers[linkId]);
  return {
    ...base,
    answers: Object.fromEntries(Object.entries(base.answers).filter(([linkId, value]) => differs(linkId, value))),
    ...(base.others === undefined
      ? {}
      : {
          others: {
            ...base.others,
            answers: Object.fromEntries(
              Object.entries(base.others.answers).map(([linkId, waiting]) => [
                linkId,
                waiting.filter((value) => differs(linkId, value)),
              ]),
            ),
          },
        }),
  };
}
