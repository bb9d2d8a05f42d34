import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/**
 * Writing for a set time about what weighs on somebody. The words are the patient's own; a clinician reads whether it was done and how
 * strong the distress was, and no summary line reads the words even where they are shared.
 */
export const structuredWriting: Kind = {
  slug: 'structured-writing',
  title: 'Structured writing',
  description: 'Minutes of writing and distress before, at its peak and after. The text itself stays with the patient.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Write for the time that you agreed, on paper or here, about what you chose with your therapist. Do it in the day and not late at night. You can stop at any time. Afterwards note how strong your distress was.',
    rationale:
      'To put into words what happened can make it weigh less over time. It can feel worse for some hours first. What you write is yours.',
    schedule: {
      type: 'series',
      pattern: { type: 'days', every: 1 },
      ends: { type: 'after', count: 4 },
      enough: 3,
    },
    unlockedByClinician: true,
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      behaviourLinkId: 'wrote',
      safety: [
        { rule: 'not-safe-now', linkId: 'safe-now', test: { type: 'any-of', codes: ['no'] } },
        // whoever isn't sure has not said that they are unsafe, and is asked all the same
        { rule: 'other-concern', linkId: 'safe-now', test: { type: 'any-of', codes: ['not-sure'] } },
      ],
      keptToSelf: ['text', 'hardest-part'],
      summary: [
        { type: 'value', label: 'Safe now', linkId: 'safe-now' },
        { type: 'value', label: 'Wrote', linkId: 'wrote' },
        { type: 'minutes', label: 'Time', linkId: 'minutes' },
        { type: 'value', label: 'Stopped early', linkId: 'stopped-early' },
        { type: 'value', label: 'Because', linkId: 'stopped-why' },
        {
          type: 'points',
          label: 'Distress',
          linkIds: ['suds-before', 'suds-peak', 'suds-after'],
          names: ['before', 'peak', 'after'],
          peak: 'suds-peak',
        },
        { type: 'value', label: 'Felt far away', linkId: 'far-away' },
        { type: 'text', label: 'Helped', linkId: 'what-helped' },
      ],
      offers: ['clinician-approves', 'behaviour-done', 'logs-done'],
    },
  ],
};
