import type { Questionnaire } from 'fhir/r4';

const system = 'https://example.org/fhir/CodeSystem/place';

/** A questionnaire with what the kinds do not use yet: repeating group, choices, nesting below a question, dates, all conditions. */
export const painDiary: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  name: 'PainDiary',
  url: 'https://example.org/fhir/Questionnaire/pain-diary',
  version: '1.0.0',
  item: [
    { linkId: 'intro', type: 'display', text: 'Read this first.' },
    { linkId: 'day', type: 'date', text: 'Day' },
    { linkId: 'woke-at', type: 'dateTime', text: 'Woke at' },
    {
      linkId: 'weight',
      type: 'decimal',
      text: 'Weight',
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueDecimal: 0.5 }],
    },
    { linkId: 'note', type: 'string', text: 'Note', maxLength: 10 },
    {
      linkId: 'place',
      type: 'choice',
      text: 'Where',
      repeats: true,
      answerOption: [
        { valueCoding: { system, code: 'home', display: 'Home' } },
        { valueCoding: { system, code: 'work', display: 'Work' } },
      ],
    },
    {
      linkId: 'cause',
      type: 'open-choice',
      text: 'Cause',
      answerOption: [{ valueCoding: { system, code: 'sitting', display: 'Sitting' } }],
      item: [{ linkId: 'cause-sure', type: 'boolean', text: 'Sure?' }],
    },
    {
      linkId: 'reading',
      type: 'group',
      text: 'Reading',
      repeats: true,
      item: [
        { linkId: 'pain', type: 'integer', text: 'Pain', required: true },
        {
          linkId: 'relief',
          type: 'text',
          text: 'What helped?',
          enableWhen: [{ question: 'pain', operator: '>', answerInteger: 5 }],
        },
      ],
    },
    {
      linkId: 'either',
      type: 'text',
      text: 'Either',
      enableBehavior: 'any',
      enableWhen: [
        { question: 'place', operator: '=', answerCoding: { system, code: 'work' } },
        { question: 'day', operator: 'exists', answerBoolean: true },
      ],
    },
    {
      linkId: 'both',
      type: 'text',
      text: 'Both',
      enableBehavior: 'all',
      enableWhen: [
        { question: 'place', operator: '!=', answerCoding: { system, code: 'home' } },
        { question: 'weight', operator: '<=', answerDecimal: 100 },
      ],
    },
  ],
};
