import { describe, expect, it } from 'vitest';
import { maskWords } from '../../src/fhir/mask-words.ts';

describe('a resource as the integration team sees it', () => {
  it('keeps structure, codes, ids and references, and masks what people wrote, answered and did', () => {
    const response = {
      resourceType: 'QuestionnaireResponse',
      id: '17',
      identifier: { system: 'https://intersession.dev/id/log', value: '3f0c' },
      basedOn: [{ reference: 'CarePlan/4' }],
      subject: { reference: 'Patient/sarah', display: 'Sarah Okafor' },
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/behavioural-experiment|1.0.0',
      status: 'completed',
      authored: '2026-03-02T10:00:00-05:00',
      item: [
        {
          linkId: 'before',
          item: [
            { linkId: 'prediction', text: 'What will happen?', answer: [{ valueString: 'they will laugh' }] },
            { linkId: 'suds', answer: [{ valueInteger: 75 }] },
            { linkId: 'done', answer: [{ valueBoolean: true }] },
            { linkId: 'who', answer: [{ valueCoding: { system: 'http://a', code: 'boss', display: 'My boss' } }] },
            { linkId: 'when', answer: [{ valueDateTime: '2026-03-02T15:00:00.000Z' }] },
          ],
        },
      ],
    };
    expect(maskWords(response)).toEqual({
      resourceType: 'QuestionnaireResponse',
      id: '17',
      identifier: { system: 'https://intersession.dev/id/log', value: '3f0c' },
      basedOn: [{ reference: 'CarePlan/4' }],
      subject: { reference: 'Patient/sarah', display: '‹12 letters›' },
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/behavioural-experiment|1.0.0',
      status: 'completed',
      authored: '••••-••-••T••:••:••-05:00',
      item: [
        {
          linkId: 'before',
          item: [
            { linkId: 'prediction', text: '‹17 letters›', answer: [{ valueString: '‹15 letters›' }] },
            { linkId: 'suds', answer: [{ valueInteger: '‹number›' }] },
            { linkId: 'done', answer: [{ valueBoolean: '‹yes or no›' }] },
            {
              linkId: 'who',
              answer: [{ valueCoding: { system: '‹8 letters›', code: '‹4 letters›', display: '‹7 letters›' } }],
            },
            { linkId: 'when', answer: [{ valueDateTime: '••••-••-••T••:••:••.•••Z' }] },
          ],
        },
      ],
    });
  });

  it('shows no number that the hospital or a source system gave the patient or the thing', () => {
    const { identifier } = maskWords({
      identifier: [
        { system: 'urn:oid:1.2.36.146', value: 'MRN-4711' },
        { system: 'https://intersession.dev/id/source', value: 'sarah-visit-3' },
        { system: 'https://intersession.dev/id/measure', value: '3f0c#suds' },
      ],
    }) as { identifier: { value: string }[] };
    expect(identifier.map(({ value }) => value)).toEqual(['‹8 letters›', '‹13 letters›', '3f0c#suds']);
  });

  it.each([
    ['an Observation’s value', { valueQuantity: { value: 75, unit: '%', code: '%' } }],
    ['a coded reason', { reasonCode: [{ coding: [{ code: 'F40.1' }], text: 'social anxiety' }] }],
    ['why it was not done', { statusReason: { coding: [{ code: 'fear' }] } }],
    ['a note', { note: [{ time: '2026-03-02', text: 'she cried' }] }],
    ['a narrative', { text: { div: '<div>75 %</div>' } }],
    ['an attachment', { content: [{ attachment: { contentType: 'text/plain', data: 'c2hlIGNyaWVk', title: '75' } }] }],
    ['an extension’s value', { extension: [{ url: 'https://intersession.dev/fhir/x', valueCode: 'fear' }] }],
    ['a date of birth', { birthDate: '1988-11-02' }],
    ['half a date', { onsetDateTime: '2026-03' }],
    ['a text that begins as a date does', { description: '2026-03-02 she cried' }],
  ])('tells nothing of %s', (_what, resource) => {
    expect(JSON.stringify(maskWords(resource))).not.toMatch(/75|F40|anxiety|fear|cried|c2hl|1988|2026/);
  });

  it('keeps which extension it is', () => {
    const extension = [{ url: 'https://intersession.dev/fhir/StructureDefinition/ended-at', valueInstant: '2026' }];
    expect(maskWords({ extension })).toEqual({
      extension: [{ url: 'https://intersession.dev/fhir/StructureDefinition/ended-at', valueInstant: '••••' }],
    });
  });
});
