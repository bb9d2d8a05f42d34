import type { LandingRow } from './landing-row.ts';

/**
 * Whether a safety signal reaches the chart by itself. A door that only a person's token opens may stay shut for days: then
 * somebody has to be called meanwhile, as where there is no door at all.
 */
export function reachesChart(safety: Pick<LandingRow, 'doors'>): boolean {
  return safety.doors?.some(({ identity }) => identity === 'system') === true;
}
