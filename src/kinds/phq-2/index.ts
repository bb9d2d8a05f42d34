import { asQuestionnaire } from '../as-questionnaire.ts';
import { loincCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** The first two questions of the PHQ-9. */
export const phq2 = outcomeMeasure({
  slug: 'phq-2',
  title: 'PHQ-2',
  description: 'Two questions about low mood over the last two weeks.',
  questionnaire: asQuestionnaire(first),
  scores: [
    {
      linkId: 'phq-2-total',
      label: 'PHQ-2',
      code: loincCode('55758-7', 'Patient Health Questionnaire 2 item (PHQ-2) total score [Reported]'),
      calculation: { type: 'sum', linkIds: ['interest', 'down'] },
      range: { least: 0, most: 6 },
      cutoff: 3,
      higherIs: 'worse',
      recallDays: 14,
    },
  ],
  everyDays: 14,
});
