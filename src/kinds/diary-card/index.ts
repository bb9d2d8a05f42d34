import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** The daily card of dialectical behaviour therapy: urges and what was done, feelings, skills. */
export const diaryCard: Kind = {
  slug: 'diary-card',
  title: 'Skills diary card',
  description:
    'A day: the strongest urges and whether they were acted on, the strongest feelings, and the skills used.',
  defaults: {
    // a card counts until the session that looks at it; that it came later than its day stays visible on the log
    lateGraceHours: 168,
    schedule: {
      type: 'series',
      pattern: { type: 'days', every: 1 },
      ends: { type: 'open' },
      enough: 5,
    },
    standing: true,
    instructions:
      'Fill in your card once a day, best in the evening. Note the highest point of the day, not the average, and tick only the skills that you really used.',
    rationale:
      'Your sessions begin with the card: it shows which day was hard, what came before and what helped. A late or empty card is no fault; then we fill it in together.',
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      safety: [
        { rule: 'acted-on-self-harm', linkId: 'acted-suicide', test: { type: 'acted' } },
        { rule: 'acted-on-self-harm', linkId: 'acted-self-harm', test: { type: 'acted' } },
        { rule: 'suicide-urge', linkId: 'urge-suicide', test: { type: 'at-least', value: 4, setting: 'suicide-urge' } },
        // of suicide alone: other urges go up and down from day to day, and a signal each day is soon read by nobody
        { rule: 'sudden-rise', linkId: 'urge-suicide', test: { type: 'rise', by: 2 } },
      ],
      ownParts: [
        {
          name: 'targets',
          label: 'What we look at each day',
          pattern: 'target',
          least: 1,
          most: 6,
          defaults: [{ id: 'agreed', text: 'What we agreed to look at' }],
        },
      ],
      settings: [
        {
          name: 'suicide-urge',
          label: 'Tell us from this urge to end their life on',
          number: { least: 1, most: 5, byDefault: 4, whole: true },
        },
        {
          name: 'medication',
          label: 'Ask about medicine',
          options: [
            { code: 'asked', label: 'Ask', without: [] },
            { code: 'not-asked', label: 'Leave out', without: ['medication'] },
          ],
          byDefault: 'asked',
        },
        {
          name: 'sleep',
          label: 'Ask about sleep',
          options: [
            { code: 'asked', label: 'Ask', without: [] },
            { code: 'not-asked', label: 'Leave out', without: ['sleep-hours'] },
          ],
          byDefault: 'asked',
        },
      ],
      // life-threatening first, then what threatens therapy, then the quality of life, then skills: so a session goes through it
      summary: [
        { type: 'value', label: 'Did something to end their life', linkId: 'acted-suicide' },
        { type: 'value', label: 'Hurt themself', linkId: 'acted-self-harm' },
        {
          type: 'points',
          label: 'Urges (0–5)',
          linkIds: ['urge-suicide', 'urge-self-harm', 'urge-quit-therapy', 'urge-substances'],
          names: ['suicide', 'self-harm', 'quit therapy', 'substances'],
        },
        { type: 'value', label: 'Acted on quitting therapy', linkId: 'acted-quit-therapy' },
        { type: 'value', label: 'Drank or used', linkId: 'acted-substances' },
        { type: 'text', label: 'What and how much', linkId: 'substances-amount' },
        { type: 'points', label: 'Targets (0–5)', linkIds: ['target-urge'], names: ['{name}'] },
        { type: 'value', label: 'Did “{name}”', linkId: 'target-acted' },
        {
          type: 'points',
          label: 'Feelings (0–5)',
          linkIds: ['sadness', 'shame', 'guilt', 'anger', 'fear', 'misery', 'joy'],
          names: ['sadness', 'shame', 'guilt', 'anger', 'fear', 'misery', 'joy'],
        },
        { type: 'list', label: 'Mindfulness', linkId: 'skills-mindfulness' },
        { type: 'list', label: 'Getting through a crisis', linkId: 'skills-distress' },
        { type: 'list', label: 'Emotions', linkId: 'skills-emotion' },
        { type: 'list', label: 'With others', linkId: 'skills-interpersonal' },
        { type: 'value', label: 'Use of skills', linkId: 'skills-used', unit: 'of 7', beside: 'Urges (0–5)' },
        { type: 'value', label: 'Medicine', linkId: 'medication' },
        { type: 'value', label: 'Slept', linkId: 'sleep-hours', unit: 'h' },
        { type: 'text', label: 'Note', linkId: 'note' },
      ],
      offers: ['mean-of-days', 'in-a-row', 'measure-reached', 'logs-done', 'clinician-approves'],
    },
  ],
};
