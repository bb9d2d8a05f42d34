import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** WHO-5 Well-Being Index. */
export const who5 = scoreOnly({
  slug: 'who-5',
  title: 'WHO-5',
  name: 'WHO-5 Well-Being Index',
  questionnaire: first,
  code: { code: 'who-5-index', display: 'WHO-5 index' },
  reading: { range: { least: 0, most: 100 }, cutoff: 52, higherIs: 'better', recallDays: 14 },
  instructions: 'Write down the percentage score of your WHO-5: the sum of your answers, times 4.',
});
