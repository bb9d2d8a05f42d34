import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind, KindVersion } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };
import second from './questionnaires/1.1.0.json' with { type: 'json' };

/** Both versions ask for the same. */
const declared: Omit<KindVersion, 'questionnaire'> = {
  behaviourLinkId: 'practised',
  summary: [
    { type: 'text', label: 'Said', linkId: 'what-was-said' },
    { type: 'text', label: 'Response', linkId: 'response-received' },
    { type: 'value', label: 'Attempts', linkId: 'attempts' },
    { type: 'change', label: 'Confidence', before: 'confidence-before', after: 'confidence-after', unit: 'of 10' },
    {
      type: 'points',
      label: 'SUDS',
      linkIds: ['suds-before', 'suds-peak', 'suds-after'],
      names: ['before', 'peak', 'after'],
      peak: 'suds-peak',
    },
    { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
  ],
  offers: ['behaviour-done', 'logs-done', 'measure-reached', 'measure-fell', 'clinician-approves'],
};

/** Speaking up in a real conversation, and what came back. */
export const communicationPractice: Kind = {
  slug: 'communication-practice',
  title: 'Communication practice',
  description: 'What was said in a real conversation, how others responded, and confidence before and after.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Choose a real moment and say it. It may be short and it may be clumsy. Afterwards note what you said and what the others really answered.',
    rationale:
      'Speaking up is a skill and grows by practice where it counts. What others really answer helps to see it as it was, and not as fear remembers it.',
  },
  versions: [
    { questionnaire: asQuestionnaire(first), ...declared },
    // in sections, and in other words: nobody is promised when a log is read
    { questionnaire: asQuestionnaire(second), ...declared },
  ],
};
