import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** One moment in which the mood dropped: what happened, the thought, the facts for and against it, and a fairer one. */
export const thoughtRecord: Kind = {
  slug: 'thought-record',
  title: 'Thought record',
  description:
    'An automatic thought and the feeling with it, the facts for and against, a balanced thought, and both rated again.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'When your mood drops, write down what happened, what you felt and which thought hurt most. Do it soon after, while you still know it. A few words are enough.',
    rationale:
      'A thought is not a fact, though it may feel like one. On paper it can be checked, and often the feeling changes with it.',
    // by count, not by days: a record is written when the mood drops
    schedule: {
      type: 'series',
      pattern: { type: 'per-week', count: 5 },
      ends: { type: 'after', count: 10 },
      enough: 3,
    },
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      safety: [{ rule: 'self-harm-thoughts', linkId: 'self-harm-thoughts', test: { type: 'yes' } }],
      settings: [
        {
          name: 'columns',
          label: 'How far the record goes',
          options: [
            { code: 'three', label: 'Three columns: notice', without: ['question', 'answer'] },
            { code: 'five', label: 'Five columns: notice and check', without: ['answer'] },
            { code: 'seven', label: 'Seven columns: notice, check and answer', without: [] },
          ],
          byDefault: 'seven',
        },
      ],
      summary: [
        { type: 'text', label: 'Situation', linkId: 'situation' },
        { type: 'list', label: 'Felt', linkId: 'emotion' },
        { type: 'change', label: 'Feeling', before: 'emotion-before', after: 'emotion-after', unit: '%' },
        { type: 'text', label: 'Thought', linkId: 'automatic-thought' },
        {
          type: 'change',
          label: 'Belief in the thought',
          before: 'thought-belief-before',
          after: 'thought-belief-after',
          unit: '%',
        },
        { type: 'list', label: 'Habits of thinking', linkId: 'thinking-style' },
        { type: 'text', label: 'For', linkId: 'evidence-for' },
        { type: 'text', label: 'Against', linkId: 'evidence-against' },
        { type: 'text', label: 'Balanced', linkId: 'balanced-thought' },
        { type: 'value', label: 'Belief in the balanced thought', linkId: 'balanced-belief', unit: '%' },
      ],
      offers: ['logs-done', 'fell-within-log', 'measure-fell', 'measure-reached', 'clinician-approves'],
    },
  ],
};
