import { inTime } from '../ehr/in-time.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import { reachesChart } from '../landing/reaches-chart.ts';
import type { SafetyRoute } from '../landing/vendor-traits.ts';
import type { SafetyReach } from '../record/homework-record.ts';

const patienceMs = 5_000;

/**
 * Whom a safety signal reaches at an EHR: the chart where a channel is open that needs no person, else the site's
 * human route, else nobody.
 * An EHR that cannot be asked within five seconds is unknown, unless a route is named; never throws.
 */
export async function safetyReach(
  ehr: Pick<Ehr, 'landings'> | undefined,
  tenant: { readonly safetyRoute?: SafetyRoute | undefined } | undefined,
): Promise<SafetyReach> {
  const byPeople = tenant?.safetyRoute === undefined ? undefined : 'route';
  const rows = ehr && (await inTime(ehr.landings(), patienceMs).catch(() => undefined));
  const safety = rows?.find(({ artefact }) => artefact === 'safety');
  if (safety === undefined) return byPeople ?? 'unknown';
  return reachesChart(safety) ? 'chart' : (byPeople ?? 'nowhere');
}
