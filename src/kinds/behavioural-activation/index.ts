import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Activities that were planned, or only noted: what was done, and what it gave. */
export const behaviouralActivation: Kind = {
  slug: 'behavioural-activation',
  title: 'Behavioural activation',
  description:
    'An activity, planned or just noted: whether it was done, pleasure and mastery, mood before and after, and what got in the way.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Choose small activities and put each on a day. Do them by the plan and not by how you feel. Afterwards note what you did and what it gave you, on the same day.',
    rationale:
      'When our mood is low we do less, and when we do less it drops more. Doing comes first; the wish to do it often comes later.',
    // 2 of 3 in a week: time for more; none: smaller, not more
    schedule: {
      type: 'series',
      pattern: { type: 'per-week', count: 3 },
      ends: { type: 'after', count: 6 },
      enough: 2,
    },
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      behaviourLinkId: 'done',
      settings: [
        {
          name: 'form',
          label: 'What is logged',
          options: [
            { code: 'scheduled', label: 'Activities that were planned', without: [] },
            {
              code: 'monitored',
              label: 'Whatever was done, without a plan',
              // what turns on `done` goes with it
              without: ['planned-day', 'planned-time', 'pleasure-expected', 'done'],
            },
          ],
          byDefault: 'scheduled',
        },
        {
          name: 'ratings',
          label: 'What is rated',
          options: [
            { code: 'all', label: 'Pleasure, mastery and how much it matters', without: [] },
            { code: 'pleasure-mastery', label: 'Pleasure and mastery', without: ['importance'] },
            { code: 'enjoyment-importance', label: 'Enjoyment and how much it matters', without: ['mastery'] },
          ],
          byDefault: 'all',
        },
      ],
      summary: [
        { type: 'text', label: 'Activity', linkId: 'activity' },
        { type: 'value', label: 'Planned for', linkId: 'planned-day' },
        { type: 'value', label: 'Done', linkId: 'done' },
        { type: 'value', label: 'How much', linkId: 'how-much' },
        { type: 'list', label: 'In the way', linkId: 'got-in-the-way' },
        { type: 'text', label: 'Instead', linkId: 'instead' },
        {
          ...{ type: 'pair', label: 'Pleasure', planned: 'pleasure-expected', actual: 'pleasure', unit: 'of 10' },
          names: { planned: 'expected', actual: 'felt' },
        },
        { type: 'value', label: 'Mastery', linkId: 'mastery', unit: 'of 10' },
        { type: 'change', label: 'Mood', before: 'mood-before', after: 'mood-after', unit: 'of 10' },
        { type: 'minutes', label: 'Took', linkId: 'minutes' },
        { type: 'list', label: 'With', linkId: 'with-whom' },
      ],
      offers: ['behaviour-done', 'logs-done', 'clinician-approves'],
    },
  ],
};
