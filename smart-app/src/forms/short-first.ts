import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import { linkIdsOf } from '../../../src/homework/log/line-words.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { SafetyDeclaration } from '../../../src/homework/safety/safety-signal.ts';
import { type Field, questionsOf } from './read-questionnaire.ts';

/** What a version of a kind declares of its questions. */
export interface DeclaredQuestions {
  readonly summary?: readonly SummaryLine[] | undefined;
  readonly behaviourLinkId?: string | undefined;
  readonly predictionParts?: PredictionParts | undefined;
  readonly safety?: readonly SafetyDeclaration[] | undefined;
}

export interface ShortFirst {
  readonly short: readonly Field[];
  /** Questions that can be left out, opened on wish; empty: there is nothing worth hiding. */
  readonly more: readonly Field[];
  /** Words that stand at the end. */
  readonly end: readonly Field[];
}

/** To hide fewer than these saves nobody anything, and tears apart what is read together. */
const worthHiding = 3;

/**
 * The questions of the short version: those that are needed, those that a summary reads, the prediction (which is locked once
 * its outcome is written), whether it was done, what raises a safety signal; and those on which one of these depends.
 */
export function coreQuestions(fields: readonly Field[], declared: DeclaredQuestions): ReadonlySet<string> {
  const named = new Set([
    ...(declared.summary ?? []).flatMap(linkIdsOf),
    ...(declared.behaviourLinkId === undefined ? [] : [declared.behaviourLinkId]),
    ...(declared.predictionParts?.predictions ?? []),
    ...(declared.safety ?? []).map(({ linkId }) => linkId),
  ]);
  const questions = questionsOf(fields);
  const core = new Set(
    questions.filter(({ required, linkId }) => required || named.has(linkId)).map(({ linkId }) => linkId),
  );
  let before = -1;
  while (core.size > before) {
    before = core.size;
    for (const { linkId, asks, fields: inner } of questions) {
      if (core.has(linkId)) for (const asked of asks) core.add(asked.linkId);
      else if (questionsOf(inner).some((question) => core.has(question.linkId))) core.add(linkId);
    }
  }
  return core;
}

/** A page's questions, those of the short version first; each stands once, in its group and in the questionnaire's order. */
export function shortFirst(fields: readonly Field[], core: ReadonlySet<string>): ShortFirst {
  const isCore = ({ linkId }: Field) => core.has(linkId);
  const rest = questionsOf(fields).filter(
    (question) => !isCore(question) && !questionsOf(fields).some((other) => isCore(other) && holds(other, question)),
  );
  const whole = { short: fields, more: [], end: [] };
  if (rest.length < worthHiding || !questionsOf(fields).some(isCore)) return whole;
  const last = fields.findLastIndex(({ type }) => type !== 'display');
  const [body, end] = [fields.slice(0, last + 1), fields.slice(last + 1)];
  return { short: pick(body, isCore), more: pick(body, (field) => !isCore(field)), end };
}

const holds = (question: Field, other: Field): boolean => questionsOf(question.fields).includes(other);

/** The questions that are wanted, each with the words before it; a group without one is left out. */
function pick(fields: readonly Field[], wanted: (field: Field) => boolean): readonly Field[] {
  const picked: Field[] = [];
  let words: Field[] = [];
  for (const field of fields) {
    if (field.type === 'display') {
      words.push(field);
      continue;
    }
    const inner = field.type === 'group' ? pick(field.fields, wanted) : field.fields;
    if (field.type === 'group' ? inner.length > 0 : wanted(field)) picked.push(...words, { ...field, fields: inner });
    words = [];
  }
  return picked;
}
