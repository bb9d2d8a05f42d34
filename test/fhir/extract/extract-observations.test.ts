import type { Observation, Questionnaire, QuestionnaireItem, QuestionnaireResponse } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../src/fhir/answers/read-answers.ts';
import { toResponseItems } from '../../../src/fhir/answers/write-items.ts';
import { extractObservations } from '../../../src/fhir/extract/extract-observations.ts';
import type { AnswerItem } from '../../../src/homework/model.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import fc from '../../fast-check.ts';
import { answersArbitrary } from '../../kinds/answers-arbitrary.ts';
import { currentOf, firstOf } from '../../kinds/current-of.ts';

const PERFORMED_AT = '2026-03-02T10:00:00-05:00';
const AUTHORED = '2026-03-02T10:20:00-05:00';
const LATER = '2026-03-03T08:00:00-05:00';
const EXTRACT = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract';
const LOG = '0d1c5b1e-7f0a-4c7e-9d38-3a53c7c1e001';
const { questionnaire: monitoring } = currentOf('self-monitoring');
const { questionnaire: exposure } = firstOf('graded-exposure');

const firstLog = {
  situation: 'Team meeting',
  'belief-before': 90,
  'belief-after': 90,
  'suds-before': 60,
  'suds-peak': 75,
  'suds-after': 50,
  'self-censored': 4,
  prediction: 'they will laugh',
};

interface LogCase {
  readonly questionnaire?: Questionnaire;
  readonly status?: QuestionnaireResponse['status'];
  readonly authored?: string;
  readonly withheld?: readonly string[];
}

function response(answers: Record<string, unknown>, given: LogCase = {}): QuestionnaireResponse {
  const questionnaire = given.questionnaire ?? monitoring;
  return {
    resourceType: 'QuestionnaireResponse',
    id: LOG,
    meta: {
      profile: ['https://intersession.dev/fhir/StructureDefinition/homework-log'],
      security: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'MH' },
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'PATAST' },
        ...(given.withheld
          ? [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED' }]
          : []),
      ],
      tag: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-tags', code: 'patient-supplied' }],
    },
    basedOn: [{ reference: 'CarePlan/plan-1' }],
    status: given.status ?? 'completed',
    subject: { reference: 'Patient/sarah' },
    source: { reference: 'Patient/sarah' },
    author: { reference: 'Practitioner/dr-okafor' },
    authored: given.authored ?? AUTHORED,
    item: toResponseItems(questionnaire, readAnswers(questionnaire, answers), given.withheld ?? []),
  };
}

function extract(answers: Record<string, unknown>, given: LogCase & { previous?: readonly Observation[] } = {}) {
  return extractObservations({
    questionnaire: given.questionnaire ?? monitoring,
    response: response(answers, given),
    performedAt: PERFORMED_AT,
    ...(given.previous && { previous: given.previous }),
  });
}

const byLinkId = (observations: readonly Observation[]) =>
  new Map(observations.map((observation) => [observation.identifier?.[0]?.value?.split('#')[1] ?? '', observation]));
const statuses = (observations: readonly Observation[]) =>
  Object.fromEntries([...byLinkId(observations)].map(([linkId, observation]) => [linkId, observation.status]));

describe('extractObservations', () => {
  it("makes six measures of Sarah's first log, and none of its texts", () => {
    const observations = extract(firstLog);
    expect(
      observations.map((observation) => [
        observation.code.coding?.[0]?.code,
        observation.valueInteger ?? observation.valueQuantity?.value,
      ]),
    ).toEqual([
      ['belief-before', 90],
      ['suds-before', 60],
      ['suds-peak', 75],
      ['self-censored', 4],
      ['suds-after', 50],
      ['belief-after', 90],
    ]);
    expect(JSON.stringify(observations)).not.toContain('laugh');
  });

  it('writes each measure in full', () => {
    expect(byLinkId(extract(firstLog)).get('suds-peak')).toEqual({
      resourceType: 'Observation',
      id: `${LOG}.suds-peak`,
      meta: {
        profile: ['https://intersession.dev/fhir/StructureDefinition/homework-measure'],
        security: [
          { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'MH' },
          { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'PATAST' },
        ],
        tag: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-tags', code: 'patient-supplied' }],
      },
      identifier: [{ system: 'https://intersession.dev/id/measure', value: `${LOG}#suds-peak` }],
      basedOn: [{ reference: 'CarePlan/plan-1' }],
      status: 'final',
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/observation-category',
              code: 'survey',
              display: 'Survey',
            },
          ],
        },
      ],
      code: {
        coding: [
          { system: 'https://intersession.dev/fhir/CodeSystem/measure', code: 'suds-peak', display: 'SUDS peak' },
        ],
        text: 'SUDS peak',
      },
      subject: { reference: 'Patient/sarah' },
      effectiveDateTime: PERFORMED_AT,
      issued: AUTHORED,
      performer: [{ reference: 'Patient/sarah' }],
      valueInteger: 75,
      derivedFrom: [expect.objectContaining({ reference: `QuestionnaireResponse/${LOG}` })],
    });
  });

  it('writes a number with a unit as a Quantity in UCUM', () => {
    const answers = { 'suds-before': 70, 'exposure-done': true, 'duration-seconds': 20, 'belief-after': 55 };
    const measures = byLinkId(extract(answers, { questionnaire: exposure }));
    expect(measures.get('duration-seconds')?.valueQuantity).toEqual({
      value: 20,
      unit: 's',
      system: 'http://unitsofmeasure.org',
      code: 's',
    });
    expect(measures.get('belief-after')?.valueQuantity).toMatchObject({ value: 55, code: '%' });
    expect([...measures.keys()].sort()).toEqual(['belief-after', 'duration-seconds', 'suds-before']);
  });

  it('makes nothing of a draft, and keeps what was there', () => {
    expect(extract(firstLog, { status: 'in-progress' })).toEqual([]);
    const previous = extract(firstLog);
    expect(extract({}, { status: 'in-progress', previous })).toEqual(previous);
  });

  it('amends what changed, leaves the rest untouched, and marks what is gone', () => {
    const previous = extract(firstLog);
    const { 'self-censored': _gone, ...rest } = firstLog;
    const amended = extract({ ...rest, 'suds-peak': 70 }, { status: 'amended', authored: LATER, previous });
    expect(statuses(amended)).toEqual({
      'belief-before': 'final',
      'belief-after': 'final',
      'suds-before': 'final',
      'suds-peak': 'amended',
      'suds-after': 'final',
      'self-censored': 'entered-in-error',
    });
    const now = byLinkId(amended);
    const before = byLinkId(previous);
    expect(now.get('suds-peak')).toMatchObject({ valueInteger: 70, issued: LATER, id: `${LOG}.suds-peak` });
    expect(now.get('suds-before')).toEqual(before.get('suds-before'));
    expect(now.get('self-censored')).toEqual({ ...before.get('self-censored'), status: 'entered-in-error' });

    const again = extract({ ...rest, 'suds-peak': 70 }, { status: 'amended', authored: LATER, previous: amended });
    expect(byLinkId(again)).toEqual(now);
    const back = extract({ ...firstLog, 'suds-peak': 70 }, { status: 'amended', authored: LATER, previous: again });
    expect(statuses(back)['self-censored']).toBe('amended');
    expect(statuses(back)['suds-peak']).toBe('amended');
  });

  it('amends a measure whose moment was corrected', () => {
    const previous = extract(firstLog);
    const moved = extractObservations({
      questionnaire: monitoring,
      response: response(firstLog, { status: 'amended', authored: LATER }),
      performedAt: '2026-03-02T11:00:00-05:00',
      previous,
    });
    expect(new Set(Object.values(statuses(moved)))).toEqual(new Set(['amended']));
    const sameMoment = extractObservations({
      questionnaire: monitoring,
      response: response(firstLog, { status: 'amended', authored: LATER }),
      performedAt: '2026-03-02T15:00:00Z',
      previous,
    });
    expect(new Set(Object.values(statuses(sameMoment)))).toEqual(new Set(['final']));
  });

  it('takes all back with a retracted log', () => {
    const previous = extract(firstLog);
    const retracted = extract(firstLog, { status: 'entered-in-error', previous });
    expect(retracted).toEqual(previous.map((observation) => ({ ...observation, status: 'entered-in-error' })));
    expect(new Set(Object.values(statuses(extract(firstLog, { status: 'entered-in-error' }))))).toEqual(
      new Set(['entered-in-error']),
    );
  });

  it('makes nothing of a masked answer', () => {
    const observations = byLinkId(extract(firstLog, { withheld: ['suds-peak'] }));
    expect(observations.has('suds-peak')).toBe(false);
    expect(observations.get('suds-before')?.meta?.security?.map(({ code }) => code)).toEqual(['MH', 'PATAST']);
  });

  it('takes the value out of a measure that is no longer shared, and gives it back', () => {
    const previous = extract(firstLog);
    const withheld = ['suds-peak', 'belief-before'];
    const masked = extract(firstLog, { status: 'amended', withheld, previous });
    const peak = previous.find((observation) => observation.id === `${LOG}.suds-peak`);
    const { valueInteger: _hidden, ...shell }: Partial<Observation> = { ...peak };
    expect(byLinkId(masked).get('suds-peak')).toEqual({
      ...shell,
      status: 'entered-in-error',
      meta: {
        ...shell.meta,
        security: [...(shell.meta?.security ?? []), expect.objectContaining({ code: 'REDACTED' })],
      },
      _valueInteger: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
      },
    });
    expect(byLinkId(masked).get('belief-before')?.valueQuantity?.value).toBeUndefined();
    expect(byLinkId(masked).get('belief-after')?.status).toBe('final');
    expect(extract(firstLog, { status: 'amended', withheld, previous: masked }).toSorted(byId)).toEqual(
      masked.toSorted(byId),
    );
    const shared = byLinkId(extract(firstLog, { status: 'amended', previous: masked }));
    expect(shared.get('suds-peak')).toMatchObject({ status: 'amended', valueInteger: 75 });
    expect(shared.get('suds-peak')?.meta?.security?.map(({ code }) => code)).not.toContain('REDACTED');
  });

  it('finds what was extracted before whatever ids a server gave and whatever else it added', () => {
    const previous = extract(firstLog).map((observation, at) => ({
      ...observation,
      id: String(1000 + at),
      identifier: [{ system: 'urn:server', value: 'x' }, ...(observation.identifier ?? [])],
    }));
    const amended = extract(firstLog, { status: 'amended', authored: LATER, previous: previous.toReversed() });
    expect(new Set(Object.values(statuses(amended)))).toEqual(new Set(['final']));
    expect(amended).toHaveLength(previous.length);
  });

  it('extracts exactly the answered measured items of any log of any kind, ids within bounds', () => {
    for (const { questionnaire } of registeredKinds.versions) {
      fc.assert(
        fc.property(answersArbitrary(questionnaire, { complete: false }), (items) => {
          const observations = extractObservations({
            questionnaire,
            response: { ...response({}), item: toResponseItems(questionnaire, items, 'none') },
            performedAt: PERFORMED_AT,
          });
          const answered = answeredOf(items).filter((linkId) => isFlagged(questionnaire.item ?? [], linkId));
          expect([...byLinkId(observations).keys()].toSorted()).toEqual(answered.toSorted());
          for (const observation of observations) expect(observation.id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
        }),
        { numRuns: 40 },
      );
    }
  });
});

describe('the extraction flag', () => {
  const code = (name: string) => [{ system: 'urn:x', code: name }];
  const flag = (valueBoolean: boolean) => [{ url: EXTRACT, valueBoolean }];
  const integer = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
    linkId,
    type: 'integer',
    code: code(linkId),
    ...more,
  });
  const codesOf = (questionnaire: Partial<Questionnaire>, item: QuestionnaireResponse['item']) =>
    extractObservations({
      questionnaire: { resourceType: 'Questionnaire', status: 'active', ...questionnaire },
      response: { ...response({}), item: item ?? [] },
      performedAt: PERFORMED_AT,
    }).map((extractObservation) => [
      extractObservation.identifier?.[0]?.value?.split('#')[1],
      ...(extractObservation.code.coding ?? []).map((coding) => coding.code),
    ]);

  it('is inherited from questionnaire and group, and can be taken back', () => {
    const items: QuestionnaireItem[] = [
      { linkId: 'g', type: 'group', item: [integer('a'), integer('b', { extension: flag(false) })] },
      {
        linkId: 'off',
        type: 'group',
        extension: flag(false),
        item: [integer('c'), integer('d', { extension: flag(true) })],
      },
      { linkId: 'no-code', type: 'integer' },
    ];
    const answers: QuestionnaireResponse['item'] = [
      { linkId: 'g', item: [answerOf('a'), answerOf('b')] },
      { linkId: 'off', item: [answerOf('c'), answerOf('d')] },
      answerOf('no-code'),
    ];
    expect(codesOf({ extension: flag(true), item: items }, answers)).toEqual([
      ['a', 'a'],
      ['d', 'd'],
    ]);
    expect(codesOf({ item: items }, answers)).toEqual([['d', 'd']]);
  });

  it('may stand on one code of an item', () => {
    const item = integer('a', { code: [...code('not'), { system: 'urn:x', code: 'this', extension: flag(true) }] });
    expect(codesOf({ item: [item] }, [answerOf('a')])).toEqual([['a', 'this']]);
  });

  it('reaches items below an answer, and tells repetitions apart by their ids', () => {
    const below: QuestionnaireItem = { linkId: 'q', type: 'boolean', item: [integer('n', { extension: flag(true) })] };
    const repeating: QuestionnaireItem = {
      linkId: 'r',
      type: 'group',
      repeats: true,
      item: [integer('m', { extension: flag(true) })],
    };
    expect(
      codesOf({ item: [below, repeating] }, [
        { linkId: 'q', answer: [{ valueBoolean: true, item: [answerOf('n')] }] },
        { linkId: 'r', id: 'one', item: [answerOf('m')] },
        { linkId: 'r', id: 'two', item: [answerOf('m')] },
      ]),
    ).toEqual([
      ['n', 'n'],
      ['m:one', 'm'],
      ['m:two', 'm'],
    ]);
  });

  function answerOf(linkId: string) {
    return { linkId, answer: [{ valueInteger: 1 }] };
  }
});

function byId(observation: Observation, other: Observation): number {
  return (observation.id ?? '').localeCompare(other.id ?? '');
}

/** linkIds with an answer, at any depth, each once. */
function answeredOf(items: readonly AnswerItem[]): string[] {
  const found = items.flatMap((item) => [...(item.answers.length > 0 ? [item.linkId] : []), ...answeredOf(item.items)]);
  return [...new Set(found)];
}

/** Whether an item asks for extraction itself; no Questionnaire of ours has the flag anywhere else. */
function isFlagged(level: readonly QuestionnaireItem[], linkId: string): boolean {
  return level.some((item) =>
    item.linkId === linkId
      ? item.extension?.some(({ url }) => url.endsWith('/sdc-questionnaire-observationExtract')) === true
      : isFlagged(item.item ?? [], linkId),
  );
}
