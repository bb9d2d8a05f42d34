import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };
import second from './questionnaires/1.1.0.json' with { type: 'json' };

/** One planned step towards what has been avoided, with the curve of distress. */
export const gradedExposure: Kind = {
  slug: 'graded-exposure',
  title: 'Graded exposure',
  description: 'One step of a hierarchy: distress before, at its peak and after, how long, and what really happened.',
  defaults: {
    lateGraceHours: 24,
    instructions:
      'Take the one step you planned. Stay as long as you agreed: until you know whether what you fear happens, or until the fear falls. Write down what you expect before you go, and afterwards what really happened.',
    rationale:
      'Fear grows when we avoid. Each time you go in and stay, you find out what really happens, and that you can bear it. The step is meant to be hard enough to matter and small enough to manage.',
    unlockedByClinician: true,
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
          peak: 'suds-peak',
        },
        { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
        { type: 'value', label: 'Duration', linkId: 'duration-seconds', unit: 's' },
        { type: 'text', label: 'Safety behaviours', linkId: 'safety-behaviours' },
      ],
      offers: ['behaviour-done', 'clinician-approves', 'logs-done', 'measure-fell', 'measure-reached'],
    },
    {
      questionnaire: asQuestionnaire(second),
      behaviourLinkId: 'exposure-done',
      predictionParts: {
        predictions: ['prediction', 'prediction-likelihood'],
        outcomes: [
          ...['exposure-done', 'minutes', 'suds-peak', 'suds-after', 'stopped-because', 'feared-outcome-happened'],
          ...['actual-outcome', 'likelihood-after', 'safety-behaviours', 'belief-after'],
        ],
      },
      predictionTold: { linkId: 'feared-outcome-happened', notTrue: ['no'] },
      settings: [
        {
          name: 'ends',
          label: 'The patient stays',
          options: [
            { code: 'agreed', label: 'as you agreed; the form tells of both', without: [] },
            { code: 'known', label: 'until they know whether it happens', without: ['stay-until-falls'] },
            { code: 'falls', label: 'until the fear falls', without: ['stay-until-known'] },
          ],
          byDefault: 'agreed',
        },
      ],
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
        { type: 'value', label: 'Feared outcome happened', linkId: 'feared-outcome-happened' },
        {
          type: 'change',
          label: 'Likelihood',
          before: 'prediction-likelihood',
          after: 'likelihood-after',
          unit: '%',
        },
        {
          type: 'points',
          label: 'SUDS',
          linkIds: ['suds-before', 'suds-peak', 'suds-after'],
          names: ['before', 'peak', 'after'],
          peak: 'suds-peak',
        },
        { type: 'change', label: 'Belief', before: 'belief-before', after: 'belief-after', unit: '%' },
        { type: 'minutes', label: 'Stayed', linkId: 'minutes' },
        { type: 'value', label: 'Ended because', linkId: 'stopped-because' },
        { type: 'value', label: 'Where', linkId: 'context' },
        { type: 'text', label: 'Safety behaviours', linkId: 'safety-behaviours' },
      ],
      // what exposure manuals ask for first: it did not come true, or it fell while the patient stayed
      offers: [
        ...(['clinician-approves', 'prediction-not-true', 'fell-within-log', 'in-a-row', 'behaviour-done'] as const),
        ...(['logs-done', 'measure-fell', 'measure-reached'] as const),
      ],
    },
  ],
};
