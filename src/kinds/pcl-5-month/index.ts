import { asQuestionnaire } from '../as-questionnaire.ts';
import { loincCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import { pcl5Scores } from '../outcome-measure/pcl-5-scores.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Post-traumatic stress in the past month. */
export const pcl5Month = outcomeMeasure({
  slug: 'pcl-5-month',
  title: 'PCL-5 (past month)',
  description: 'Twenty questions about problems after a very stressful experience, over the past month.',
  questionnaire: asQuestionnaire(first),
  scores: pcl5Scores('past month', loincCode('101698-9', 'PTSD PCL-5 score [PCL-5]')),
  also: [{ type: 'value', label: 'Risks or harm (item 16)', linkId: 'pcl-16' }],
  everyDays: 30,
});
