import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Panic Disorder Severity Scale, self-report. */
export const pdssSr = scoreOnly({
  slug: 'pdss-sr',
  title: 'PDSS-SR',
  name: 'Panic Disorder Severity Scale, self-report',
  questionnaire: first,
  code: { code: 'pdss-sr-total', display: 'PDSS-SR total' },
  reading: { range: { least: 0, most: 28 }, cutoff: 8, higherIs: 'worse', recallDays: 7 },
});
