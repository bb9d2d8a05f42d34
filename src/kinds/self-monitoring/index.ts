import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind, KindVersion } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };
import second from './questionnaires/1.1.0.json' with { type: 'json' };

/** Both versions ask for the same. */
const declared: Omit<KindVersion, 'questionnaire'> = {
  safety: [{ rule: 'self-harm-thoughts', linkId: 'self-harm-thoughts', test: { type: 'yes' } }],
  summary: [
    { type: 'text', label: 'Situation', linkId: 'situation' },
    { type: 'text', label: 'Predicted', linkId: 'prediction', part: 'prediction' },
    { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
    {
      type: 'points',
      label: 'SUDS',
      linkIds: ['suds-before', 'suds-peak', 'suds-after'],
      names: ['before', 'peak', 'after'],
      peak: 'suds-peak',
    },
    { type: 'value', label: 'Self-censored', linkId: 'self-censored', unit: 'times' },
  ],
  offers: ['logs-done', 'clinician-approves'],
};

/** A record of what happens before anything is changed: the baseline that later steps are compared with. */
export const selfMonitoring: Kind = {
  slug: 'self-monitoring',
  title: 'Self-monitoring',
  description:
    'Thoughts, feelings and bodily sensations before, during and after a situation, with distress and belief.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Each time the situation comes up, note what you think, feel and notice in your body before, during and after it. Change nothing yet; a few words are enough.',
    rationale:
      'We start by looking at what is there. Your notes show when the fear comes and what it makes you do, and every later step is compared with them.',
  },
  versions: [
    { questionnaire: asQuestionnaire(first), ...declared },
    // other words: nobody is promised when a log is read
    { questionnaire: asQuestionnaire(second), ...declared },
  ],
};
