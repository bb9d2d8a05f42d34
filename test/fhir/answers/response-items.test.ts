import type { Questionnaire, QuestionnaireItem, QuestionnaireResponseItem } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { fromResponseItems } from '../../../src/fhir/answers/read-items.ts';
import { withDependants } from '../../../src/fhir/answers/with-dependants.ts';
import { toResponseItems } from '../../../src/fhir/answers/write-items.ts';
import type { AnswerItem } from '../../../src/homework/model.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import fc from '../../fast-check.ts';
import { answersArbitrary } from '../../kinds/answers-arbitrary.ts';
import { itemsOf } from '../../kinds/answers-for.ts';
import { painDiary } from './pain-diary.ts';

const MASKED = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};
const questionnaires = [...registeredKinds.versions.map(({ questionnaire }) => questionnaire), painDiary];

function allItems(items: readonly AnswerItem[]): AnswerItem[] {
  return items.flatMap((item) => [item, ...allItems(item.items)]);
}

function withoutAnswers(items: readonly AnswerItem[], linkIds: ReadonlySet<string>): AnswerItem[] {
  return items.map((item) => ({
    ...item,
    answers: linkIds.has(item.linkId) ? [] : item.answers,
    items: withoutAnswers(item.items, linkIds),
  }));
}

/** Withholding an answer withholds those below it. */
function withBelow(items: readonly AnswerItem[], chosen: readonly string[]): string[] {
  const below = allItems(items)
    .filter((item) => chosen.includes(item.linkId))
    .flatMap((item) => allItems(item.items).map(({ linkId }) => linkId));
  return [...new Set([...chosen, ...below])];
}

/** Without what turns on a withheld answer, and without groups in which nothing else was answered. */
function withoutDependants(
  items: readonly AnswerItem[],
  definitions: readonly QuestionnaireItem[],
  withheld: readonly string[],
): AnswerItem[] {
  const defined = itemsOf(definitions);
  const gone = new Set<string>();
  const hidden = new Set(withheld);
  for (const _again of defined) {
    for (const { linkId, enableWhen = [], item = [] } of defined) {
      if (enableWhen.some(({ question }) => hidden.has(question))) gone.add(linkId);
      if (gone.has(linkId) || hidden.has(linkId)) for (const one of [{ linkId }, ...item]) hidden.add(one.linkId);
    }
  }
  const left = (all: readonly AnswerItem[]): AnswerItem[] =>
    all.flatMap((one) => {
      if (gone.has(one.linkId)) return [];
      const below = left(one.items);
      const isEmptied =
        below.length === 0 && one.items.length > 0 && one.answers.length === 0 && !hidden.has(one.linkId);
      return isEmptied ? [] : [{ ...one, items: below }];
    });
  return left(items);
}

function linkIdOrder(questionnaire: Questionnaire): string[] {
  return (questionnaire.item ?? []).map(({ linkId }) => linkId);
}

describe.each(questionnaires.map((questionnaire) => ({ name: questionnaire.name, questionnaire })))(
  'items of $name',
  ({ questionnaire }) => {
    const logs = answersArbitrary(questionnaire, { complete: false });

    it('come back as they were', () => {
      fc.assert(
        fc.property(logs, (items) => {
          const written: QuestionnaireResponseItem[] = JSON.parse(
            JSON.stringify(toResponseItems(questionnaire, items, 'none')),
          );
          expect(fromResponseItems(questionnaire, written)).toEqual({ items, withheld: [], issues: [] });
        }),
        { numRuns: 100 },
      );
    });

    it('come back without what is withheld, which is named', () => {
      const cases = logs.chain((items) => {
        const answered = allItems(items).filter((item) => item.answers.length > 0);
        const linkIds = [...new Set(answered.map(({ linkId }) => linkId))];
        return fc.record({
          items: fc.constant(items),
          withheld: fc.subarray(linkIds).map((chosen) => withBelow(items, chosen)),
        });
      });
      fc.assert(
        fc.property(cases, ({ items, withheld }) => {
          const read = fromResponseItems(questionnaire, toResponseItems(questionnaire, items, withheld));
          const shown = withoutDependants(items, questionnaire.item ?? [], withheld);
          expect(read.items).toEqual(withoutAnswers(shown, new Set(withheld)));
          const there = new Set(allItems(shown).map(({ linkId }) => linkId));
          expect(read.withheld.toSorted()).toEqual(withheld.filter((linkId) => there.has(linkId)).toSorted());
          expect(read.issues).toEqual([]);
          // A copy of the copy hides the same, and brings nothing back.
          expect(toResponseItems(questionnaire, read.items, read.withheld)).toEqual(
            toResponseItems(questionnaire, items, withheld),
          );
        }),
        { numRuns: 100 },
      );
    });

    it("are written in the questionnaire's order, with its texts", () => {
      fc.assert(
        fc.property(logs, (items) => {
          const written = toResponseItems(questionnaire, items.toReversed(), 'none');
          const order = linkIdOrder(questionnaire);
          const places = written.map(({ linkId }) => order.indexOf(linkId));
          expect(places).toEqual(places.toSorted((place, other) => place - other));
          for (const item of written) {
            expect(item.text).toBe(questionnaire.item?.find(({ linkId }) => linkId === item.linkId)?.text);
          }
        }),
        { numRuns: 30 },
      );
    });
  },
);

describe('toResponseItems', () => {
  it('leaves out what turns on a withheld answer: that it was asked would tell what it says', () => {
    const told: AnswerItem = {
      linkId: 'reading',
      instance: 'r1',
      answers: [],
      items: [
        { linkId: 'pain', answers: [{ type: 'integer', value: 7 }], items: [] },
        { linkId: 'relief', answers: [{ type: 'string', value: 'A walk' }], items: [] },
      ],
    };
    const masked = { id: 'r1', linkId: 'reading', text: 'Reading' };
    const pain = { linkId: 'pain', text: 'Pain', answer: [MASKED] };
    expect(toResponseItems(painDiary, [told], ['pain'])).toEqual([{ ...masked, item: [pain] }]);
    expect(toResponseItems(painDiary, [told], ['reading'])).toEqual([{ ...masked, item: [pain] }]);
    expect(withDependants(painDiary, ['pain'])).toEqual(['pain', 'relief']);
    expect(withDependants(painDiary, ['place', 'note'])).toEqual(['place', 'note', 'either', 'both']);
    expect(withDependants(painDiary, ['note'])).toEqual(['note']);
  });

  const answered: AnswerItem = {
    linkId: 'cause',
    answers: [{ type: 'string', value: 'SECRET' }],
    items: [{ linkId: 'cause-sure', answers: [{ type: 'boolean', value: true }], items: [] }],
  };
  const repeated: AnswerItem = {
    linkId: 'reading',
    instance: 'r1',
    answers: [],
    items: [{ linkId: 'pain', answers: [{ type: 'integer', value: 7 }], items: [] }],
  };

  it('nests items below the answer of a question, and in a group directly', () => {
    expect(toResponseItems(painDiary, [answered, repeated], 'none')).toEqual([
      {
        linkId: 'cause',
        text: 'Cause',
        answer: [
          {
            valueString: 'SECRET',
            item: [{ linkId: 'cause-sure', text: 'Sure?', answer: [{ valueBoolean: true }] }],
          },
        ],
      },
      {
        id: 'r1',
        linkId: 'reading',
        text: 'Reading',
        item: [{ linkId: 'pain', text: 'Pain', answer: [{ valueInteger: 7 }] }],
      },
    ]);
  });

  it('masks by the type of the item, and with it what stands below', () => {
    const note: AnswerItem = { linkId: 'note', answers: [{ type: 'string', value: 'SECRET' }], items: [] };
    expect(toResponseItems(painDiary, [note], ['note'])[0]?.answer).toEqual([{ _valueString: MASKED }]);
    const [cause, reading] = toResponseItems(painDiary, [answered, repeated], ['cause', 'pain']);
    expect(cause?.answer?.[0]).toMatchObject(MASKED);
    expect(cause?.answer?.[0]?.item?.[0]?.answer).toEqual([{ _valueBoolean: MASKED }]);
    expect(reading?.item?.[0]?.answer).toEqual([MASKED]);
    expect(JSON.stringify([cause, reading])).not.toContain('SECRET');
  });

  it('masks all that stands in a withheld group', () => {
    const [reading] = toResponseItems(painDiary, [repeated], ['reading']);
    expect(reading?.item?.[0]?.answer).toEqual([MASKED]);
  });

  it('leaves out what holds nothing', () => {
    const empty: AnswerItem = { linkId: 'note', answers: [], items: [] };
    expect(toResponseItems(painDiary, [empty, { ...repeated, items: [] }], 'none')).toEqual([]);
  });
});

describe('fromResponseItems', () => {
  it('leaves out display items, unanswered items and element ids that a server added', () => {
    const { items, issues } = fromResponseItems(painDiary, [
      { linkId: 'intro', text: 'Read this first.' },
      { linkId: 'note', answer: [] },
      { id: 'a1', linkId: 'weight', answer: [{ id: 'a2', valueDecimal: 70 }] },
    ]);
    expect(items).toEqual([{ linkId: 'weight', answers: [{ type: 'decimal', value: 70 }], items: [] }]);
    expect(issues).toEqual([]);
  });

  it('names what it cannot read', () => {
    const { issues } = fromResponseItems(painDiary, [
      { linkId: 'weight', answer: [{ valueQuantity: { value: 70, comparator: '<' } }] },
      { linkId: 'woke-at', answer: [{ valueDateTime: '2026-03' }] },
      {
        linkId: 'cause',
        answer: [{ valueString: 'rain' }],
        item: [{ linkId: 'cause-sure', answer: [{ valueBoolean: true }] }],
      },
    ]);
    expect(issues).toEqual([
      { linkId: 'weight', problem: 'has a value that cannot be read' },
      { linkId: 'woke-at', problem: 'has a value that cannot be read' },
      { linkId: 'cause', problem: 'is a question: items below it belong to its answer' },
    ]);
  });

  it('knows a masked answer wherever the reason stands', () => {
    const { items, withheld } = fromResponseItems(painDiary, [
      { linkId: 'note', answer: [MASKED] },
      { linkId: 'place', answer: [{ valueCoding: MASKED }] },
    ]);
    expect(withheld).toEqual(['note', 'place']);
    expect(items.map(({ answers }) => answers)).toEqual([[], []]);
  });
});
