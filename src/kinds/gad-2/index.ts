import { asQuestionnaire } from '../as-questionnaire.ts';
import { measureCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** The first two questions of the GAD-7. No standard code was found for its total. */
export const gad2 = outcomeMeasure({
  slug: 'gad-2',
  title: 'GAD-2',
  description: 'Two questions about worry and tension over the last two weeks.',
  questionnaire: asQuestionnaire(first),
  scores: [
    {
      linkId: 'gad-2-total',
      label: 'GAD-2',
      code: measureCode('gad-2-total', 'GAD-2 total'),
      calculation: { type: 'sum', linkIds: ['nervous', 'control-worry'] },
      range: { least: 0, most: 6 },
      cutoff: 3,
      higherIs: 'worse',
      recallDays: 14,
    },
  ],
  everyDays: 14,
});
