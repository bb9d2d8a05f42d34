import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { Kind, KindVersion } from '../../../src/kinds/kind.ts';
import { type KindRegister, kindRegister } from '../../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';

/**
 * A made-up kind of which a plan names two parts (its targets, and what helps), chooses how much is asked, and a number. Conditions stand
 * inside a pattern, between a pattern and what is beside it, and on what a setting leaves out.
 */
export const cardUrl = 'https://intersession.dev/fhir/Questionnaire/target-card';

const extract = {
  url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract',
  valueBoolean: true,
};
const limit = (end: 'min' | 'max', valueInteger: number) => ({
  ...{ url: `http://hl7.org/fhir/StructureDefinition/${end}Value`, valueInteger },
});
const rating = (linkId: string, text: string, code: string, display: string): QuestionnaireItem => ({
  ...{ linkId, text, type: 'integer', extension: [extract, limit('min', 0), limit('max', 5)] },
  code: [{ system: 'https://intersession.dev/fhir/CodeSystem/measure', code, display }],
});
const when = (question: string, operator: '=' | 'exists' = '='): QuestionnaireItem['enableWhen'] => [
  { question, operator, answerBoolean: true },
];

const items: readonly QuestionnaireItem[] = [
  { linkId: 'intro', text: 'One card for one day. {name} is not replaced here.', type: 'display' },
  { linkId: 'done', text: 'Did you fill it in on the day itself?', type: 'boolean', required: true },
  {
    ...{ linkId: 'target', text: '{name}', type: 'group' },
    item: [
      rating('urge', 'How strong was the urge: {name}?', 'suds-peak', 'SUDS peak'),
      { linkId: 'acted', text: 'Did you act on it: {name}?', type: 'boolean' },
      { linkId: 'acted-note', text: 'What happened before {name}?', type: 'string', enableWhen: when('acted') },
    ],
  },
  { linkId: 'repair', text: 'What did you do afterwards?', type: 'string', enableWhen: when('acted') },
  rating('mood', 'How was your mood?', 'suds-after', 'SUDS after'),
  { ...{ linkId: 'help', text: 'Did it help: {name}?', type: 'boolean' } },
  {
    ...{ linkId: 'thinking', text: 'Thoughts', type: 'group' },
    item: [
      { linkId: 'thought', text: 'What went through your mind?', type: 'string' },
      { linkId: 'other-view', text: 'Is there another view?', type: 'string', enableWhen: when('thought', 'exists') },
    ],
  },
  { linkId: 'after-thought', text: 'And now?', type: 'string', enableWhen: when('other-view', 'exists') },
  { linkId: 'note', text: 'Anything else?', type: 'text' },
];

const form = (version: string): Questionnaire => ({
  ...{ resourceType: 'Questionnaire', url: cardUrl, version, name: 'TargetCard', title: 'Card', status: 'active' },
  item: [...items],
});

export const cardVersion: KindVersion = {
  questionnaire: form('1.0.0'),
  behaviourLinkId: 'done',
  ownParts: [
    {
      ...{ name: 'targets', label: 'Targets', pattern: 'target', least: 1, most: 3 },
      defaults: [{ id: 'urge-one', text: 'the urge you spoke about' }],
    },
    { ...{ name: 'helps', label: 'What helps', pattern: 'help', least: 0, most: 4 }, defaults: [] },
  ],
  settings: [
    {
      ...{ name: 'columns', label: 'How much is asked', byDefault: 'all' },
      options: [
        { code: 'all', label: 'With thoughts', without: [] },
        { code: 'short', label: 'Without another view', without: ['other-view'] },
        { code: 'bare', label: 'Without thoughts', without: ['thought', 'other-view'] },
      ],
    },
    { name: 'urge-told', label: 'Tell from this urge on', number: { least: 1, most: 5, byDefault: 5, whole: true } },
  ],
  safety: [{ rule: 'self-harm-thoughts', linkId: 'urge', test: { type: 'at-least', value: 5, setting: 'urge-told' } }],
  keptToSelf: ['thought', 'other-view', 'acted-note'],
  scores: [
    {
      ...{ linkId: 'urges', label: 'Urges together', range: { least: 0, most: 5 }, higherIs: 'worse' },
      code: { system: 'https://intersession.dev/fhir/CodeSystem/measure', code: 'suds-peak', display: 'SUDS peak' },
      calculation: { type: 'sum', linkIds: ['urge'] },
    },
    {
      ...{ linkId: 'urge-percent', label: 'Urge %', range: { least: 0, most: 100 }, higherIs: 'worse' },
      code: { system: 'https://intersession.dev/fhir/CodeSystem/measure', code: 'suds-peak', display: 'SUDS peak' },
      calculation: { type: 'scaled', of: 'urge', times: 20, plus: 0 },
    },
  ],
  summary: [
    { type: 'points', label: 'Urge', linkIds: ['urge'], names: ['peak'], peak: 'urge' },
    { type: 'points', label: 'Urges', linkIds: ['urge', 'mood'], names: ['{name}', 'mood'] },
    { type: 'value', label: 'Helped', linkId: 'help' },
    { type: 'change', label: 'Mood', before: 'mood', after: 'urge', unit: 'of 5' },
    { type: 'text', label: 'Other view', linkId: 'other-view' },
    { type: 'text', label: 'Before {name}', linkId: 'acted-note' },
    {
      ...({ type: 'items', label: 'All' } as const),
      items: [
        { linkId: 'urge', label: '{name}' },
        { linkId: 'acted', label: 'Acted' },
        { linkId: 'mood', label: 'Mood', unit: 'of 5' },
      ],
    },
    { type: 'score', label: 'Urge %', linkId: 'urge-percent' },
    { type: 'pair', label: 'Beside', planned: 'urge', actual: 'mood' },
  ],
  offers: ['behaviour-done', 'logs-done', 'measure-reached', 'measure-fell'],
};

export const targetCard: Kind = {
  ...{ slug: 'target-card', title: 'Target card', description: 'A card of urges.', versions: [cardVersion] },
  defaults: {
    lateGraceHours: 24,
    instructions: 'Fill in the card at the end of each day, for the whole day.',
    rationale: 'What is looked at every day can be talked about at the next visit.',
  },
};

/** The kinds of the product, and this one. */
export const withCard: KindRegister = kindRegister([...registeredKinds.kinds, targetCard]);
