import type {
  Extension,
  Observation,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Reference,
} from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { extractObservations } from '../../../src/fhir/extract/extract-observations.ts';

/** Oracle: docs/engines/extraction.md. The forms are such as others write them: other systems, uuids, paths as linkIds. */
const EXTRACT = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';
const CATEGORY = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observation-extract-category';
const masked = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};
const as = (valueCode: string): Extension => ({ url: EXTRACT, valueCode });
const flag = (valueBoolean: boolean): Extension => ({ url: EXTRACT, valueBoolean });
const minutes: Extension = {
  url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
  valueCoding: { system: 'http://unitsofmeasure.org', code: 'min' },
};
const isOffset: Extension = {
  url: 'https://intersession.dev/fhir/StructureDefinition/reading-offset',
  valueBoolean: true,
};
const item = (linkId: string, extension: Extension[], more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  ...{ linkId, type: 'integer', extension, code: [{ system: 'urn:s', code: linkId }] },
  ...more,
});
const group = (linkId: string, extension: Extension[], ...inside: QuestionnaireItem[]): QuestionnaireItem =>
  item(linkId, extension, { type: 'group', item: inside });
const bare = ({ code: _code, ...rest }: QuestionnaireItem): QuestionnaireItem => rest;
const form = (...items: QuestionnaireItem[]): Questionnaire => ({
  ...{ resourceType: 'Questionnaire', status: 'active', item: items },
});
const answer = (linkId: string, valueInteger: number): QuestionnaireResponseItem => ({
  linkId,
  answer: [{ valueInteger }],
});
const within = (linkId: string, ...items: QuestionnaireResponseItem[]): QuestionnaireResponseItem => ({
  linkId,
  item: items,
});
const began = '2026-03-02T10:00:00-05:00';
const extract = (
  questionnaire: Questionnaire,
  items: QuestionnaireResponseItem[],
  more: { previous?: Observation[]; status?: QuestionnaireResponse['status']; withheld?: string[] } = {},
): Observation[] =>
  extractObservations({
    questionnaire,
    response: {
      resourceType: 'QuestionnaireResponse',
      id: 'l1',
      status: more.status ?? 'completed',
      item: items,
      ...(more.withheld && {
        extension: [
          {
            url: 'https://intersession.dev/fhir/StructureDefinition/log-context',
            extension: more.withheld.map((valueString) => ({ url: 'withheld', valueString })),
          },
        ],
      }),
    },
    performedAt: began,
    ...(more.previous && { previous: more.previous }),
  });

/** In short: `panel > a b` its members, `of` what it is derived from, components in brackets. */
function told(observations: readonly Observation[]): string[] {
  return observations.map(({ identifier, status, hasMember = [], derivedFrom = [], component = [], ...valued }) => {
    const name = (value: string | undefined) => value?.split('#')[1] ?? 'log';
    const named = (list: readonly Reference[]) =>
      list.map((reference) => name(reference.identifier?.value)).filter((each) => each !== 'log');
    const parts = component.map((part) => `${part.code.coding?.[0]?.code}=${part.valueInteger ?? 'masked'}`);
    return [
      `${name(identifier?.[0]?.value)}${valued.valueInteger === undefined ? '' : `=${valued.valueInteger}`}`,
      ...(parts.length > 0 ? [`[${parts.join(' ')}]`] : []),
      ...(hasMember.length > 0 ? [`> ${named(hasMember).join(' ')}`] : []),
      ...(named(derivedFrom).length > 0 ? [`of ${named(derivedFrom).join(' ')}`] : []),
      ...(status === 'final' ? [] : [status]),
    ].join(' ');
  });
}

describe('what is extracted stands to what is around it', () => {
  const ab = [answer('a', 1), answer('b', 2)];
  it.each<[name: string, item: QuestionnaireItem, items: QuestionnaireResponseItem[], told: string[]]>([
    [
      'independent',
      group('p', [flag(true)], item('a', [flag(true)]), item('b', [as('independent')])),
      ab,
      ['a=1', 'b=2'],
    ],
    [
      'member',
      group('p', [flag(true)], item('a', [as('member')]), item('b', [as('member')])),
      ab,
      ['p > a b', 'a=1', 'b=2'],
    ],
    [
      'component',
      group('p', [flag(true)], item('a', [as('component')]), item('b', [as('component')])),
      ab,
      ['p [a=1 b=2]'],
    ],
    [
      'derived',
      group('p', [flag(true)], item('a', [as('member')]), item('b', [as('derived')])),
      ab,
      ['p > a', 'a=1', 'b=2 of p'],
    ],
    [
      'derived of a panel that says nothing',
      group('p', [flag(true)], item('a', [as('derived')]), item('b', [])),
      ab,
      ['a=1', 'b=2'],
    ],
    ['member of a group without a code', bare(group('p', [flag(true)], item('a', [as('member')]))), ab, ['a=1']],
    [
      'component of a group that is not extracted',
      group('p', [flag(false)], item('a', [as('component')])),
      ab,
      ['a=1'],
    ],
    [
      'as the group around says',
      group('p', [as('member')], item('a', []), item('b', [flag(false)])),
      ab,
      ['p > a', 'a=1'],
    ],
    ['a code that is none of SDC’s is as true', group('p', [flag(true)], item('a', [as('sibling')])), ab, ['a=1']],
    [
      'both, which is invalid: the relation',
      group('p', [flag(true)], item('a', [flag(true), as('component')])),
      ab,
      ['p [a=1]'],
    ],
    [
      'as one of its codes says',
      group('p', [flag(true)], item('a', [], { code: [{ code: 'x' }, { code: 'a', extension: [as('component')] }] })),
      ab,
      ['p [a=1]'],
    ],
  ])('%s', (_name, questions, items, expected) => {
    expect(told(extract(form(questions), [within('p', ...items)]))).toEqual(expected);
  });

  it('below an answer: a question is a parent with its own value', () => {
    const questions = form(
      item('q', [flag(true)], {
        item: [item('a', [as('component')]), item('b', [as('member')]), item('c', [as('derived')])],
      }),
    );
    const items = [
      { linkId: 'q', answer: [{ valueInteger: 5, item: [answer('a', 1), answer('b', 2), answer('c', 3)] }] },
    ];
    expect(told(extract(questions, items))).toEqual(['q=5 [a=1] > b', 'b=2', 'c=3 of q']);
    const kept = [{ linkId: 'q', answer: [{ ...masked, item: [answer('a', 1)] }] }];
    expect(told(extract(questions, kept))).toEqual(['q [a=1]']);
  });

  it('through groups without a code, panels in panels, and what stands in a component', () => {
    const inner = group('inner', [as('member')], item('a', [as('member')]));
    const questions = form(
      group(
        'outer',
        [flag(true)],
        bare(group('layout', [], inner, item('b', [as('component')], { item: [item('c', [as('component')])] }))),
      ),
    );
    const b = { linkId: 'b', answer: [{ valueInteger: 2, item: [answer('c', 3)] }] };
    const items = [within('outer', within('layout', within('inner', answer('a', 1)), b))];
    expect(told(extract(questions, items))).toEqual(['outer [b=2 c=3] > inner', 'inner > a', 'a=1']);
    expect(told(extract(questions, [within('outer', within('layout', within('inner')))]))).toEqual([]);
  });

  it('in each repetition for itself', () => {
    const questions = form({
      ...group('p', [flag(true)], item('a', [as('component')]), item('b', [as('member')])),
      repeats: true,
    });
    const repetition = (id: string, a: number) => ({ ...within('p', answer('a', a), answer('b', a + 1)), id });
    expect(told(extract(questions, [repetition('one', 1), repetition('two', 3)]))).toEqual([
      'p:one [a=1] > b:one',
      'b:one=2',
      'p:two [a=3] > b:two',
      'b:two=4',
    ]);
  });

  it('takes nothing of a display, and of a group without a code nothing but what is in it', () => {
    const note = item('note', [flag(true)], { type: 'display' });
    expect(
      told(
        extract(form(note, bare(group('g', [flag(true)], item('a', [])))), [
          within('g', answer('a', 1)),
          within('note'),
        ]),
      ),
    ).toEqual(['a=1']);
  });

  it('has the categories of the nearest that names any, beside survey', () => {
    const named = (code: string): Extension => ({
      url: CATEGORY,
      valueCodeableConcept: { coding: [{ system: 'urn:c', code }] },
    });
    const survey = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }],
    };
    const questions: Questionnaire = {
      ...form(
        group('p', [named('x'), named('y')], item('a', [])),
        item('b', []),
        item('c', [{ url: CATEGORY, valueCodeableConcept: survey }]),
      ),
      extension: [flag(true), named('root')],
    };
    const made = extract(questions, [within('p', answer('a', 1)), answer('b', 1), answer('c', 1)]);
    expect(made.map(({ category = [] }) => category.map(({ coding }) => coding?.[0]?.code).join())).toEqual([
      'survey,x,y',
      'survey,root',
      'survey',
    ]);
  });
});

describe('readings with a time of their own', () => {
  const curve = (relation: string, offset: QuestionnaireItem) =>
    form(
      group('suds', [flag(true)], { ...bare(group('reading', [], offset, item('r', [as(relation)]))), repeats: true }),
    );
  const after = bare(item('after', [isOffset, minutes]));
  const readings = (...each: [id: string, after: QuestionnaireResponseItem | undefined, value: number][]) => [
    within(
      'suds',
      ...each.map(([id, at, value]) => ({ ...within('reading', ...(at ? [at] : []), answer('r', value)), id })),
    ),
  ];
  const given = readings(['x', answer('after', 0), 60], ['y', answer('after', 5), 80], ['z', undefined, 40]);

  it('are timed components of one Observation', () => {
    const [made, ...none] = extract(curve('component', after), given);
    expect(none).toEqual([]);
    expect(made?.effectiveDateTime).toBe(began);
    const offset = (valueInteger: number) => [
      { url: 'http://hl7.org/fhir/StructureDefinition/observation-timeOffset', valueInteger },
    ];
    const code = { coding: [{ system: 'urn:s', code: 'r' }] };
    expect(made?.component).toEqual([
      { extension: offset(0), code, valueInteger: 60 },
      { extension: offset(300_000), code, valueInteger: 80 },
      { code, valueInteger: 40 },
    ]);
  });

  it('are components without a time where FHIR’s integer does not hold it', () => {
    const [made] = extract(curve('component', after), readings(['x', answer('after', 60 * 24 * 25), 60]));
    expect(made?.component).toEqual([{ code: { coding: [{ system: 'urn:s', code: 'r' }] }, valueInteger: 60 }]);
  });

  it('tell no time any more when it is kept private, with the reading or alone', () => {
    const questionnaire = curve('independent', after);
    const previous = extract(questionnaire, readings(['y', answer('after', 5), 80]));
    expect(previous.map(({ effectiveDateTime }) => effectiveDateTime)).toEqual(['2026-03-02T10:05:00-05:00']);
    for (const withheld of [['after', 'r'], ['r'], ['after']]) {
      const [made, ...others] = extract(questionnaire, [], { status: 'amended', withheld, previous });
      expect(others).toEqual([]);
      expect(made).toMatchObject({ status: 'entered-in-error', effectiveDateTime: began, _valueInteger: masked });
      expect(made?.valueInteger).toBeUndefined();
    }
  });

  it('or Observations of their own, each at its time', () => {
    const made = extract(curve('independent', after), given);
    expect(made.map(({ identifier, effectiveDateTime }) => [identifier?.[0]?.value, effectiveDateTime])).toEqual([
      ['l1#r:x', '2026-03-02T10:00:00-05:00'],
      ['l1#r:y', '2026-03-02T10:05:00-05:00'],
      ['l1#r:z', '2026-03-02T10:00:00-05:00'],
    ]);
  });

  it.each<[name: string, offset: QuestionnaireItem, answer: QuestionnaireResponseItem['answer'], at: string]>([
    [
      'minutes where no unit is said',
      bare(item('after', [isOffset])),
      [{ valueInteger: 90 }],
      '2026-03-02T11:30:00-05:00',
    ],
    [
      'an amount',
      bare(item('after', [isOffset])),
      [{ valueQuantity: { value: 1.5, code: 'h' } }],
      '2026-03-02T11:30:00-05:00',
    ],
    ['half a minute', after, [{ valueDecimal: 0.5 }], '2026-03-02T10:00:30-05:00'],
    [
      'a moment',
      bare(item('after', [isOffset])),
      [{ valueDateTime: '2026-03-02T15:20:00Z' }],
      '2026-03-02T10:20:00-05:00',
    ],
    ['over midnight', after, [{ valueInteger: 15 * 60 }], '2026-03-03T01:00:00-05:00'],
    [
      'the unit that the item has an amount in, where none is named',
      bare(item('after', [isOffset, minutes])),
      [{ valueQuantity: { value: 90 } }],
      '2026-03-02T11:30:00-05:00',
    ],
    [
      'an amount in words of no unit',
      bare(item('after', [isOffset])),
      [{ valueQuantity: { value: 2, unit: 'x' } }],
      began,
    ],
    ['a time in no year that there is', after, [{ valueDecimal: 1e15 }], began],
    ['a time before there were years', after, [{ valueDecimal: -1e15 }], began],
    ['what says no time', bare(item('after', [isOffset])), [{ valueQuantity: { value: 2, code: 'km' } }], began],
    ['what is kept private', after, [masked], began],
  ])('by %s', (_name, offset, answers, at) => {
    const [made] = extract(
      curve('independent', offset),
      readings(['x', { linkId: 'after', ...(answers && { answer: answers }) }, 60]),
    );
    expect(made?.effectiveDateTime).toBe(at);
  });
});

describe('an amendment of what has parts', () => {
  const panel = form(
    group('p', [flag(true)], item('a', [as('member')]), item('b', [as('component')]), item('c', [as('component')])),
  );
  const items = (a?: QuestionnaireResponseItem, b?: QuestionnaireResponseItem, c?: QuestionnaireResponseItem) => [
    within('p', ...[a, b, c].filter((each) => each !== undefined)),
  ];
  const first = extract(panel, items(answer('a', 1), answer('b', 2), answer('c', 3)));
  const again = (given: QuestionnaireResponseItem[], more: { previous?: Observation[]; withheld?: string[] } = {}) =>
    told(extract(panel, given, { status: 'amended', previous: first, ...more }));
  const kept = (linkId: string) => ({ linkId, answer: [masked] });

  it.each<[name: string, given: QuestionnaireResponseItem[], told: string[]]>([
    ['leaves what says the same', items(answer('a', 1), answer('b', 2), answer('c', 3)), ['p [b=2 c=3] > a', 'a=1']],
    ['in another order, too', items(answer('c', 3), answer('b', 2), answer('a', 1)), ['p [c=3 b=2] > a', 'a=1']],
    [
      'amends a changed part',
      items(answer('a', 1), answer('b', 9), answer('c', 3)),
      ['p [b=9 c=3] > a amended', 'a=1'],
    ],
    [
      'amends a member alone',
      items(answer('a', 9), answer('b', 2), answer('c', 3)),
      ['p [b=2 c=3] > a', 'a=9 amended'],
    ],
    ['takes out a cleared part', items(answer('a', 1), answer('b', 2)), ['p [b=2] > a amended', 'a=1']],
    [
      'takes out a cleared member',
      items(undefined, answer('b', 2), answer('c', 3)),
      ['p [b=2 c=3] amended', 'a=1 entered-in-error'],
    ],
    ['takes back what says nothing more', items(), ['p [b=2 c=3] > a entered-in-error', 'a=1 entered-in-error']],
    ['takes out a part that is kept', items(answer('a', 1), kept('b'), answer('c', 3)), ['p [c=3] > a amended', 'a=1']],
    [
      'takes out a member that is kept',
      items(kept('a'), answer('b', 2), answer('c', 3)),
      ['p [b=2 c=3] amended', 'a entered-in-error'],
    ],
    [
      'masks the parts of what says nothing more',
      items(undefined, kept('b')),
      ['p [b=masked c=masked] entered-in-error', 'a=1 entered-in-error'],
    ],
  ])('%s', (_name, given, expected) => {
    expect(again(given)).toEqual(expected);
  });

  it('masks what is cleared and named as withheld at once, or stands in a group that is', () => {
    expect(again(items(undefined, answer('b', 2), answer('c', 3)), { withheld: ['a'] })).toEqual([
      'p [b=2 c=3] amended',
      'a entered-in-error',
    ]);
    expect(again([], { withheld: ['p'] })).toEqual(['p [b=masked c=masked] entered-in-error', 'a entered-in-error']);
  });

  it('of a log that is taken back masks what is kept', () => {
    const given = items(kept('a'), answer('b', 2), answer('c', 3));
    expect(told(extract(panel, given, { status: 'entered-in-error', previous: first }))).toEqual([
      'p [b=2 c=3] > a entered-in-error',
      'a entered-in-error',
    ]);
  });
});
