import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { isObject } from '../../foundation/is-object.ts';
import type { AnswerItem, AnswerValue } from '../../homework/model.ts';
import type { AnswerIssue } from './answer-issue.ts';
import { type AnswerCheck, checkAnswers, instancePattern } from './check-answers.ts';
import { wantedAnswer } from './check-value.ts';
import { indexItems } from './index-items.ts';
import { readValue } from './read-value.ts';

/** Answers as the API takes them: by linkId, in any order, without the questionnaire's groups. */
export type FlatAnswers = Readonly<Record<string, unknown>>;

/**
 * Turns flat answers into a log's items and places each in its group.
 *
 * A value is a boolean, a number, a text, a date, an option's code or `{system, code}`; several answers are an array;
 * `null` is "not answered". A repeating group is an object of flat answers by the id of the repetition:
 * `{"reading": {"r1": {"suds": 60}, "r2": {"suds": 40}}}`.
 *
 * @throws IntersessionError `invalid-answer` with every issue, each naming its linkId and never what was answered
 */
export function readAnswers(
  questionnaire: Questionnaire,
  answers: FlatAnswers,
  check: AnswerCheck = { complete: false },
): AnswerItem[] {
  const issues: AnswerIssue[] = [];
  const index = indexItems(questionnaire);

  const place = (definitions: readonly QuestionnaireItem[], given: ReadonlyMap<string, unknown>): AnswerItem[] =>
    definitions.flatMap((definition) => placeItem(definition, given));

  const placeItem = (definition: QuestionnaireItem, given: ReadonlyMap<string, unknown>): AnswerItem[] => {
    const { linkId } = definition;
    if (definition.type === 'group' && definition.repeats) return placeRepetitions(definition, given.get(linkId));
    const items = place(definition.item ?? [], given);
    // a group and a display take no answer: readValues says so
    const values = readValues(definition, given.get(linkId));
    return values.length > 0 || items.length > 0 ? [{ linkId, answers: values, items }] : [];
  };

  const placeRepetitions = (definition: QuestionnaireItem, raw: unknown): AnswerItem[] => {
    const { linkId } = definition;
    if (raw === undefined) return [];
    const repetitions = isObject(raw) ? Object.entries(raw) : [];
    if (!isObject(raw) || repetitions.some(([id, inner]) => !instancePattern.test(id) || !isObject(inner))) {
      issues.push({
        linkId,
        problem: 'must be an object of repetitions, each with an id of up to 8 letters, digits or hyphens',
      });
      return [];
    }
    return repetitions.flatMap(([instance, inner]) => {
      const given = present(isObject(inner) ? inner : {});
      refuseUnknown(given, definition);
      const items = place(definition.item ?? [], given);
      return items.length > 0 ? [{ linkId, instance, answers: [], items }] : [];
    });
  };

  const readValues = (definition: QuestionnaireItem, raw: unknown): AnswerValue[] => {
    if (raw === undefined) return [];
    const values: AnswerValue[] = [];
    for (const rawValue of Array.isArray(raw) ? raw : [raw]) {
      const value = readValue(definition, rawValue);
      if (value) values.push(value);
      else issues.push({ linkId: definition.linkId, problem: wantedAnswer(definition) });
    }
    return values;
  };

  /** Answers that no item below `within` can take; those of a repeating group stand inside its repetitions. */
  const refuseUnknown = (given: ReadonlyMap<string, unknown>, within?: QuestionnaireItem): void => {
    for (const linkId of given.keys()) {
      const parents = index.get(linkId)?.parents;
      const group = parents?.findLast((parent) => isRepeatingGroup(index.get(parent)?.item));
      if (!parents) issues.push({ linkId: linkId.slice(0, 64), problem: 'is not an item of this questionnaire' });
      else if (group !== within?.linkId) {
        issues.push({ linkId, problem: group ? `belongs in a repetition of ${group}` : 'belongs at the top level' });
      }
    }
  };

  const given = present(answers);
  refuseUnknown(given);
  const items = place(questionnaire.item ?? [], given);
  const unreadable = new Set(issues.map((issue) => issue.linkId));
  issues.push(...checkAnswers(questionnaire, items, check).filter((issue) => !unreadable.has(issue.linkId)));
  if (issues.length > 0) throw invalidAnswers(questionnaire, issues);
  return items;
}

/** One error for all that is wrong with a log's answers. */
export function invalidAnswers(
  questionnaire: Questionnaire,
  issues: readonly AnswerIssue[],
): IntersessionError<'invalid-answer'> {
  const count = issues.length === 1 ? '1 answer does' : `${issues.length} answers do`;
  return new IntersessionError(
    'invalid-answer',
    { issues },
    `${count} not fit the questionnaire ${questionnaire.name ?? ''}`.trim(),
  );
}

function present(answers: FlatAnswers): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(answers).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

function isRepeatingGroup(item: QuestionnaireItem | undefined): boolean {
  return item?.type === 'group' && item.repeats === true;
}
