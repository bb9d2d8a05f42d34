import type { LandingRow, Way } from '../landing-row.ts';
import { permission } from '../permission.ts';
import { wayOf } from '../way-of.ts';
import type { LandingFacts, WriteNeed } from '../write-need.ts';
import { toldInReport } from './told-in-report.ts';

/** Our code of an adherence Observation, as `observationRows` names it; every other code there is a measure's. */
export const adherenceCode = 'homework-adherence';

interface Facts {
  readonly facts: LandingFacts;
  readonly report: LandingRow;
  readonly planIsNative: boolean;
}

/** A measure: an Observation of category survey. */
export function measureWays(given: Facts): Way[] {
  const rows = Object.keys(given.facts.site.observationRows ?? {}).filter((code) => code !== adherenceCode);
  return observationWays(given, rows, {
    need: { type: 'Observation', interactions: ['create'], category: 'survey' },
    says: 'Observation of category survey can be created here',
    build: "Build a flowsheet row for each measure and name them in the tenant's observationRows.",
  });
}

/** Adherence: an Observation of category therapy, updated as its period goes on. */
export function adherenceWays(given: Facts): Way[] {
  const rows = Object.keys(given.facts.site.observationRows ?? {}).filter((code) => code === adherenceCode);
  return observationWays(given, rows, {
    need: { type: 'Observation', interactions: ['create', 'update'], category: 'therapy' },
    says: 'Observation of category therapy can be created and updated here',
    build: `Build a flowsheet row for adherence and name it in the tenant's observationRows as ${adherenceCode}.`,
  });
}

function observationWays(
  { facts, report, planIsNative }: Facts,
  rows: readonly string[],
  about: { readonly need: WriteNeed; readonly says: string; readonly build: string },
): Way[] {
  const { vendor } = facts;
  const may = permission(facts);
  const permit = may(about.need);
  // an amended answer updates its Observation, where that is possible
  const amends = may({ ...about.need, interactions: ['create', 'update'] });
  if (permit.identity !== 'none' && vendor.observationRowsOnly && rows.length === 0) {
    const source = vendor.sources?.observationRowsOnly;
    const cited = source === undefined ? '' : ` (${source})`;
    const missing = `Observation create takes only flowsheet rows that the customer built, and none is named for it${cited}`;
    return [{ landing: 'observation', open: false, missing, offers: [], remedy: about.build }, ...toldInReport(report)];
  }
  const which = vendor.observationRowsOnly
    ? `; filed are the codes that have a row (${rows.join(', ')}), the others are told in the report`
    : '';
  const final = vendor.finalObservationsOnly ? ', once it is final' : '';
  const beside = wayOf('native', permit, { facts, type: 'Observation', says: `${about.says} and points to its plan` });
  const alone = wayOf('observation', permit, {
    ...{ facts, type: 'Observation' },
    says: `${about.says}${final}, without its plan, which has no place of its own here${which}`,
  });
  const own = [...(planIsNative && !vendor.observationRowsOnly ? [beside] : []), alone].map((way) =>
    way.open && amends.identity !== 'none' && amends.identity === way.identity
      ? { ...way, writes: amends.writes }
      : way,
  );
  return [...own, ...toldInReport(report)];
}
