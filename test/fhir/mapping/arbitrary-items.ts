import type { QuestionnaireItem } from 'fhir/r4';
import type { AnswerItem, AnswerValue } from '../../../src/homework/model.ts';
import fc from '../../fast-check.ts';

/** Answers to some of a questionnaire's items, in its order; a group stands only with something inside. */
export function arbitraryItems(items: readonly QuestionnaireItem[]): fc.Arbitrary<AnswerItem[]> {
  return fc.tuple(...items.map(arbitraryItem)).map((several) => several.flat());
}

function arbitraryItem(item: QuestionnaireItem): fc.Arbitrary<AnswerItem[]> {
  const below = arbitraryItems(item.item ?? []);
  if (item.type === 'group') {
    return below.map((items): AnswerItem[] =>
      items.length === 0 ? [] : [{ linkId: item.linkId, answers: [], items }],
    );
  }
  const value = arbitraryValue(item);
  if (value === undefined) return fc.constant<AnswerItem[]>([]);
  return fc.oneof(
    fc.constant<AnswerItem[]>([]),
    fc.tuple(value, below).map(([answer, items]): AnswerItem[] => [{ linkId: item.linkId, answers: [answer], items }]),
  );
}

function arbitraryValue(item: QuestionnaireItem): fc.Arbitrary<AnswerValue> | undefined {
  switch (item.type) {
    case 'boolean':
      return fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() });
    case 'integer':
      return fc.record({ type: fc.constant('integer' as const), value: fc.nat(100) });
    case 'decimal':
      return fc.record({ type: fc.constant('decimal' as const), value: fc.nat(1000).map((entry) => entry / 8) });
    case 'string':
    case 'text': {
      // Long enough to be told apart wherever else it might stand.
      const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `said:${text.trim()};`);
      return fc.record({ type: fc.constant('string' as const), value });
    }
    default:
      return undefined;
  }
}
