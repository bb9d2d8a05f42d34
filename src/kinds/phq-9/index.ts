import { asQuestionnaire } from '../as-questionnaire.ts';
import { loincCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/**
 * Depression in the last two weeks. A total only when all nine are answered; reliable change 6 and caseness 10 as NHS Talking Therapies
 * has them. Item 9 is a gate to a clinician's look, not a level of risk.
 * @see https://doi.org/10.1046/j.1525-1497.2001.016009606.x Kroenke, Spitzer & Williams 2001
 */
export const phq9 = outcomeMeasure({
  slug: 'phq-9',
  title: 'PHQ-9',
  description: 'Nine questions about low mood over the last two weeks.',
  questionnaire: asQuestionnaire(first),
  scores: [
    {
      linkId: 'phq-9-total',
      label: 'PHQ-9',
      code: loincCode('44261-6', 'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]'),
      calculation: {
        type: 'sum',
        linkIds: [
          'interest',
          'down',
          'sleep',
          'tired',
          'appetite',
          'failure',
          'concentrating',
          'slow-restless',
          'better-off-dead',
        ],
      },
      range: { least: 0, most: 27 },
      bands: [
        { from: 0, label: 'none or minimal' },
        { from: 5, label: 'mild' },
        { from: 10, label: 'moderate' },
        { from: 15, label: 'moderately severe' },
        { from: 20, label: 'severe' },
      ],
      cutoff: 10,
      reliableChange: 6,
      higherIs: 'worse',
      recallDays: 14,
    },
  ],
  safety: [
    {
      rule: 'phq-item-9',
      linkId: 'better-off-dead',
      test: { type: 'any-of', codes: ['LA6569-3', 'LA6570-1', 'LA6571-9'] },
    },
  ],
  also: [
    { type: 'value', label: 'Better off dead or self-harm (item 9)', linkId: 'better-off-dead' },
    { type: 'value', label: 'Difficulty', linkId: 'difficulty' },
  ],
  everyDays: 14,
});
