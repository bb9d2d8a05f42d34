import type { Instant } from '../values.ts';
import { sameAnswer, standsIn } from './same-answer.ts';

/** What waits beside a log that was written in two places: other answers to the same items, and other times. */
export interface OtherAnswers {
  /** By linkId; each of them is a whole answer. */
  readonly answers: Readonly<Record<string, readonly unknown[]>>;
  readonly performedAt: readonly Instant[];
}

/** What a log says while it is written, its answers by linkId. */
export interface DraftSaid {
  /** Absent: nobody has said yet when it happened. */
  readonly performedAt?: Instant | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
  readonly others?: OtherAnswers | undefined;
}

export interface MergeDrafts {
  /** What both began from. */
  readonly base: DraftSaid;
  readonly theirs: DraftSaid;
  readonly mine: DraftSaid;
  /** Whether an item is answered in free text. */
  readonly isText: (linkId: string) => boolean;
}

export const nothingSaid: DraftSaid = { answers: {}, withheld: [] };

/**
 * Joins what two places have made of one log since `base`: item by item, what only one has changed is as that one has it; what
 * both have changed differently is kept twice, the second in `others`. So nothing that was written is lost but what a writer,
 * having seen it, took out. A text that stands whole in another is not kept beside it.
 *
 * What of an item is mine comes first: apart from that order, the two places can be exchanged.
 * What one place keeps private stays so; it is shared again only where somebody who saw all of it has chosen that.
 */
export function mergeDrafts({ base, theirs, mine, isText }: MergeDrafts): DraftSaid {
  const answers: Record<string, unknown> = {};
  const others: Record<string, readonly unknown[]> = {};
  for (const linkId of linkIdsIn(mine, theirs)) {
    const [of, to, by] = [answersTo(base, linkId), answersTo(theirs, linkId), answersTo(mine, linkId)];
    const [first, ...rest] = withoutRepeated(mergeValues(of, to, by), isText(linkId));
    if (first !== undefined) answers[linkId] = first;
    if (rest.length > 0) others[linkId] = rest;
  }
  const times = withoutRepeated(mergeValues(timesOf(base), timesOf(theirs), timesOf(mine)), false);
  const [performedAt, ...otherTimes] = times;
  const settled = Object.keys(others).length === 0 && otherTimes.length === 0;
  return {
    ...(performedAt === undefined ? {} : { performedAt }),
    answers,
    withheld: mergeWithheld({ base, theirs, mine, isText }),
    ...(settled ? {} : { others: { answers: others, performedAt: otherTimes } }),
  };
}

/**
 * What a place began from that has sent several versions of which it does not know whether they arrived: none of them is news
 * to it. Where they disagree on what is kept private, what it says now is its own change, whichever of them arrived.
 */
export function begunFrom(versions: readonly DraftSaid[], now: DraftSaid): DraftSaid {
  const [only] = versions;
  if (only === undefined) return nothingSaid;
  if (versions.length === 1) return only;
  // what stands in all of them is known; of the rest, what it has no longer was taken out, and what it has still is new
  const known = <Value>(of: (draft: DraftSaid) => readonly Value[]): readonly Value[] => {
    const all = withoutRepeated(versions.flatMap(of), false);
    return all.filter((value) => versions.every((version) => has(of(version), value)) || !has(of(now), value));
  };
  const answers = linkIdsIn(...versions).map((linkId) => [linkId, known((draft) => answersTo(draft, linkId))] as const);
  return {
    answers: {},
    withheld: known(({ withheld }) => withheld),
    others: {
      answers: Object.fromEntries(answers.filter(([, all]) => all.length > 0)),
      performedAt: known(timesOf),
    },
  };
}

/** Whether two versions say the same, in whatever order. What is kept private of items without an answer does not count. */
export function saysSame(one: DraftSaid, other: DraftSaid): boolean {
  const sameWithheld = (linkId: string) => one.withheld.includes(linkId) === other.withheld.includes(linkId);
  return (
    sameSet(timesOf(one), timesOf(other)) &&
    linkIdsIn(one, other).every((linkId) => {
      const [answers, others] = [answersTo(one, linkId), answersTo(other, linkId)];
      return sameSet(answers, others) && (answers.length === 0 || sameWithheld(linkId));
    })
  );
}

/** Every answer that there is to an item, the one that stands first; blank ones are none. */
export function answersTo({ answers, others }: DraftSaid, linkId: string): readonly unknown[] {
  const standing = Object.hasOwn(answers, linkId) ? [answers[linkId]] : [];
  const waiting = others !== undefined && Object.hasOwn(others.answers, linkId) ? others.answers[linkId] : [];
  return [...standing, ...(waiting ?? [])].filter(isWritten);
}

function linkIdsIn(...drafts: readonly DraftSaid[]): readonly string[] {
  const all = drafts.flatMap(({ answers, others }) => [...Object.keys(answers), ...Object.keys(others?.answers ?? {})]);
  return [...new Set(all)];
}

function timesOf({ performedAt, others }: DraftSaid): readonly Instant[] {
  const times = [...(performedAt === undefined ? [] : [performedAt]), ...(others?.performedAt ?? [])];
  return times.map((time) => (Number.isNaN(Date.parse(time)) ? time : new Date(time).toISOString()));
}

/** What both still have, and what either has new: what one of them took out is gone, unless the other has changed it. */
function mergeValues<Value>(
  base: readonly Value[],
  theirs: readonly Value[],
  mine: readonly Value[],
): readonly Value[] {
  const stays = (value: Value, there: readonly Value[]) => has(there, value) || !has(base, value);
  return [...mine.filter((value) => stays(value, theirs)), ...theirs.filter((value) => stays(value, mine))];
}

/** Each once, and no text that stands in another of them: the longer one comes in its place. */
function withoutRepeated<Value>(values: readonly Value[], areTexts: boolean): readonly Value[] {
  const within = (value: Value, other: Value) => areTexts && standsIn(value, other);
  return values.reduce<readonly Value[]>((kept, value) => {
    if (kept.some((other) => sameAnswer(value, other) || within(value, other))) return kept;
    const place = kept.findIndex((other) => within(other, value));
    const rest = kept.filter((other) => !within(other, value));
    return place < 0 ? [...rest, value] : rest.toSpliced(place, 0, value);
  }, []);
}

function mergeWithheld({ base, theirs, mine, isText }: MergeDrafts): readonly string[] {
  const named = new Set([...theirs.withheld, ...mine.withheld]);
  return [...named].sort().filter((linkId) => {
    const here = mine.withheld.includes(linkId);
    if ((here && theirs.withheld.includes(linkId)) || !base.withheld.includes(linkId)) return true;
    // one place shares it from now on, and can't have meant what the other has written under that cover since
    const [covered, seen] = here ? [mine, [base, theirs]] : [theirs, [base, mine]];
    return hasUnseen(covered, { linkId, seen, isText });
  });
}

interface Unseen extends Pick<MergeDrafts, 'isText'> {
  readonly linkId: string;
  readonly seen: readonly DraftSaid[];
}

/** Whether an item has an answer that stands in none of those; of a group, whose items are not known here, any item. */
function hasUnseen(draft: DraftSaid, { linkId, seen, isText }: Unseen): boolean {
  const asked = linkIdsIn(draft, ...seen).includes(linkId) ? [linkId] : linkIdsIn(draft);
  return asked.some((item) => {
    const known = seen.flatMap((other) => answersTo(other, item));
    const isKnown = (answer: unknown) =>
      known.some((other) => sameAnswer(answer, other) || (isText(item) && standsIn(answer, other)));
    return !answersTo(draft, item).every(isKnown);
  });
}

const has = (values: readonly unknown[], value: unknown): boolean => values.some((other) => sameAnswer(value, other));

function sameSet(values: readonly unknown[], others: readonly unknown[]): boolean {
  return values.every((value) => has(others, value)) && others.every((value) => has(values, value));
}

function isWritten(answer: unknown): boolean {
  if (answer === undefined || answer === null) return false;
  if (typeof answer === 'string') return answer.trim() !== '';
  return !Array.isArray(answer) || answer.length > 0;
}
