import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** A sentence about the task, said while studying and in tests, with anxiety before and after. */
export const testAnxietySelfTalk: Kind = {
  slug: 'test-anxiety-self-talk',
  title: 'Self-talk for tests',
  description: 'A sentence that leads back to the task, when it was used, and anxiety before and after it.',
  defaults: {
    lateGraceHours: 48,
    schedule: {
      type: 'series',
      pattern: { type: 'days', every: 1 },
      ends: { type: 'after', count: 7 },
      enough: 5,
    },
    instructions:
      'When worry comes up while you study or sit a test, say your sentence about the next thing to do, and go on. Note how anxious you were before and after.',
    rationale:
      'Worry and the task compete for the same attention. A sentence that you have practised often leads you back to the task; trying not to be nervous doesn’t.',
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      safety: [{ rule: 'self-harm-thoughts', linkId: 'self-harm-thoughts', test: { type: 'yes' } }],
      summary: [
        { type: 'text', label: 'Said', linkId: 'statement' },
        { type: 'value', label: 'Used', linkId: 'situation' },
        { type: 'change', label: 'Anxiety', before: 'anxiety-before', after: 'anxiety-after', unit: 'of 10' },
        { type: 'value', label: 'Concentration', linkId: 'concentration', unit: 'of 10' },
        { type: 'text', label: 'Worry', linkId: 'worry-thought' },
        { type: 'list', label: 'Also used', linkId: 'also-used' },
        { type: 'value', label: 'Test', linkId: 'real-or-mock' },
        { type: 'value', label: 'Test on', linkId: 'exam-date' },
      ],
      offers: ['logs-done', 'clinician-approves', 'measure-fell', 'measure-reached', 'in-a-row', 'fell-within-log'],
    },
  ],
};
