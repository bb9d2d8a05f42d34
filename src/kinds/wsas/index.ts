import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Work and Social Adjustment Scale. */
export const wsas = scoreOnly({
  slug: 'wsas',
  title: 'WSAS',
  name: 'Work and Social Adjustment Scale',
  questionnaire: first,
  code: { code: 'wsas-total', display: 'WSAS total' },
  reading: { range: { least: 0, most: 40 }, higherIs: 'worse' },
});
