import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Short Social Phobia Inventory. */
export const miniSpin = scoreOnly({
  slug: 'mini-spin',
  title: 'Mini-SPIN',
  name: 'Short Social Phobia Inventory',
  questionnaire: first,
  code: { code: 'mini-spin-total', display: 'Mini-SPIN total' },
  reading: { range: { least: 0, most: 12 }, cutoff: 6, higherIs: 'worse', recallDays: 7 },
});
