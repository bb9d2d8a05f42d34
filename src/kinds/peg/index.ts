import { asQuestionnaire } from '../as-questionnaire.ts';
import { loincCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Pain, and what it kept from, in the past week: the mean of three. A fall of 30 % matters (Krebs 2009). */
export const peg = outcomeMeasure({
  slug: 'peg',
  title: 'PEG',
  description: 'Three questions about pain and what it kept you from, over the past week.',
  questionnaire: asQuestionnaire(first),
  scores: [
    {
      linkId: 'peg-mean',
      label: 'PEG',
      code: loincCode('91147-9', 'Mean score [PEG]'),
      calculation: { type: 'mean', linkIds: ['pain-average', 'enjoyment', 'general-activity'] },
      range: { least: 0, most: 10 },
      higherIs: 'worse',
      recallDays: 7,
    },
  ],
  everyDays: 7,
});
