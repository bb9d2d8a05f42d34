import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { Kind, KindVersion } from '../../src/kinds/kind.ts';
import { type KindRegister, kindRegister } from '../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';

/**
 * A made-up kind in two versions. Against 1.0.0, 1.1.0 has a new question (`distance`), lacks one (`weather`), words one anew
 * (`note`), has other options (`mood`), has another item for the behaviour (`went` for `walked`), another measure, a risk answer
 * and a prediction.
 */
export const walkUrl = 'https://intersession.dev/fhir/Questionnaire/walk-diary';
export const [first, second] = [`${walkUrl}|1.0.0`, `${walkUrl}|1.1.0`] as const;

const moods = 'https://example.org/mood';
const extract = {
  url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract',
  valueBoolean: true,
};
const limit = (end: 'min' | 'max', valueInteger: number) => ({
  ...{ url: `http://hl7.org/fhir/StructureDefinition/${end}Value`, valueInteger },
});
const measure = (linkId: string, text: string, code: string, display: string): QuestionnaireItem => ({
  ...{ linkId, text, type: 'integer', extension: [extract, limit('min', 0), limit('max', 100)] },
  code: [{ system: 'https://intersession.dev/fhir/CodeSystem/measure', code, display }],
});
const mood = (codes: readonly string[]): QuestionnaireItem => ({
  ...{ linkId: 'mood', text: 'How did you feel?', type: 'choice' },
  answerOption: codes.map((code) => ({ valueCoding: { system: moods, code, display: `Feeling ${code}` } })),
});
const form = (version: string, item: readonly QuestionnaireItem[]): Questionnaire => ({
  ...{ resourceType: 'Questionnaire', url: walkUrl, version, name: 'WalkDiary', title: 'Walk diary', status: 'active' },
  item: [...item],
});

const old: KindVersion = {
  questionnaire: form('1.0.0', [
    { linkId: 'walked', text: 'Did you walk?', type: 'boolean', required: true },
    measure('tension', 'How tense were you?', 'suds-peak', 'SUDS peak'),
    mood(['good', 'bad']),
    { linkId: 'weather', text: 'What was the weather like?', type: 'string' },
    { linkId: 'note', text: 'What was it like?', type: 'text' },
  ]),
  behaviourLinkId: 'walked',
  summary: [
    { type: 'points', label: 'Tension', linkIds: ['tension'], names: ['peak'], peak: 'tension' },
    { type: 'value', label: 'Weather', linkId: 'weather' },
    { type: 'text', label: 'Note', linkId: 'note' },
  ],
  offers: ['behaviour-done', 'logs-done', 'measure-reached'],
};

const current: KindVersion = {
  questionnaire: form('1.1.0', [
    { linkId: 'expected', text: 'What do you expect?', type: 'string' },
    { linkId: 'went', text: 'Did you go for a walk?', type: 'boolean', required: true },
    measure('strain', 'How strained were you?', 'suds-peak', 'SUDS peak'),
    measure('distance', 'How many times did you set out?', 'practice-attempts', 'Practice attempts'),
    mood(['good', 'mixed']),
    { linkId: 'unsafe', text: 'Are you unsafe right now?', type: 'boolean' },
    { linkId: 'note', text: 'What did you notice?', type: 'text' },
  ]),
  behaviourLinkId: 'went',
  safety: [{ rule: 'not-safe-now', linkId: 'unsafe', test: { type: 'yes' } }],
  predictionParts: { predictions: ['expected'], outcomes: ['went', 'strain', 'note'] },
  summary: [
    { type: 'points', label: 'Strain', linkIds: ['strain'], names: ['peak'], peak: 'strain' },
    { type: 'value', label: 'Set out', linkId: 'distance', unit: 'times' },
    { type: 'text', label: 'Noticed', linkId: 'note' },
  ],
  offers: ['behaviour-done', 'logs-done', 'measure-reached'],
};

const walkDiary = (versions: Kind['versions']): Kind => ({
  ...{ slug: 'walk-diary', title: 'Walk diary', description: 'A walk, and what it was like.', versions },
  defaults: {
    lateGraceHours: 24,
    instructions: 'Take a walk of ten minutes and note what it was like.',
    rationale: 'What is noticed on a walk is seldom what was expected of it.',
  },
});

/** The kinds of the product with the walk diary, before and after its questionnaire has a second version. */
export const before: KindRegister = kindRegister([...registeredKinds.kinds, walkDiary([old])]);
export const after: KindRegister = kindRegister([...registeredKinds.kinds, walkDiary([old, current])]);

/** Answers that fit the one version, and not the other. */
export const oldAnswers = { walked: false, tension: 70, mood: 'bad', weather: 'fog', note: 'It was long' };
export const newAnswers = {
  expected: 'rain',
  went: false,
  strain: 60,
  distance: 2,
  mood: 'mixed',
  note: 'A blackbird',
};
