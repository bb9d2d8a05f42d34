import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Something short to read, hear or watch, and what somebody takes from it. */
export const psychoeducation: Kind = {
  slug: 'psychoeducation',
  title: 'Psychoeducation',
  description: 'Material that was read, heard or watched: what the patient takes from it and wants to ask.',
  defaults: {
    lateGraceHours: 72,
    instructions:
      'Read, listen to or watch the material that you got from your therapist. Choose a quiet moment for it. Then note what you want to keep and what you want to ask. If you can’t hear or see it well, use the text version.',
    rationale: 'To know how a problem works makes it less scary, and shows where you can begin.',
    schedule: { type: 'once-within', days: 5 },
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      behaviourLinkId: 'took-it-in',
      // a link stands in the step's instructions, where it can be put right; a title is what the form and its logs keep
      ownParts: [
        {
          name: 'materials',
          label: 'Titles, each with its length',
          pattern: 'material',
          least: 0,
          most: 3,
          defaults: [],
        },
        {
          name: 'checks',
          label: 'Questions that show what to explain; no marks',
          pattern: 'check',
          least: 0,
          most: 2,
          defaults: [
            { id: 'point', text: 'What is the main point, in your own words?' },
            { id: 'own-life', text: 'Where do you see it in your own life?' },
          ],
        },
      ],
      settings: [
        {
          name: 'medium',
          label: 'What it is',
          options: [
            { code: 'audio-video', label: 'To hear or watch, with a text version', without: [] },
            { code: 'reading', label: 'To read', without: ['text-version', 'form-used'] },
          ],
          byDefault: 'audio-video',
        },
      ],
      summary: [
        { type: 'text', label: 'Asks', linkId: 'question-for-session' },
        { type: 'text', label: 'Takes away', linkId: 'takes-away' },
        { type: 'text', label: 'In own words', linkId: 'check' },
        { type: 'value', label: 'Took it in', linkId: 'took-it-in' },
        { type: 'value', label: 'How much', linkId: 'how-much' },
        { type: 'value', label: 'Clear', linkId: 'understood', unit: 'of 10' },
      ],
      offers: ['behaviour-done', 'logs-done', 'clinician-approves'],
    },
  ],
};
