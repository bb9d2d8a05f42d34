import { asQuestionnaire } from '../as-questionnaire.ts';
import { measureCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** The PHQ-9 without item 9, for places where nobody can look at its answer soon. No standard code was found for its total. */
export const phq8 = outcomeMeasure({
  slug: 'phq-8',
  title: 'PHQ-8',
  description: 'Eight questions about low mood over the last two weeks, without the one about self-harm.',
  questionnaire: asQuestionnaire(first),
  scores: [
    {
      linkId: 'phq-8-total',
      label: 'PHQ-8',
      code: measureCode('phq-8-total', 'PHQ-8 total'),
      calculation: {
        type: 'sum',
        linkIds: ['interest', 'down', 'sleep', 'tired', 'appetite', 'failure', 'concentrating', 'slow-restless'],
      },
      range: { least: 0, most: 24 },
      cutoff: 10,
      higherIs: 'worse',
      recallDays: 14,
    },
  ],
  everyDays: 14,
});
