import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };
import second from './questionnaires/1.1.0.json' with { type: 'json' };

/** A belief put to the test: prediction first, real outcome afterwards. */
export const behaviouralExperiment: Kind = {
  slug: 'behavioural-experiment',
  title: 'Behavioural experiment',
  description: 'A prediction written down before, the real outcome after, and how strongly the belief is held then.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Write down what you expect to happen, then try it once. Afterwards write down what really happened, as a camera would have seen it.',
    rationale:
      'A frightening thought feels like a fact until it is tested. Whatever happens, your own experience gets the last word.',
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      behaviourLinkId: 'experiment-done',
      predictionParts: {
        predictions: ['prediction', 'prediction-likelihood'],
        outcomes: ['experiment-done', 'suds-peak', 'suds-after', 'actual-outcome', 'learned', 'belief-after'],
      },
      summary: [
        {
          type: 'text',
          label: 'Predicted',
          linkId: 'prediction',
          likelihoodLinkId: 'prediction-likelihood',
          part: 'prediction',
        },
        { type: 'text', label: 'Actual', linkId: 'actual-outcome', part: 'outcome' },
        { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
        {
          type: 'points',
          label: 'SUDS',
          linkIds: ['suds-before', 'suds-peak', 'suds-after'],
          names: ['before', 'peak', 'after'],
          peak: 'suds-peak',
        },
        { type: 'text', label: 'Learned', linkId: 'learned' },
      ],
      offers: ['behaviour-done', 'logs-done', 'measure-fell', 'measure-reached', 'clinician-approves'],
    },
    {
      questionnaire: asQuestionnaire(second),
      behaviourLinkId: 'experiment-done',
      predictionParts: {
        predictions: ['prediction', 'prediction-likelihood'],
        outcomes: [
          ...['experiment-done', 'suds-peak', 'suds-after', 'actual-outcome', 'prediction-came-true', 'learned'],
          'belief-after',
        ],
      },
      predictionTold: { linkId: 'prediction-came-true', notTrue: ['no'] },
      summary: [
        {
          type: 'text',
          label: 'Predicted',
          linkId: 'prediction',
          likelihoodLinkId: 'prediction-likelihood',
          part: 'prediction',
        },
        { type: 'text', label: 'Actual', linkId: 'actual-outcome', part: 'outcome' },
        { type: 'value', label: 'Came true', linkId: 'prediction-came-true' },
        { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
        {
          type: 'points',
          label: 'SUDS',
          linkIds: ['suds-before', 'suds-peak', 'suds-after'],
          names: ['before', 'peak', 'after'],
          peak: 'suds-peak',
        },
        { type: 'text', label: 'Learned', linkId: 'learned' },
      ],
      offers: [
        ...(['behaviour-done', 'prediction-not-true', 'logs-done', 'measure-fell', 'measure-reached'] as const),
        'clinician-approves',
      ],
    },
  ],
};
