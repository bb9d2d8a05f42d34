import type { Artefact } from '../homework/model.ts';
import { artefacts } from '../homework/model.ts';
import type { Capabilities } from './capabilities.ts';
import { chooseLanding } from './choose-landing.ts';
import type { Grants } from './grants.ts';
import type { LandingRow, Way } from './landing-row.ts';
import { landings, type SiteOverride, type SiteSettings, type VendorTraits } from './vendor-traits.ts';
import { feedbackWays } from './ways/feedback-ways.ts';
import { logWays } from './ways/log-ways.ts';
import { adherenceWays, measureWays } from './ways/observation-ways.ts';
import { planWays } from './ways/plan-ways.ts';
import { reportWays } from './ways/report-ways.ts';
import { safetyWays } from './ways/safety-ways.ts';
import type { LandingFacts } from './write-need.ts';

/**
 * Decides for all nine artefacts how each lands: the best that statement, scopes, vendor and site permit together.
 * What practice contradicted comes in as `vendor.refuses` with `seen`.
 * @returns one row per artefact, in the order of `artefacts`
 */
export function landingTable(
  capabilities: Capabilities,
  grants: Grants,
  vendor: VendorTraits,
  site: SiteSettings = {},
): LandingRow[] {
  const facts: LandingFacts = { capabilities, grants, vendor, site };
  const generous: LandingFacts = { ...facts, vendor: withoutHearsay(vendor) };
  const choose = (artefact: Artefact, ways: (facts: LandingFacts) => Way[], setting = site.landings?.[artefact]) =>
    chooseLanding(artefact, { ways: ways(facts), beyondVendor: ways(generous) }, setting);

  const report = choose('report', reportWays);
  // they make one graph: an assignment without its plan would point nowhere, so the lowest setting counts for all
  const planSetting = lowest(site.landings);
  const planned = (artefact: Artefact) =>
    choose(artefact, (landingFacts) => planWays(landingFacts, report), planSetting);
  const plan = planned('plan');
  const planIsNative = plan.landing === 'native';
  const decide: Record<Artefact, () => LandingRow> = {
    plan: () => plan,
    assignment: () => planned('assignment'),
    occurrence: () => planned('occurrence'),
    log: () => choose('log', (landingFacts) => logWays(landingFacts, report, planIsNative)),
    measure: () => choose('measure', (landingFacts) => measureWays({ facts: landingFacts, report, planIsNative })),
    adherence: () =>
      choose('adherence', (landingFacts) => adherenceWays({ facts: landingFacts, report, planIsNative })),
    feedback: () => choose('feedback', (landingFacts) => feedbackWays(landingFacts, report, planIsNative)),
    report: () => report,
    safety: () => choose('safety', safetyWays),
  };
  return artefacts.map((artefact) => decide[artefact]());
}

/** A vendor without what is only known of it in general; what we saw ourselves stays. */
function withoutHearsay({ observationCategories: _some, ...vendor }: VendorTraits): VendorTraits {
  return {
    ...vendor,
    refuses: vendor.refuses.filter(({ seen }) => seen === true),
    observationRowsOnly: false,
  };
}

function lowest(settings: SiteSettings['landings']): SiteOverride | undefined {
  const set = [settings?.plan, settings?.assignment, settings?.occurrence].filter((entry) => entry !== undefined);
  return set.sort((siteOverride, other) => landings.indexOf(other.landing) - landings.indexOf(siteOverride.landing))[0];
}
