import type { LandingRow } from './landing-row.ts';

/**
 * Whether a safety signal reaches the chart by itself. A channel that only a person's token opens may stay shut for days: then
 * somebody has to be called meanwhile, as where there is no channel at all.
 */
export function reachesChart(safety: Pick<LandingRow, 'channels'>): boolean {
  return safety.channels?.some(({ identity }) => identity === 'system') === true;
}
