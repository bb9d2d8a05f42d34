import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { AnswerItem } from '../../homework/model.ts';
import type { AnswerIssue } from './answer-issue.ts';
import { checkValue, wantedAnswer } from './check-value.ts';
import { indexItems } from './index-items.ts';
import { type AnswerScopes, isEnabled } from './is-enabled.ts';

/** Tells repetitions apart for ever; short, because it ends up inside resource ids of at most 64 characters. */
export const instancePattern = /^[A-Za-z0-9-]{1,8}$/;

export interface AnswerCheck {
  /** Also ask for the required items: a finished log, not a draft. */
  readonly complete: boolean;
  /** linkIds of answers that are withheld: such an item counts as answered although it holds no value. */
  readonly withheld?: readonly string[];
}

/**
 * Everything that is wrong with a log's items by its questionnaire: unknown or misplaced items, types, limits, options,
 * repetition, items that do not apply (`enableWhen`) and, for a complete log, required ones that are missing.
 * The order of items means nothing. Empty when all is well.
 *
 * @see https://hl7.org/fhir/R4/questionnaireresponse.html
 */
export function checkAnswers(
  questionnaire: Questionnaire,
  items: readonly AnswerItem[],
  check: AnswerCheck,
): AnswerIssue[] {
  const index = indexItems(questionnaire);
  const withheld = new Set(check.withheld ?? []);
  const issues: AnswerIssue[] = [];
  const report = (linkId: string, problem: string): void => void issues.push({ linkId, problem });

  const walk = (
    definitions: readonly QuestionnaireItem[],
    given: readonly AnswerItem[],
    around: AnswerScopes,
  ): void => {
    const scopes = [given, ...around];
    const here = new Set(definitions.map((definition) => definition.linkId));
    for (const linkId of new Set(given.map((item) => item.linkId).filter((linkId) => !here.has(linkId)))) {
      report(linkId, placeProblem(index.get(linkId)?.parents));
    }
    for (const definition of definitions) {
      const repetitions = given.filter((item) => item.linkId === definition.linkId);
      const answered = repetitions.some((item) => hasContent(item) || withheld.has(item.linkId));
      const enabled = isEnabled(definition, scopes, withheld);
      if (enabled === 'no') {
        if (answered) report(definition.linkId, `does not apply here: ${conditionText(definition)}`);
        continue;
      }
      if (check.complete && enabled === 'yes' && definition.required && !answered) {
        // whoever left out a whole section is told of its questions, which they see, and not of a group, which they don't
        const more = askedWithin(definition);
        if (more === undefined) report(definition.linkId, 'must be answered');
        else walk(more, [], scopes);
      }
      for (const problem of repetitionProblems(definition, repetitions)) report(definition.linkId, problem);
      for (const item of repetitions) {
        for (const problem of itemProblems(definition, item, withheld)) report(definition.linkId, problem);
        // What is required inside counts only where its parent is there at all.
        if (hasContent(item)) walk(definition.item ?? [], item.items, scopes);
      }
    }
  };

  walk(questionnaire.item ?? [], items, []);
  return issues;
}

function hasContent(item: AnswerItem): boolean {
  return item.answers.length > 0 || item.items.length > 0;
}

/** What stands in a group, not repeated, with something in it that must be answered; undefined of all else. */
function askedWithin({ type, repeats, item }: QuestionnaireItem): readonly QuestionnaireItem[] | undefined {
  return type === 'group' && repeats !== true && item?.some((inner) => inner.required) ? item : undefined;
}

function placeProblem(parents: readonly string[] | undefined): string {
  if (!parents) return 'is not an item of this questionnaire';
  const parent = parents.at(-1);
  return parent ? `belongs under ${parent}` : 'belongs at the top level';
}

function conditionText(definition: QuestionnaireItem): string {
  const conditions = (definition.enableWhen ?? []).map((condition) => {
    const wanted =
      condition.answerBoolean ??
      condition.answerInteger ??
      condition.answerDecimal ??
      condition.answerCoding?.code ??
      condition.answerString ??
      condition.answerDate ??
      condition.answerDateTime ??
      condition.answerTime ??
      condition.answerQuantity?.value;
    return `${condition.question} ${condition.operator} ${wanted}`;
  });
  return `only when ${conditions.join(definition.enableBehavior === 'any' ? ' or ' : ' and ')}`;
}

function* repetitionProblems(definition: QuestionnaireItem, repetitions: readonly AnswerItem[]): Generator<string> {
  if (repetitions.length > 1 && !definition.repeats) yield 'occurs more than once';
  if (definition.type !== 'group') {
    if (repetitions.length > 1 && definition.repeats) yield 'must have its answers in one item';
    return;
  }
  if (!definition.repeats) return;
  const instances = repetitions.map((item) => item.instance);
  if (instances.some((instance) => instance === undefined || !instancePattern.test(instance))) {
    yield 'needs an id for each repetition: up to 8 letters, digits or hyphens';
  }
  if (new Set(instances).size < instances.length) yield 'has two repetitions with one id';
}

function* itemProblems(
  definition: QuestionnaireItem,
  item: AnswerItem,
  withheld: ReadonlySet<string>,
): Generator<string> {
  if (definition.type === 'group' || definition.type === 'display') {
    if (item.answers.length > 0) yield wantedAnswer(definition);
    return;
  }
  if (item.answers.length > 1 && !definition.repeats) yield 'takes one answer';
  if (item.answers.length === 0 && item.items.length > 0 && !withheld.has(item.linkId)) {
    yield 'must be answered, because items below it are';
  }
  for (const problem of new Set(item.answers.map((answer) => checkValue(definition, answer)))) {
    if (problem) yield problem;
  }
}
