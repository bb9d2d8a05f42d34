import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** A relaxation or mindfulness exercise: how long, and how tense before and after. */
export const relaxationPractice: Kind = {
  slug: 'relaxation-practice',
  title: 'Relaxation or mindfulness practice',
  description: 'Which technique, how many minutes, tension before and after, and anything unpleasant that came up.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Practise as you agreed, at a time and place where nobody needs you. Note how many minutes it was, and how tense you were before and after. You don’t have to feel calm at the end.',
    rationale:
      'It is a skill, and skills come with practice when things are quiet. A little on most days does more than a lot on one.',
    // of what is asked people do about two thirds, and it helps them: that is to read as success
    schedule: {
      type: 'series',
      pattern: { type: 'days', every: 1 },
      ends: { type: 'after', count: 14 },
      enough: 4,
    },
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      settings: [
        {
          name: 'practice',
          label: 'What is practised',
          options: [
            { code: 'both', label: 'Relaxation or mindfulness', without: [] },
            { code: 'relaxation', label: 'Relaxation', without: ['mind-wandered'] },
            { code: 'mindfulness', label: 'Mindfulness, without rating tension', without: ['before', 'tension-after'] },
          ],
          byDefault: 'both',
        },
      ],
      summary: [
        // what came up comes first: panic, flashbacks, feeling unreal
        { type: 'text', label: 'Unpleasant', linkId: 'unpleasant-what' },
        { type: 'value', label: 'Anything unpleasant', linkId: 'unpleasant' },
        { type: 'value', label: 'Technique', linkId: 'technique' },
        { type: 'minutes', label: 'Practised', linkId: 'minutes' },
        { type: 'change', label: 'Tension', before: 'tension-before', after: 'tension-after', unit: 'of 10' },
        { type: 'text', label: 'Noticed', linkId: 'noticed' },
      ],
      offers: ['logs-done', 'measure-reached', 'clinician-approves'],
    },
  ],
};
