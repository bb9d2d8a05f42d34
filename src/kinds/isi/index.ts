import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Insomnia Severity Index. */
export const isi = scoreOnly({
  slug: 'isi',
  title: 'ISI',
  name: 'Insomnia Severity Index',
  questionnaire: first,
  code: { code: 'isi-total', display: 'ISI total' },
  reading: {
    range: { least: 0, most: 28 },
    bands: [
      { from: 0, label: 'none' },
      { from: 8, label: 'below threshold' },
      { from: 15, label: 'moderate' },
      { from: 22, label: 'severe' },
    ],
    higherIs: 'worse',
    recallDays: 14,
  },
});
