import type { QuestionnaireResponse } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { checkAnswers } from '../../src/fhir/answers/check-answers.ts';
import { readAnswers } from '../../src/fhir/answers/read-answers.ts';
import { fromResponseItems } from '../../src/fhir/answers/read-items.ts';
import { toResponseItems } from '../../src/fhir/answers/write-items.ts';
import { extractObservations } from '../../src/fhir/extract/extract-observations.ts';
import { hasCode } from '../../src/foundation/intersession-error.ts';
import { currentVersion } from '../../src/kinds/kind.ts';
import { aLog } from '../homework/build-plan.ts';
import { logLines } from '../homework/log-lines.ts';
import { catchError, describeKind } from './describe-kind.ts';
import { measuredCheck, slept, tense, toBed, weeklyCheck } from './kind-from-outside.ts';

const place = { timeZone: 'UTC', language: 'en-GB' };

const { questionnaire } = currentVersion(measuredCheck);
const log = '0d1c5b1e-7f0a-4c7e-9d38-3a53c7c1e001';
const ordinal = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const sometimes = { system: 'http://loinc.org', code: 'LA6569-3', display: 'Sometimes' };

describe('a kind of a questionnaire from outside', () => describeKind(weeklyCheck));
describe('a kind whose amounts and times are measures', () => describeKind(measuredCheck));

function response(answers: Record<string, unknown>, withheld: readonly string[] = []): QuestionnaireResponse {
  const item = toResponseItems(questionnaire, readAnswers(questionnaire, answers), withheld);
  return {
    resourceType: 'QuestionnaireResponse',
    id: log,
    status: 'completed',
    subject: { reference: 'Patient/p' },
    item,
  };
}

const observations = (given: QuestionnaireResponse) =>
  extractObservations({ questionnaire, response: given, performedAt: '2026-03-02T10:00:00-05:00' });

describe('its answers', () => {
  it.each([
    [tense, 'LA6569-3', { type: 'coding', value: sometimes }],
    [tense, { system: 'http://loinc.org', code: 'LA6569-3' }, { type: 'coding', value: sometimes }],
    [slept, 7.5, { type: 'quantity', value: { value: 7.5 } }],
    [slept, { value: 7, unit: 'hours' }, { type: 'quantity', value: { value: 7, unit: 'hours' } }],
    [toBed, '22:30', { type: 'time', value: '22:30:00' }],
    [toBed, '00:00:05.25', { type: 'time', value: '00:00:05' }],
  ])('%s: %j is read, written to FHIR and read back', (linkId, given, value) => {
    const items = readAnswers(questionnaire, { [linkId]: given });
    expect(items).toEqual([{ linkId, answers: [value], items: [] }]);
    const read = fromResponseItems(questionnaire, toResponseItems(questionnaire, items, 'none'));
    expect(read).toEqual({ items, withheld: [], issues: [] });
  });

  it.each([
    [tense, 'LA0000-0', 'must be one of its options'],
    [slept, 'seven', 'must be a number, or an amount with its unit'],
    [slept, { value: 7, comparator: '<' }, 'must be a number, or an amount with its unit'],
    [slept, { unit: 'h' }, 'must be a number, or an amount with its unit'],
    [slept, { value: 7, unit: 'h\u0007' }, 'has a unit that must not contain control characters'],
    [toBed, '24:00', 'must be a time of day (HH:MM)'],
    [toBed, 'late', 'must be a time of day (HH:MM)'],
  ])('%s: %j is refused by name', (linkId, given, problem) => {
    const refused = catchError(() => readAnswers(questionnaire, { [linkId]: given }));
    expect(hasCode(refused, 'invalid-answer') && refused.fields.issues).toEqual([{ linkId, problem }]);
  });

  it('keep to the limits and units that the questionnaire names', () => {
    const limits = (type: 'quantity' | 'time', min: object, max: object) => ({
      ...{ linkId: 'a', type, text: 'A?' },
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/minValue', ...min },
        { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', ...max },
        ...['h', 'min'].map((code) => ({
          url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption',
          valueCoding: { system: 'http://unitsofmeasure.org', code, display: code === 'h' ? 'hours' : 'minutes' },
        })),
      ],
    });
    const form = (item: ReturnType<typeof limits>) => ({ ...questionnaire, item: [item] });
    const amounts = form(limits('quantity', { valueInteger: 0 }, { valueDecimal: 24 }));
    const times = form(limits('time', { valueTime: '20:00:00' }, { valueTime: '23:30:00' }));
    expect(readAnswers(amounts, { a: 8 })[0]?.answers[0]?.value).toEqual({
      ...{ value: 8, unit: 'hours', system: 'http://unitsofmeasure.org', code: 'h' },
    });
    expect(readAnswers(amounts, { a: { value: 8, unit: 'minutes' } })[0]?.answers[0]?.value).toMatchObject({
      code: 'min',
    });
    expect(() => readAnswers(amounts, { a: 25 })).toThrow();
    expect(() => readAnswers(amounts, { a: { value: 8, unit: 'days' } })).toThrow();
    expect(readAnswers(times, { a: '23:30' })).toHaveLength(1);
    expect(() => readAnswers(times, { a: '19:59' })).toThrow();
  });

  it('decide what is asked next', () => {
    const asks = (enableWhen: object) => ({
      ...questionnaire,
      item: [
        ...(questionnaire.item ?? []),
        { linkId: 'why', type: 'string' as const, text: 'Why?', enableWhen: [enableWhen as never] },
      ],
    });
    const given = { [tense]: 'LA6569-3', [slept]: { value: 4, unit: 'h', code: 'h' }, [toBed]: '23:45', why: 'work' };
    const late = asks({ question: toBed, operator: '>', answerTime: '23:00:00' });
    const short = asks({ question: slept, operator: '<', answerQuantity: { value: 5, code: 'h' } });
    const other = asks({ question: slept, operator: '<', answerQuantity: { value: 5, code: 'min' } });
    const often = asks({
      question: tense,
      operator: '=',
      answerCoding: { system: 'http://loinc.org', code: 'LA6569-3' },
    });
    for (const form of [late, short, often]) expect(readAnswers(form, given)).toHaveLength(4);
    expect(() => readAnswers(late, { ...given, [toBed]: '22:00' })).toThrow();
    // an hour is no minute
    expect(() => readAnswers(other, given)).toThrow();
  });

  it('are complete when the one that is needed is there', () => {
    expect(checkAnswers(questionnaire, [], { complete: true })).toEqual([
      { linkId: tense, problem: 'must be answered' },
    ]);
  });
});

describe('its measures', () => {
  const given = { [tense]: 'LA6569-3', [slept]: { value: 7.5, unit: 'h' }, [toBed]: '22:30' };

  it('are Observations under their own codes, an option with its score', () => {
    const [choice, amount, time] = observations(response(given));
    expect(choice).toMatchObject({
      code: { coding: [{ system: 'http://loinc.org', code: '69725-0' }], text: 'How often did you feel tense?' },
      valueCodeableConcept: { coding: [{ ...sometimes, extension: [{ url: ordinal, valueDecimal: 1 }] }] },
    });
    expect(amount).toMatchObject({ code: { coding: [{ code: '93832-4' }] }, valueQuantity: { value: 7.5, unit: 'h' } });
    expect(time).toMatchObject({ code: { coding: [{ code: '65554-8' }] }, valueTime: '22:30:00' });
  });

  it('have ids that are ids, each its own and the same each time, and identifiers with the whole linkId', () => {
    const first = observations(response(given));
    const ids = first.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(new RegExp(`^${log}\\.[a-z0-9]{1,27}$`));
    expect(observations(response({ ...given, [toBed]: '23:00' })).map(({ id }) => id)).toEqual(ids);
    expect(first.map(({ identifier }) => identifier?.[0]?.value)).toEqual(
      [tense, slept, toBed].map((text) => `${log}#${text}`),
    );
  });

  it('are none where the answer is not shared', () => {
    expect(observations(response(given, [slept])).map(({ valueQuantity }) => valueQuantity)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

it('its log is told in words, with the option’s words also when a form filler sent its code alone', () => {
  const sent = [
    { linkId: tense, answer: [{ valueCoding: { system: 'http://loinc.org', code: 'LA6569-3' } }] },
    { linkId: slept, answer: [{ valueQuantity: { value: 7.5, unit: 'h' } }] },
    { linkId: toBed, answer: [{ valueTime: '22:30:00' }] },
  ];
  const { items } = fromResponseItems(questionnaire, sent);
  const at = '2026-03-02T15:00:00.000Z';
  const told = {
    ...aLog({ id: 'l', assignmentId: 'a', performedAt: at, items }),
    planId: 'p',
    patientId: 'x',
    questionnaire: 'q|1',
  };
  const lines = logLines(
    currentVersion(weeklyCheck).summary,
    { ...told, resolution: 'resolved', authored: at },
    { mask: true, place },
  );
  expect(lines).toEqual(['Tense Sometimes', 'Slept 7.5 h', 'To bed at 22:30']);
});
