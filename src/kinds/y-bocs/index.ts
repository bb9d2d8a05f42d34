import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Yale-Brown Obsessive Compulsive Scale. */
export const yBocs = scoreOnly({
  slug: 'y-bocs',
  title: 'Y-BOCS',
  name: 'Yale-Brown Obsessive Compulsive Scale',
  questionnaire: first,
  code: { code: 'y-bocs-total', display: 'Y-BOCS total' },
  reading: {
    range: { least: 0, most: 40 },
    bands: [
      { from: 0, label: 'below clinical' },
      { from: 8, label: 'mild' },
      { from: 16, label: 'moderate' },
      { from: 24, label: 'severe' },
      { from: 32, label: 'extreme' },
    ],
    higherIs: 'worse',
    recallDays: 7,
  },
  instructions: 'Write down the Y-BOCS score your clinician told you.',
});
