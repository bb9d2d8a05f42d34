import type {
  Coding,
  Extension,
  Observation,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { extractObservations } from '../../../src/fhir/extract/extract-observations.ts';
import { measuredAnswers } from '../../../src/fhir/extract/measured-answers.ts';

const url = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';
const flag = (valueBoolean: boolean): Extension[] => [
  { url: 'urn:other', valueBoolean: !valueBoolean },
  { url, valueBoolean },
];
const form = (...item: QuestionnaireItem[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item,
});
const a: Coding = { system: 'urn:s', code: 'a' };
const item = (more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId: 'x',
  type: 'integer',
  code: [a],
  ...more,
});
const answer = { linkId: 'x', answer: [{ valueInteger: 1 }] };
const masked = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};
const log: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  id: 'l1',
  status: 'completed',
  item: [answer],
};
const response = (...items: QuestionnaireResponseItem[]): QuestionnaireResponse => ({ ...log, item: items });
const codesOf = (questionnaire: Questionnaire, given = log) =>
  measuredAnswers(questionnaire, given).map(({ form: { codes } }) => codes.map(({ code }) => code).join());

describe('what is measured', () => {
  const b: Coding = { system: 'urn:s', code: 'b' };

  it.each<[name: string, questionnaire: Questionnaire, codes: string[]]>([
    ['nothing without a flag', form(item()), []],
    ['a flagged item', form(item({ extension: flag(true) })), ['a']],
    ['not an unflagged one', form(item({ extension: flag(false) })), []],
    ['nor one without a code', form(item({ extension: flag(true), code: [] })), []],
    ['an item that is flagged by a code', form(item({ extension: [{ url, valueCode: 'independent' }] })), ['a']],
    ['not one whose flag says nothing', form(item({ extension: [{ url }] })), []],
    ['all of a flagged questionnaire', { ...form(item()), extension: flag(true) }, ['a']],
    ['all codes', form(item({ extension: flag(true), code: [a, b] })), ['a,b']],
    [
      'but those that are unflagged',
      form(item({ extension: flag(true), code: [a, { ...b, extension: flag(false) }] })),
      ['a'],
    ],
    [
      'only those that are flagged, if one is',
      form(item({ extension: flag(true), code: [a, { ...b, extension: flag(true) }] })),
      ['b'],
    ],
    [
      'a flagged code of an unflagged item',
      form(item({ extension: flag(false), code: [a, { ...b, extension: flag(true) }] })),
      ['b'],
    ],
    ['nothing of an empty questionnaire', { ...form(), extension: flag(true) }, []],
  ])('is %s', (_, questionnaire, codes) => {
    expect(codesOf(questionnaire)).toStrictEqual(codes);
  });

  it('is each item with its answers, the masked ones by name', () => {
    const repeats = form(item({ extension: flag(true), repeats: true }));
    const given = response(
      { linkId: 'x', id: 'server', answer: [{ valueInteger: 1 }, { valueInteger: 2 }] },
      { linkId: 'new', answer: [{ valueInteger: 1 }] },
    );
    const [both, ...none] = measuredAnswers(repeats, given);
    expect(none).toStrictEqual([]);
    expect(both).toStrictEqual({
      form: expect.objectContaining({ item: repeats.item?.[0], codes: [a] }),
      answers: [{ valueInteger: 1 }, { valueInteger: 2 }],
      isMasked: false,
    });
    // one that is kept hides those beside it: how many there are would tell
    const kept = measuredAnswers(repeats, response({ linkId: 'x', answer: [{ valueInteger: 1 }, masked] }));
    expect(kept).toStrictEqual([{ form: both?.form, answers: [], isMasked: true }]);
    expect(codesOf(repeats, { resourceType: 'QuestionnaireResponse', status: 'completed' })).toStrictEqual([]);
  });

  it('has the ids of the repetitions that it stands in, the outer first: an inner one may be another’s, too', () => {
    const group = (linkId: string, repeats: boolean, ...inside: QuestionnaireItem[]): QuestionnaireItem => ({
      linkId,
      type: 'group',
      repeats,
      item: inside,
    });
    const flagged = item({ extension: flag(true) });
    const instances = (questionnaire: Questionnaire, ...items: QuestionnaireResponseItem[]) =>
      measuredAnswers(questionnaire, response(...items)).map((measured) =>
        'instance' in measured ? measured.instance : 'none',
      );
    const outer = { linkId: 'o', id: 'o1', item: [{ linkId: 'i', id: 'i1', item: [answer] }] };
    expect(instances(form(group('o', true, group('i', true, flagged))), outer)).toStrictEqual(['o1.i1']);
    expect(instances(form(group('o', true, group('i', false, flagged))), outer)).toStrictEqual(['o1']);
    expect(instances(form(group('o', false, group('i', false, flagged))), outer)).toStrictEqual(['none']);
    expect(
      instances(form(group('o', true, group('i', true, flagged))), {
        ...outer,
        item: [{ linkId: 'i', item: [answer] }],
      }),
    ).toStrictEqual(['o1']);
  });
});

describe('an Observation', () => {
  const redacted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED' };
  const extract = (questionnaire: Questionnaire, given: QuestionnaireResponse, more: object = {}): Observation[] =>
    extractObservations({ questionnaire, response: given, performedAt: '2026-03-02T10:00:00-05:00', ...more });
  const flagged = item({
    extension: flag(true),
    text: 'How much?',
    code: [{ ...a, extension: [{ url: 'urn:x' }], userSelected: true }],
  });
  const least: Observation = {
    resourceType: 'Observation',
    id: 'l1.x',
    meta: { profile: ['https://intersession.dev/fhir/StructureDefinition/homework-measure'] },
    identifier: [{ system: 'https://intersession.dev/id/measure', value: 'l1#x' }],
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey', display: 'Survey' },
        ],
      },
    ],
    code: { coding: [a], text: 'How much?' },
    effectiveDateTime: '2026-03-02T10:00:00-05:00',
    valueInteger: 1,
    derivedFrom: [
      { reference: 'QuestionnaireResponse/l1', identifier: { system: 'https://intersession.dev/id/log', value: 'l1' } },
    ],
  };

  it('says no more than the log does', () => {
    const made = extract(form(flagged), log);
    expect(made).toStrictEqual([least]);
    expect(Object.keys(made[0] ?? {})).toStrictEqual(Object.keys(least));
    const nameless = extract(form(item({ extension: flag(true), code: [{ code: 'a' }] })), log);
    expect(nameless[0]?.code).toStrictEqual({ coding: [{ code: 'a' }] });
  });

  it('is performed by who answered, else by who wrote it down; labels but REDACTED come along', () => {
    const author = { reference: 'Practitioner/p' };
    const source = { reference: 'RelatedPerson/r' };
    expect(extract(form(flagged), { ...log, author })[0]?.performer).toStrictEqual([author]);
    expect(extract(form(flagged), { ...log, author, source })[0]?.performer).toStrictEqual([source]);
    const other = { system: 'urn:labels', code: 'REDACTED' };
    expect(extract(form(flagged), { ...log, meta: { security: [redacted, other] } })[0]?.meta).toStrictEqual({
      ...least.meta,
      security: [other],
    });
    expect(extract(form(flagged), { ...log, meta: { security: [redacted] } })[0]?.meta).toStrictEqual(least.meta);
  });

  it('has its own time where it was written down before', () => {
    const ownTimes = { x: '2026-03-01T20:00:00-05:00', y: '2026-03-01T21:00:00-05:00' };
    expect(extract(form(flagged), log, { ownTimes })).toStrictEqual([{ ...least, effectiveDateTime: ownTimes.x }]);
    expect(extract(form(flagged), log, { ownTimes: { y: ownTimes.y } })).toStrictEqual([least]);
  });

  it('is the first of several answers where one is asked for, and none of an answer without a value', () => {
    const several = response({ linkId: 'x', answer: [{}, { valueInteger: 1 }, { valueInteger: 2 }] });
    expect(extract(form(flagged), several)).toStrictEqual([least]);
  });

  it('has a component for each of several answers, and the same identity however many there are', () => {
    const { valueInteger: _value, ...shell } = least;
    const parts = (...values: number[]) => values.map((valueInteger) => ({ code: least.code, valueInteger }));
    const several = response({ linkId: 'x', answer: [{}, { valueInteger: 1 }, { valueInteger: 2 }] });
    expect(extract(form({ ...flagged, repeats: true }), several)).toStrictEqual([{ ...shell, component: parts(1, 2) }]);
    expect(extract(form({ ...flagged, repeats: true }), log)).toStrictEqual([{ ...shell, component: parts(1) }]);
  });

  it('keeps its status and issue while it is unchanged', () => {
    const later = { ...log, status: 'amended', authored: '2026-03-03T08:00:00Z' } as const;
    const again = (previous: Observation, given: QuestionnaireResponse = later) =>
      extract(form(flagged), given, { previous: [previous] });
    expect(again({ ...least, issued: '2026-03-02T11:00:00Z' })).toStrictEqual([
      { ...least, issued: '2026-03-02T11:00:00Z' },
    ]);
    expect(again({ ...least, status: 'amended' })).toStrictEqual([
      { ...least, status: 'amended', issued: later.authored },
    ]);
    expect(again({ ...least, valueInteger: 2 })).toStrictEqual([
      { ...least, status: 'amended', issued: later.authored },
    ]);
    expect(again({ ...least, valueInteger: 2 }, log)).toStrictEqual([least]);
    expect(again({ ...least, status: 'entered-in-error' }, log)).toStrictEqual([{ ...least, status: 'amended' }]);
    // one that has lost its identifier is another one
    const { identifier: _gone, ...nameless } = least;
    expect(again(nameless, log)).toStrictEqual([least, { ...nameless, status: 'entered-in-error' }]);
  });

  it.each<[was: Partial<Observation>, becomes: Partial<Observation>]>([
    [{ valueInteger: 1 }, { _valueInteger: masked }],
    [{ valueQuantity: { value: 1 } }, { valueQuantity: masked }],
    [{ valueString: 'x' }, { _valueString: masked }],
    [{ valueBoolean: true }, { _valueBoolean: masked }],
    [{ valueDateTime: '2026' }, { _valueDateTime: masked }],
    [{ valueTime: '08:00:00' }, { _valueTime: masked }],
    [{ valueCodeableConcept: { text: 'x' } }, { valueCodeableConcept: masked }],
  ])('loses %j when it is no longer shared', (was, becomes) => {
    const { valueInteger: _value, ...shell } = least;
    const hidden = response({ linkId: 'x', answer: [masked] });
    const label = { ...redacted, display: 'redacted' };
    const [made, ...more] = extract(form(flagged), hidden, { previous: [{ ...shell, ...was }] });
    expect(more).toStrictEqual([]);
    expect(made).toStrictEqual({
      ...shell,
      ...becomes,
      status: 'entered-in-error',
      meta: { ...shell.meta, security: [label] },
    });
    // once is enough
    expect(made && extract(form(flagged), hidden, { previous: [made] })).toStrictEqual([made]);
  });
});
