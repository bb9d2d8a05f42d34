import { createHash } from 'node:crypto';
import type { Coding, Observation, QuestionnaireItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { measureResourceId } from '../../../src/fhir/extract/measure-resource-id.ts';
import { type MeasuredValue, maskedValue, measuredValue } from '../../../src/fhir/extract/measured-value.ts';
import { sameMeasurement } from '../../../src/fhir/extract/same-measurement.ts';

const ucum = 'http://unitsofmeasure.org';
const extensionOf = (name: string, value: object) => ({
  url: `http://hl7.org/fhir/StructureDefinition/${name}`,
  ...value,
});
const unit = (valueCoding: Coding): QuestionnaireItem => ({
  linkId: 'x',
  type: 'quantity',
  extension: [
    extensionOf('questionnaire-unitOption', { valueCoding: { system: ucum, code: 'h', display: 'hours' } }),
    extensionOf('questionnaire-unit', { valueCoding }),
  ],
});
const bare: QuestionnaireItem = { linkId: 'x', type: 'integer' };
const minutes = unit({ system: ucum, code: 'min', display: 'minutes' });
const hours = { unit: 'hours', system: ucum, code: 'h' };
const amount = { unit: 'minutes', system: ucum, code: 'min' };
const score = extensionOf('ordinalValue', { valueDecimal: 3 });
const weight = extensionOf('itemWeight', { valueDecimal: 3 });
const prefix = extensionOf('questionnaire-optionPrefix', { valueString: 'a)' });
const often: QuestionnaireItem = {
  linkId: 'x',
  type: 'choice',
  answerOption: [
    { valueCoding: { system: 'urn:s', code: 'never', display: 'Never' } },
    { valueCoding: { system: 'urn:s', code: 'often', display: 'Often', extension: [prefix, score] } },
    { valueCoding: { system: 'urn:s', code: 'always', extension: [weight] } },
    { valueCoding: { code: 'bare', display: 'Bare' } },
  ],
};
const concept = (coding: Coding): MeasuredValue => ({ valueCodeableConcept: { coding: [coding] } });

describe('an answer as the value of an Observation', () => {
  it.each<[item: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer, value: MeasuredValue | undefined]>([
    [bare, { valueInteger: 0 }, { valueInteger: 0 }],
    [bare, { valueDecimal: 0.5 }, { valueQuantity: { value: 0.5 } }],
    [minutes, { valueInteger: 20 }, { valueQuantity: { value: 20, ...amount } }],
    [minutes, { valueDecimal: 0.5 }, { valueQuantity: { value: 0.5, ...amount } }],
    [unit({ code: 'min' }), { valueInteger: 20 }, { valueQuantity: { value: 20, unit: 'min', code: 'min' } }],
    [unit({ display: 'pages' }), { valueInteger: 2 }, { valueQuantity: { value: 2, unit: 'pages' } }],
    [minutes, { valueQuantity: { value: 2 } }, { valueQuantity: { value: 2, ...amount } }],
    [minutes, { valueQuantity: { value: 2, unit: 'hours' } }, { valueQuantity: { value: 2, ...hours } }],
    [minutes, { valueQuantity: { value: 2, unit: 'h' } }, { valueQuantity: { value: 2, ...hours } }],
    // no other unit's code is put beside what was said
    [minutes, { valueQuantity: { value: 2, unit: 'pages' } }, { valueQuantity: { value: 2, unit: 'pages' } }],
    [minutes, { valueQuantity: { value: 2, code: 'h' } }, { valueQuantity: { value: 2, code: 'h' } }],
    [bare, { valueQuantity: { value: 2, unit: 'pages' } }, { valueQuantity: { value: 2, unit: 'pages' } }],
    [bare, { valueBoolean: false }, { valueBoolean: false }],
    [bare, { valueString: 'rain' }, { valueString: 'rain' }],
    [bare, { valueTime: '22:30:00' }, { valueTime: '22:30:00' }],
    [bare, { valueDateTime: '2026-03-02T10:00:00Z' }, { valueDateTime: '2026-03-02T10:00:00Z' }],
    [bare, { valueDate: '2026-03-02' }, { valueDateTime: '2026-03-02' }],
    // an option brings its words and its score, and nothing else that stands on it
    [
      often,
      { valueCoding: { system: 'urn:s', code: 'often' } },
      concept({ extension: [score], system: 'urn:s', code: 'often', display: 'Often' }),
    ],
    [
      often,
      { valueCoding: { system: 'urn:s', code: 'always' } },
      concept({ extension: [weight], system: 'urn:s', code: 'always' }),
    ],
    [
      often,
      { valueCoding: { system: 'urn:s', code: 'never', display: 'nie' } },
      concept({ system: 'urn:s', code: 'never', display: 'nie' }),
    ],
    [often, { valueCoding: { code: 'bare' } }, concept({ code: 'bare', display: 'Bare' })],
    [
      often,
      { valueCoding: { system: 'urn:s', code: 'new', extension: [score, prefix] } },
      concept({ extension: [score], system: 'urn:s', code: 'new' }),
    ],
    [
      bare,
      { valueCoding: { system: 'urn:s', display: 'Own words' } },
      concept({ system: 'urn:s', display: 'Own words' }),
    ],
    [bare, {}, undefined],
    [bare, { valueUri: 'urn:x' }, undefined],
  ])('of %j: %j', (item, answer, value) => {
    expect(measuredValue(item, answer)).toStrictEqual(value);
  });

  const masked = {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
  };

  it.each<[value: Partial<MeasuredValue>, hidden: Partial<Observation>]>([
    [{ valueInteger: 0 }, { _valueInteger: masked }],
    [{ valueQuantity: { value: 2 } }, { valueQuantity: masked }],
    [{ valueBoolean: false }, { _valueBoolean: masked }],
    [{ valueDateTime: '2026-03-02' }, { _valueDateTime: masked }],
    [{ valueTime: '22:30:00' }, { _valueTime: masked }],
    [{ valueCodeableConcept: { text: 'x' } }, { valueCodeableConcept: masked }],
    [{ valueString: 'x' }, { _valueString: masked }],
    [{}, { _valueString: masked }],
  ])('that is no longer shared: %j', (value, hidden) => {
    expect(
      maskedValue({
        valueInteger: undefined,
        valueQuantity: undefined,
        valueString: undefined,
        valueBoolean: undefined,
        valueDateTime: undefined,
        valueTime: undefined,
        valueCodeableConcept: undefined,
        ...value,
      }),
    ).toStrictEqual(hidden);
  });
});

describe('two measurements', () => {
  const of = (value: Partial<Observation>): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: {},
    effectiveDateTime: '2026-03-02T10:00:00-05:00',
    ...value,
  });
  const quantity = { value: 2, unit: 'h', system: ucum, code: 'h' };
  const coding = { system: 'urn:s', code: 'often', display: 'Often' };
  const part = (system: string, code: string) => ({ code: { coding: [{ system, code }] }, valueInteger: 5 });

  it.each<[value: Partial<Observation>, other: Partial<Observation>]>([
    [{ valueInteger: 5 }, { valueInteger: 5, status: 'amended', id: 'x', effectiveDateTime: '2026-03-02T15:00:00Z' }],
    [{ valueQuantity: quantity }, { valueQuantity: { ...quantity, unit: 'hours' } }],
    [
      { valueCodeableConcept: { coding: [coding] } },
      { valueCodeableConcept: { text: 'x', coding: [{ system: 'urn:s', code: 'often' }] } },
    ],
    [{ component: [part('urn:s', 'a'), part('urn:s', 'b')] }, { component: [part('urn:s', 'b'), part('urn:s', 'a')] }],
  ])('are the same: %j and %j', (value, other) => {
    expect(sameMeasurement(of(value), of(other))).toBe(true);
  });

  it.each<[value: Partial<Observation>, other: Partial<Observation>]>([
    [{ valueInteger: 5 }, { valueInteger: 6 }],
    [{ valueInteger: 5 }, { valueInteger: 5, effectiveDateTime: '2026-03-02T10:00:00Z' }],
    [{ valueInteger: 5 }, { valueQuantity: { value: 5 } }],
    [{ valueInteger: 5 }, {}],
    [{ valueQuantity: quantity }, { valueQuantity: { ...quantity, value: 3 } }],
    [{ valueQuantity: quantity }, { valueQuantity: { ...quantity, code: 'min' } }],
    [{ valueQuantity: quantity }, { valueQuantity: { ...quantity, system: 'urn:s' } }],
    [{ valueQuantity: quantity }, { valueQuantity: { ...quantity, comparator: '<' } }],
    [{ valueString: 'a' }, { valueString: 'b' }],
    [{ valueBoolean: true }, { valueBoolean: false }],
    [{ valueDateTime: '2026-03-02' }, { valueDateTime: '2026-03-03' }],
    [{ valueTime: '22:30:00' }, { valueTime: '22:31:00' }],
    [{ valueString: '22:30:00' }, { valueTime: '22:30:00' }],
    [
      { valueCodeableConcept: { coding: [coding] } },
      { valueCodeableConcept: { coding: [{ ...coding, code: 'never' }] } },
    ],
    [
      { valueCodeableConcept: { coding: [coding] } },
      { valueCodeableConcept: { coding: [{ ...coding, system: 'urn:t' }] } },
    ],
    [{ valueCodeableConcept: { coding: [coding] } }, { valueCodeableConcept: { text: 'Often' } }],
    [{ component: [part('urn:s', 'a')] }, { component: [part('urn:s', 'b')] }],
    [{ component: [part('urn:s', 'a')] }, { component: [part('urn:t', 'a')] }],
    [{ component: [part('urn:s', 'a')] }, {}],
    [{ hasMember: [{ reference: 'Observation/a' }] }, { hasMember: [{ reference: 'Observation/b' }] }],
    [{ hasMember: [{ reference: 'Observation/a' }] }, {}],
    [{ derivedFrom: [{ reference: 'Observation/a' }] }, {}],
  ])('differ: %j and %j', (value, other) => {
    expect(sameMeasurement(of(value), of(other))).toBe(false);
  });
});

describe('the id of a measure', () => {
  const log = '0d1c5b1e-7f0a-4c7e-9d38-3a53c7c1e001';
  const hashed = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length);

  it.each<[logId: string, linkId: string, instance: string | undefined, id: string]>([
    [log, 'suds-peak', undefined, `${log}.suds-peak`],
    [log, 'pain', 'r1', `${log}.pain.r1`],
    // 64 characters are an id, 65 are none
    [log, 'x'.repeat(27), undefined, `${log}.${'x'.repeat(27)}`],
    [log, 'x'.repeat(28), undefined, `${log}.${hashed(JSON.stringify(['x'.repeat(28)]), 24)}`],
    [log, '/73490535/2', undefined, `${log}.${hashed('["/73490535/2"]', 24)}`],
    [log, 'a.b', undefined, `${log}.${hashed('["a.b"]', 24)}`],
    [log, 'pain', 'r/1', `${log}.${hashed('["pain","r/1"]', 24)}`],
    [log, '', undefined, `${log}.${hashed('[""]', 24)}`],
    ['l'.repeat(39), '?', undefined, `${'l'.repeat(39)}.${hashed('["?"]', 24)}`],
    ['l'.repeat(40), '?', undefined, hashed(`${'l'.repeat(40)}.${hashed('["?"]', 24)}`, 64)],
  ])('of %s, %s, %s', (logId, linkId, instance, id) => {
    expect(measureResourceId(logId, linkId, instance)).toBe(id);
    expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
  });
});
