import type { Questionnaire } from 'fhir/r4';
import { checkValue } from '../../fhir/answers/check-value.ts';
import { indexItems } from '../../fhir/answers/index-items.ts';
import { readValue } from '../../fhir/answers/read-value.ts';
import { hasCode, type IntersessionError } from '../../foundation/intersession-error.ts';
import { flatAnswers } from '../../homework/log/flat-answers.ts';
import { answersTo, type DraftSaid, mergeDrafts, type OtherAnswers } from '../../homework/log/merge-drafts.ts';
import { sameAnswer } from '../../homework/log/same-answer.ts';
import type { AnswerItem, Log } from '../../homework/model.ts';
import { invalidRequest } from '../../homework/replace-in-state.ts';
import { readLogItems, refuseIssues } from './read-log-items.ts';
import { toInstant } from './to-instant.ts';

/** A draft as its writer sends it. */
export interface GivenDraft {
  /** With offset; absent: not said yet. */
  readonly performedAt?: string | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
  /** What waits for the writer's choice, and answers that do not apply beside the others just now. */
  readonly others?: OtherAnswers | undefined;
  /** linkIds of answers that were given anew since it was last saved, though they may say what they said. */
  readonly anew?: readonly string[] | undefined;
}

/** A draft after two places were joined, as it is to be kept. */
export interface MergedDraft {
  readonly said: DraftSaid;
  readonly items: readonly AnswerItem[];
  /** What the writer has just written: also what waits from now on, as something else stands there. */
  readonly written: readonly AnswerItem[];
}

/** More answers than these that wait for one item are taken from nobody: so often nobody writes in two places. */
const mostOthers = 20;

/** What a log says, as drafts are joined. */
export function saidIn({ performedAt, timeOpen, items, withheld, others }: Log): DraftSaid {
  return {
    ...(timeOpen ? {} : { performedAt }),
    answers: flatAnswers(items, []),
    withheld,
    ...(others === undefined ? {} : { others }),
  };
}

/** What was sent, spelt as the record spells it. @throws `invalid-answer`, `invalid-request` */
export function saidBy(questionnaire: Questionnaire, given: GivenDraft): DraftSaid {
  const { performedAt, others } = given;
  return {
    ...(performedAt === undefined ? {} : { performedAt: toInstant(performedAt, 'performedAt') }),
    answers: flatAnswers(readGiven(questionnaire, given), []),
    withheld: given.withheld,
    ...(others === undefined ? {} : { others: readOthers(questionnaire, others) }),
  };
}

/**
 * Joins what a writer sends with what is kept, since what the writer began from. What does not apply beside the answers that
 * stand then waits with the others, for no word of it is to be lost.
 * @throws `invalid-answer` for what was sent; `invalid-request` when too much waits
 */
export function mergeDraft(
  questionnaire: Questionnaire,
  { kept, base, given }: { readonly kept: Log; readonly base: DraftSaid; readonly given: GivenDraft },
): MergedDraft {
  const index = indexItems(questionnaire);
  const isText = (linkId: string) => ['string', 'text'].includes(index.get(linkId)?.item.type ?? '');
  const standing = saidIn(kept);
  const sent = saidBy(questionnaire, given);
  const merged = mergeDrafts({ base, theirs: sent, mine: standing, isText });
  const { said, items } = fitting(questionnaire, merged);
  if (Object.values(said.others?.answers ?? {}).some((waiting) => waiting.length > mostOthers))
    throw invalidRequest('answers', `differ from more than ${mostOthers} others that wait for one question`);
  // what stands is nothing new, nor what was there when its writer began; what waits may be said anew, and be meant so
  const isNew = (linkId: string, answer: unknown) =>
    given.anew?.includes(linkId) || ![standing, base].some(({ answers }) => sameAnswer(answers[linkId], answer));
  return { said, items, written: onlyNew(readGiven(questionnaire, given), isNew) };
}

function readGiven(questionnaire: Questionnaire, { answers, withheld }: GivenDraft): readonly AnswerItem[] {
  return readLogItems(questionnaire, { answers }, { complete: false, withheld }).items ?? [];
}

/**
 * What waits, read answer by answer: whether it applies beside what stands now is of no matter.
 * @throws `invalid-answer`, `invalid-request`
 */
function readOthers(questionnaire: Questionnaire, { answers, performedAt }: OtherAnswers): OtherAnswers {
  const index = indexItems(questionnaire);
  const readOther = (linkId: string, given: unknown): unknown => {
    const item = index.get(linkId)?.item;
    const values = (Array.isArray(given) ? given : [given]).map((value) => item && readValue(item, value));
    const read = values.filter((value) => value !== undefined);
    const fits = item !== undefined && read.every((value) => checkValue(item, value) === undefined);
    if (!fits || read.length < values.length || (read.length > 1 && item.repeats !== true))
      refuseIssues([{ linkId, problem: 'has another answer that does not fit' }]);
    return read.length === 1 ? read[0]?.value : read.map(({ value }) => value);
  };
  return {
    answers: Object.fromEntries(
      Object.entries(answers).map(([linkId, given]) => [linkId, given.map((value) => readOther(linkId, value))]),
    ),
    performedAt: performedAt.map((time) => toInstant(time, 'others.performedAt')),
  };
}

/** What applies as items; the rest waits. @throws `invalid-answer` when that does not help */
function fitting(questionnaire: Questionnaire, merged: DraftSaid): { said: DraftSaid; items: readonly AnswerItem[] } {
  let said = merged;
  let marked = merged.withheld;
  for (;;) {
    try {
      return { said, items: readGiven(questionnaire, { answers: said.answers, withheld: marked }) };
    } catch (error) {
      if (!hasCode(error, 'invalid-answer')) throw error;
      const misfits = misfitsOf(error);
      const before = [Object.keys(said.answers).length, marked.length].join();
      // a mark of what does not apply just now stays with the draft
      marked = marked.filter((linkId) => !misfits.has(linkId));
      said = waiting(said, misfits);
      if ([Object.keys(said.answers).length, marked.length].join() === before) throw error;
    }
  }
}

function misfitsOf({ fields }: IntersessionError<'invalid-answer'>): ReadonlySet<string> {
  return new Set(fields.issues.map(({ linkId }) => linkId));
}

/** The draft with the answers to these items among those that wait. */
function waiting(said: DraftSaid, linkIds: ReadonlySet<string>): DraftSaid {
  const { answers: others = {}, performedAt = [] } = said.others ?? {};
  const moved = Object.entries(said.answers).filter(([linkId]) => linkIds.has(linkId));
  return {
    ...said,
    answers: Object.fromEntries(Object.entries(said.answers).filter(([linkId]) => !linkIds.has(linkId))),
    others: {
      answers: { ...others, ...Object.fromEntries(moved.map(([linkId]) => [linkId, answersTo(said, linkId)])) },
      performedAt,
    },
  };
}

function onlyNew(
  items: readonly AnswerItem[],
  isNew: (linkId: string, answer: unknown) => boolean,
): readonly AnswerItem[] {
  return items.map((item) => ({
    ...item,
    answers: item.answers.filter(({ value }) => isNew(item.linkId, value)),
    items: onlyNew(item.items, isNew),
  }));
}
