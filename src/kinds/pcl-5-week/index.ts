import { asQuestionnaire } from '../as-questionnaire.ts';
import { measureCode } from '../measure-code.ts';
import { outcomeMeasure } from '../outcome-measure/outcome-measure.ts';
import { pcl5Scores } from '../outcome-measure/pcl-5-scores.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Post-traumatic stress in the past week; LOINC's codes are of the past month, and so are not used here. */
export const pcl5Week = outcomeMeasure({
  slug: 'pcl-5-week',
  title: 'PCL-5 (past week)',
  description: 'Twenty questions about problems after a very stressful experience, over the past week.',
  questionnaire: asQuestionnaire(first),
  scores: pcl5Scores('past week', measureCode('pcl-5-week-total', 'PCL-5 total, past week')),
  also: [{ type: 'value', label: 'Risks or harm (item 16)', linkId: 'pcl-16' }],
  everyDays: 7,
});
