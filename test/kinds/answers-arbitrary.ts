import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { isEnabled } from '../../src/fhir/answers/is-enabled.ts';
import { unitsOf } from '../../src/fhir/answers/units-of.ts';
import { valueLimits } from '../../src/fhir/answers/value-limits.ts';
import type { AnswerItem, AnswerValue } from '../../src/homework/model.ts';
import fc from '../fast-check.ts';

export interface AnswersArbitrary {
  /** Every required item answered; otherwise each item may be missing. */
  readonly complete: boolean;
  /** What stands in a text; default: words as people write them. */
  readonly words?: fc.Arbitrary<string>;
}

/** Text as people write it, in several scripts, with line breaks; never blank. */
const prose = fc
  .array(
    fc.constantFrom('they will laugh', 'good point', 'Zoë', '心配', '😬', '“so”', 'a\nb', '\t', '<b>', '5 < 6 & 7'),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((words) => words.join(' '))
  .filter((text) => text.trim() !== '');

/** Valid items of a log for a questionnaire, in its order; items that do not apply are left out. */
export function answersArbitrary(questionnaire: Questionnaire, options: AnswersArbitrary): fc.Arbitrary<AnswerItem[]> {
  return level(questionnaire.item ?? [], options).map((items) => dropDisabled(questionnaire.item ?? [], items));
}

function level(definitions: readonly QuestionnaireItem[], options: AnswersArbitrary): fc.Arbitrary<AnswerItem[]> {
  return fc.tuple(...definitions.map((definition) => itemOf(definition, options))).map((parts) => parts.flat());
}

function itemOf(definition: QuestionnaireItem, options: AnswersArbitrary): fc.Arbitrary<AnswerItem[]> {
  const { linkId } = definition;
  if (definition.type === 'display') return fc.constant([]);
  const below = level(definition.item ?? [], options);
  if (definition.type === 'group' && definition.repeats) {
    const group = fc.tuple(fc.stringMatching(/^[A-Za-z0-9-]{1,8}$/), below);
    return fc
      .uniqueArray(group, { selector: ([instance]) => instance, maxLength: 3 })
      .map((all) =>
        all.flatMap(([instance, items]) => (items.length > 0 ? [{ linkId, instance, answers: [], items }] : [])),
      );
  }
  if (definition.type === 'group') {
    return below.map((items) => (items.length > 0 ? [{ linkId, answers: [], items }] : []));
  }
  const answers = fc.array(arbitraryValue(definition, options), {
    minLength: 1,
    maxLength: definition.repeats ? 3 : 1,
  });
  const answered = fc.tuple(answers, below).map(([given, items]) => [{ linkId, answers: given, items }]);
  if (options.complete && definition.required) return answered;
  return fc.option(answered, { nil: [] });
}

function arbitraryValue(definition: QuestionnaireItem, { words = prose }: AnswersArbitrary): fc.Arbitrary<AnswerValue> {
  const { min, max } = valueLimits(definition);
  const text = words.map((value): AnswerValue => ({ type: 'string', value }));
  switch (definition.type) {
    case 'boolean':
      return fc.boolean().map((value) => ({ type: 'boolean', value }));
    case 'integer':
      return fc
        .integer({ ...(typeof min === 'number' && { min }), ...(typeof max === 'number' && { max }) })
        .map((value) => ({ type: 'integer', value }));
    case 'decimal':
      return fc
        .integer({
          min: typeof min === 'number' ? Math.ceil(min * 10) : -9999,
          max: typeof max === 'number' ? Math.floor(max * 10) : 9999,
        })
        .map((value) => ({ type: 'decimal', value: value / 10 }));
    case 'date':
      return fc
        .integer({ min: 1, max: 28 })
        .map((day) => ({ type: 'date', value: `2026-02-${`${day}`.padStart(2, '0')}` }));
    case 'dateTime':
      return fc
        .integer({ min: 0, max: 2_000_000_000 })
        .map((second) => ({ type: 'dateTime', value: new Date(second * 1000).toISOString() }));
    case 'time':
      return fc
        .integer({ min: 0, max: 86_399 })
        .map((second) => ({ type: 'time', value: new Date(second * 1000).toISOString().slice(11, 19) }));
    case 'quantity': {
      const [unit] = unitsOf(definition);
      const words = { ...(unit?.system && { system: unit.system }), ...(unit?.code && { code: unit.code }) };
      return fc
        .integer({ min: 0, max: 9999 })
        .map((value) => ({ type: 'quantity', value: { value: value / 10, ...words } }));
    }
    case 'choice':
      return optionOf(definition);
    case 'open-choice':
      return fc.oneof(optionOf(definition), text);
    default:
      return text;
  }
}

function optionOf({ answerOption = [] }: QuestionnaireItem): fc.Arbitrary<AnswerValue> {
  const options = answerOption.flatMap(({ valueCoding }) => valueCoding ?? []);
  return fc.constantFrom(...options).map(({ system = '', code = '', display }) => ({
    type: 'coding',
    value: { system, code, ...(display !== undefined && { display }) },
  }));
}

/** Leaves out what `enableWhen` rules out, at every level, until nothing more falls. */
function dropDisabled(definitions: readonly QuestionnaireItem[], items: readonly AnswerItem[]): AnswerItem[] {
  const kept = enabledItems(definitions, items, []);
  return JSON.stringify(kept) === JSON.stringify(items) ? kept : dropDisabled(definitions, kept);
}

function enabledItems(
  definitions: readonly QuestionnaireItem[],
  items: readonly AnswerItem[],
  around: readonly (readonly AnswerItem[])[],
): AnswerItem[] {
  const scopes = [items, ...around];
  return items.flatMap((item) => {
    const definition = definitions.find(({ linkId }) => linkId === item.linkId);
    if (definition === undefined || isEnabled(definition, scopes) !== 'yes') return [];
    const below = enabledItems(definition.item ?? [], item.items, scopes);
    return definition.type === 'group' && below.length === 0 ? [] : [{ ...item, items: below }];
  });
}
