import { asQuestionnaire } from '../as-questionnaire.ts';
import { loincCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Anxiety in the last two weeks; caseness 8 and reliable change 4 as NHS Talking Therapies has them. */
export const gad7 = outcomeMeasure({
  slug: 'gad-7',
  title: 'GAD-7',
  description: 'Seven questions about worry and tension over the last two weeks.',
  questionnaire: asQuestionnaire(first),
  scores: [
    {
      linkId: 'gad-7-total',
      label: 'GAD-7',
      code: loincCode('70274-6', 'Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]'),
      calculation: {
        type: 'sum',
        linkIds: ['nervous', 'control-worry', 'worry', 'relax', 'restless', 'irritable', 'afraid'],
      },
      range: { least: 0, most: 21 },
      bands: [
        { from: 0, label: 'minimal' },
        { from: 5, label: 'mild' },
        { from: 10, label: 'moderate' },
        { from: 15, label: 'severe' },
      ],
      cutoff: 8,
      reliableChange: 4,
      higherIs: 'worse',
      recallDays: 14,
    },
  ],
  everyDays: 14,
});
