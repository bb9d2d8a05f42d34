import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Social Phobia Inventory. */
export const spin = scoreOnly({
  slug: 'spin',
  title: 'SPIN',
  name: 'Social Phobia Inventory',
  questionnaire: first,
  code: { code: 'spin-total', display: 'SPIN total' },
  reading: { range: { least: 0, most: 68 }, cutoff: 19, higherIs: 'worse', recallDays: 7 },
});
