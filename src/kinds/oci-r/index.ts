import { scoreOnly } from '../outcome-measure/score-only.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** Obsessive-Compulsive Inventory, revised. */
export const ociR = scoreOnly({
  slug: 'oci-r',
  title: 'OCI-R',
  name: 'Obsessive-Compulsive Inventory, revised',
  questionnaire: first,
  code: { code: 'oci-r-total', display: 'OCI-R total' },
  reading: { range: { least: 0, most: 72 }, cutoff: 21, higherIs: 'worse', recallDays: 30 },
  everyDays: 30,
});
