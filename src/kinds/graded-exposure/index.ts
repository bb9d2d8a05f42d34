import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** One planned step towards what has been avoided, with the curve of distress. */
export const gradedExposure: Kind = {
  slug: 'graded-exposure',
  title: 'Graded exposure',
  description: 'One step of a hierarchy: distress before, at its peak and after, how long, and what really happened.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Take the one step you planned and stay with it until the distress goes down a little. Note how strong it was before, at its highest and after.',
    rationale:
      'Fear grows when we avoid and fades when we stay and find out that we can bear it. The step is meant to be hard enough to matter and small enough to manage.',
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      behaviourLinkId: 'exposure-done',
      predictionParts: {
        predictions: ['prediction', 'prediction-likelihood'],
        outcomes: [
          'exposure-done',
          'suds-peak',
          'suds-after',
          'duration-seconds',
          'safety-behaviours',
          'actual-outcome',
          'belief-after',
        ],
      },
      summary: [
        { type: 'text', label: 'Step', linkId: 'step-text' },
        {
          type: 'text',
          label: 'Predicted',
          linkId: 'prediction',
          likelihoodLinkId: 'prediction-likelihood',
          part: 'prediction',
        },
        { type: 'text', label: 'Actual', linkId: 'actual-outcome', part: 'outcome' },
        {
          type: 'points',
          label: 'SUDS',
          linkIds: ['suds-before', 'suds-peak', 'suds-after'],
          names: ['before', 'peak', 'after'],
        },
        { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
        { type: 'value', label: 'Duration', linkId: 'duration-seconds', unit: 's' },
        { type: 'text', label: 'Safety behaviours', linkId: 'safety-behaviours' },
      ],
      offers: ['behaviour-done', 'clinician-approves', 'logs-done', 'measure-fell', 'measure-reached'],
    },
  ],
};
