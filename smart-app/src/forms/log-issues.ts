import type { DraftCopy } from '../session/draft-copy.ts';
import { type AnswerIssue, checkAnswers, timeOfLog } from './check-answers.ts';
import { changedIn, undecided } from './draft-said.ts';
import { type Field, questionsOf } from './read-questionnaire.ts';
import { stillToCome } from './refused-parts.ts';
import { whenWords } from './when-field.tsx';

export const twoAnswers = 'You gave two answers to this. Choose one, or put them together.';
export const cameMeanwhile =
  'What you wrote in another tab or on another device has just come to this. Look at it, and send it then.';
const justCame = 'This has just come from another tab or device.';

interface Looked {
  readonly now: DraftCopy;
  /** As the page showed it when somebody sent it. */
  readonly before: DraftCopy;
  /** What is wrong with its time, among other things. */
  readonly time: readonly AnswerIssue[];
}

/** What keeps a log from being sent, and, as `news`, whether something has come to it that nobody has looked at yet. */
export function issuesOf(
  fields: readonly Field[],
  { now, before, time }: Looked,
): { readonly issues: readonly AnswerIssue[]; readonly news: boolean } {
  const wrong = [
    // what the service refused it says anew when it is asked anew
    ...time.filter(({ problem }) => problem === stillToCome),
    ...checkAnswers(fields, now.answers, true),
    ...undecided(fields, now).map(({ linkId }) => ({ linkId, problem: twoAnswers })),
  ];
  const changed = changedIn(fields, before, now);
  const news = changed
    .filter((part) => wrong.every(({ linkId }) => linkId !== part))
    .map((linkId) => ({ linkId, problem: justCame }));
  return { issues: [...wrong, ...news], news: changed.length > 0 };
}

/** The words by which each part of a form is known: its questions by their linkIds, and its time. */
export function namesIn(fields: readonly Field[]): ReadonlyMap<string, string> {
  return new Map([[timeOfLog, whenWords], ...questionsOf(fields).map(({ linkId, text }) => [linkId, text] as const)]);
}
