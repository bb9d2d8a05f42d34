import type { Extension, Observation, Questionnaire, QuestionnaireItem, QuestionnaireResponse } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../src/fhir/answers/read-answers.ts';
import { fromResponseItems } from '../../../src/fhir/answers/read-items.ts';
import { toResponseItems } from '../../../src/fhir/answers/write-items.ts';
import { extractObservations } from '../../../src/fhir/extract/extract-observations.ts';
import type { ScoreDeclaration } from '../../../src/homework/log/score.ts';
import { withForm } from '../../../src/kinds/with-form.ts';
import fc from '../../fast-check.ts';

/** Oracle: docs/engines/extraction.md and scores.md. A form in the shape of a GAD: four questions of one option each, one that turns on another. */
const EXTRACT = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';
const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const WEIGHT = 'http://hl7.org/fhir/StructureDefinition/itemWeight';
const ALSO = 'https://intersession.dev/fhir/StructureDefinition/also-read';
const loinc = 'http://loinc.org';
const answers = ['LA6568-5', 'LA6569-3', 'LA6570-1', 'LA6571-9'] as const;
const option = (code: string, figure: number, more: Extension[] = []) => ({
  valueCoding: {
    ...{ system: loinc, code, display: `Answer ${figure}` },
    extension: [{ url: ORDINAL, valueDecimal: figure }, ...more],
  },
});
const question = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  ...{ linkId, text: linkId, type: 'choice', code: [{ system: 'urn:q', code: linkId }] },
  extension: [{ url: EXTRACT, valueCode: 'member' }],
  answerOption: answers.map((code, figure) => option(code, figure)),
  ...more,
});
const older = { url: ALSO, valueCoding: { system: loinc, code: 'LA18938-3' } };
const questionnaire: Questionnaire = {
  ...{ resourceType: 'Questionnaire', status: 'active', url: 'urn:gad', version: '1' },
  item: [
    {
      ...{ linkId: 'panel', type: 'group', code: [{ system: 'urn:q', code: 'panel' }] },
      extension: [{ url: EXTRACT, valueBoolean: true }],
      item: [
        question('q1'),
        question('q2', {
          answerOption: answers.map((code, figure) => option(code, figure, figure === 2 ? [older] : [])),
        }),
        question('q3', {
          // the later name of the figure, on the option
          answerOption: answers.map((code, figure) => ({
            valueCoding: { system: loinc, code },
            extension: [{ url: WEIGHT, valueDecimal: figure }],
          })),
        }),
        question('q4', {
          extension: [{ url: EXTRACT, valueBoolean: false }],
          enableWhen: [{ question: 'q1', operator: '!=', answerCoding: { system: loinc, code: 'LA6568-5' } }],
        }),
      ],
    },
  ],
};
const total: ScoreDeclaration = {
  ...{ linkId: 'total', label: 'Total', code: { system: loinc, code: '70274-6', display: 'GAD total' } },
  calculation: { type: 'sum', linkIds: ['q1', 'q2', 'q3', 'q4'] },
  range: { least: 0, most: 12 },
  bands: [
    { from: 0, label: 'low' },
    { from: 5, label: 'high' },
  ],
  higherIs: 'worse',
};
const share: ScoreDeclaration = {
  ...{ linkId: 'share', label: 'Share', code: { system: 'urn:s', code: 'share', display: 'Share' }, unit: '%' },
  calculation: { type: 'scaled', of: 'total', times: 100 / 12, plus: 0 },
  ...{ range: { least: 0, most: 100 }, higherIs: 'worse' },
};
const scores = withForm([share, total], questionnaire);

type Given = Record<string, string>;
const of = (...figures: readonly (number | undefined)[]): Given =>
  Object.fromEntries(
    figures.flatMap((figure, at) => (figure === undefined ? [] : [[`q${at + 1}`, answers[figure] ?? '']])),
  );

interface LogCase {
  readonly status?: QuestionnaireResponse['status'];
  readonly withheld?: readonly string[];
  readonly previous?: readonly Observation[];
  readonly declared?: readonly ScoreDeclaration[];
}
function extract(
  given: Given,
  { status = 'completed', withheld = [], previous, declared = scores }: LogCase = {},
): Observation[] {
  return extractObservations({
    ...{ questionnaire, scores: declared, performedAt: '2026-03-02T10:00:00-05:00' },
    response: {
      ...{ resourceType: 'QuestionnaireResponse', id: 'l1', status, authored: '2026-03-02T16:00:00Z' },
      extension: [
        {
          url: 'https://intersession.dev/fhir/StructureDefinition/log-context',
          extension: withheld.map((valueString) => ({ url: 'withheld', valueString })),
        },
      ],
      item: toResponseItems(questionnaire, readAnswers(questionnaire, given), withheld),
    },
    ...(previous && { previous }),
  });
}
const named = (observations: readonly Observation[], linkId: string) =>
  observations.find(({ identifier }) => identifier?.[0]?.value === `l1#${linkId}`);

describe('a calculated score', () => {
  it.each<[ScoreDeclaration['calculation'], object, object]>([
    [{ type: 'mean', linkIds: ['q1', 'q2'] }, { valueQuantity: { value: 1 } }, { valueQuantity: { value: 1.5 } }],
    [{ type: 'percent', of: 'q1', in: 'q2' }, { valueQuantity: { value: 100 } }, { valueQuantity: { value: 50 } }],
    [{ type: 'sum', linkIds: ['q1', 'q2'] }, { valueInteger: 2 }, { valueInteger: 3 }],
  ])('by %j is of one type, whether it comes out whole or not', (calculation, whole, other) => {
    const declared = withForm([{ ...total, calculation, range: { least: 0, most: 100 } }], questionnaire);
    expect(named(extract(of(1, 1), { declared }), 'total')).toMatchObject(whole);
    expect(named(extract(of(1, 2), { declared }), 'total')).toMatchObject(other);
  });

  it('is an Observation of its own, derived from the response and from those of its items', () => {
    const made = named(extract(of(1, 2, 3, 0)), 'total');
    const { meta: _meta, category: _category, ...rest } = made ?? {};
    const from = (type: string, id: string, kind: string, value: string) => ({
      reference: `${type}/${id}`,
      identifier: { system: `https://intersession.dev/id/${kind}`, value },
    });
    expect(rest).toEqual({
      ...{ resourceType: 'Observation', id: 'l1.total', status: 'final' },
      identifier: [{ system: 'https://intersession.dev/id/measure', value: 'l1#total' }],
      code: { coding: [{ system: loinc, code: '70274-6', display: 'GAD total' }], text: 'Total' },
      effectiveDateTime: '2026-03-02T10:00:00-05:00',
      issued: '2026-03-02T16:00:00Z',
      valueInteger: 6,
      interpretation: [{ text: 'high' }],
      // the fourth has no Observation
      derivedFrom: [
        from('QuestionnaireResponse', 'l1', 'log', 'l1'),
        ...['q1', 'q2', 'q3'].map((linkId) => from('Observation', `l1.${linkId}`, 'measure', `l1#${linkId}`)),
      ],
    });
    expect(JSON.stringify(named(extract(of(1, 2, 3, 0)), 'share'))).toContain('"reference":"Observation/l1.total"');
    expect(named(extract(of(1, 2, 3, 0)), 'share')?.valueQuantity).toEqual({
      ...{ value: 50, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    });
  });

  it.each<[Given, number | undefined, string | undefined]>([
    [of(0, 0, 0), 0, 'low'],
    [of(0, 3, 3), 6, 'high'],
    [of(1, 1, 1, 1), 4, 'low'],
    [of(1, 1, 1, 2), 5, 'high'],
    [of(3, 3, 3, 3), 12, 'high'],
    [of(1, 1, 1), undefined, undefined],
    [of(0, 0), undefined, undefined],
    [of(), undefined, undefined],
    [{ ...of(0, undefined, 1), q2: 'LA18938-3' }, 3, 'low'],
  ])('of %o is %s', (given, value, band) => {
    const made = named(extract(given), 'total');
    expect(made?.valueInteger).toBe(value);
    expect(made?.interpretation?.[0]?.text).toBe(band);
  });

  it('is amended, goes when it is incomplete, and comes back', () => {
    const first = extract(of(1, 1, 1, 1));
    const changed = extract(of(1, 1, 2, 1), { status: 'amended', previous: first });
    expect(named(changed, 'total')).toMatchObject({ valueInteger: 5, status: 'amended' });
    // one up and one down: it says the same
    expect(named(extract(of(1, 2, 0, 1), { status: 'amended', previous: first }), 'total')).toEqual(
      named(first, 'total'),
    );
    const cleared = extract(of(1, 1, undefined, 1), { status: 'amended', previous: first });
    expect(named(cleared, 'total')).toEqual({ ...named(first, 'total'), status: 'entered-in-error' });
    expect(named(cleared, 'q3')?.status).toBe('entered-in-error');
    const back = extract(of(1, 1, 1, 1), { status: 'amended', previous: cleared });
    expect(named(back, 'total')).toMatchObject({ valueInteger: 4, status: 'amended' });
    const gone = extract(of(1, 1, 1, 1), { status: 'entered-in-error', previous: first });
    expect(gone.map(({ status }) => status)).toEqual(gone.map(() => 'entered-in-error'));
  });

  it.each(['q1', 'q2', 'q3', 'q4', 'panel'])('is not shown, nor what is made of it, when %s is withheld', (linkId) => {
    const first = extract(of(1, 1, 1, 2));
    const fresh = extract(of(1, 1, 1, 2), { withheld: [linkId] });
    for (const score of ['total', 'share']) expect(named(fresh, score)).toBe(undefined);
    const hidden = extract(of(1, 1, 1, 2), { status: 'amended', withheld: [linkId], previous: first });
    for (const score of ['total', 'share']) {
      const { _valueInteger, valueQuantity, ...rest } = named(hidden, score) ?? {};
      expect((_valueInteger ?? valueQuantity)?.extension?.[0]?.valueCode).toBe('masked');
      expect(rest).toMatchObject({ status: 'entered-in-error' });
      expect(rest).not.toHaveProperty('interpretation');
      expect(rest).not.toHaveProperty('valueInteger');
    }
  });
});

describe('an older code of an option', () => {
  const coded = (code: string): QuestionnaireResponse['item'] => [
    { linkId: 'panel', item: [{ linkId: 'q2', answer: [{ valueCoding: { system: loinc, code } }] }] },
  ];
  const option2 = { system: loinc, code: 'LA6570-1', display: 'Answer 2' };

  it('is kept as that option, by whatever door, and only where the form says so', () => {
    const { items, issues } = fromResponseItems(questionnaire, coded('LA18938-3') ?? []);
    expect(issues).toEqual([]);
    expect(items[0]?.items[0]?.answers).toEqual([{ type: 'coding', value: option2 }]);
    expect(fromResponseItems(questionnaire, coded('LA6570-1') ?? []).items).toEqual(items);
    expect(readAnswers(questionnaire, { q2: 'LA18938-3' })).toEqual(items);
    expect(readAnswers(questionnaire, { q2: { system: loinc, code: 'LA18938-3' } })).toEqual(items);
    expect(() => readAnswers(questionnaire, { q1: 'LA18938-3' })).toThrow();
    expect(() => readAnswers(questionnaire, { q2: { system: 'urn:x', code: 'LA18938-3' } })).toThrow();
    expect(() => readAnswers(questionnaire, { q2: 'LA18938-4' })).toThrow();
  });

  it('stands beside the option where a response that has it is extracted', () => {
    const response: QuestionnaireResponse = {
      ...{ resourceType: 'QuestionnaireResponse', id: 'l1', status: 'completed' },
      item: coded('LA18938-3') ?? [],
    };
    const made = extractObservations({ questionnaire, response, performedAt: '2026-03-02T10:00:00-05:00' });
    expect(named(made, 'q2')?.valueCodeableConcept?.coding).toEqual([
      { extension: [{ url: ORDINAL, valueDecimal: 2 }], ...option2 },
      { system: loinc, code: 'LA18938-3' },
    ]);
  });
});

describe('whatever is answered, amended and withheld', () => {
  const figure = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
  const form = fc
    .tuple(figure, figure, figure, figure)
    // a question that is not asked takes no answer
    .map(([q1, q2, q3, q4]) => of(q1, q2, q3, q1 === undefined || q1 === 0 ? undefined : q4));
  const kept = fc.subarray(['panel', 'q1', 'q2', 'q3', 'q4']);

  it('is extracted the same each time, and an amendment that says nothing new changes nothing', () => {
    fc.assert(
      fc.property(form, form, kept, kept, (before, after, keptBefore, keptAfter) => {
        const first = extract(before, { withheld: keptBefore });
        expect(extract(before, { withheld: keptBefore })).toEqual(first);
        const amended = extract(after, { status: 'amended', withheld: keptAfter, previous: first });
        const again = extract(after, { status: 'amended', withheld: keptAfter, previous: amended });
        expect(byId(again)).toEqual(byId(amended));
      }),
      { numRuns: 300 },
    );
  });

  it('tells nothing of what is withheld: two logs that differ in that alone look alike', () => {
    fc.assert(
      fc.property(
        form,
        form,
        fc.constantFrom('q2', 'q3', 'q4', 'panel'),
        fc.boolean(),
        (one, other, linkId, wasShared) => {
          // the same, but for what is withheld
          const twin =
            linkId === 'panel' ? other : { ...one, ...(other[linkId] && one[linkId] && { [linkId]: other[linkId] }) };
          if (linkId === 'panel' && Object.keys(one).join() !== Object.keys(other).join()) return;
          const seen = (given: Given) =>
            extract(given, {
              ...{ status: 'amended', withheld: [linkId] },
              ...(wasShared && { previous: extract(given) }),
            });
          // that there was a score while all was shared is known
          if (
            wasShared &&
            extract(twin)
              .map(({ id }) => id)
              .join() !==
              extract(one)
                .map(({ id }) => id)
                .join()
          )
            return;
          expect(JSON.stringify(byId(seen(twin)))).toBe(JSON.stringify(byId(seen(one))));
        },
      ),
      { numRuns: 500 },
    );
  });
});

function byId(observations: readonly Observation[]): readonly Observation[] {
  return observations.toSorted((one, other) => (one.id ?? '').localeCompare(other.id ?? ''));
}
