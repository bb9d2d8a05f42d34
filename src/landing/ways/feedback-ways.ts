import type { LandingRow, Way } from '../landing-row.ts';
import { permission } from '../permission.ts';
import { wayOf } from '../way-of.ts';
import type { LandingFacts } from '../write-need.ts';
import { toldInReport } from './told-in-report.ts';

/** Feedback: a Communication, beside its plan or alone. */
export function feedbackWays(facts: LandingFacts, report: LandingRow, planIsNative: boolean): Way[] {
  const create = permission(facts)({ type: 'Communication', interactions: ['create'] });
  const way = (landing: 'native' | 'communication', says: string) =>
    wayOf(landing, create, { facts, type: 'Communication', says });
  const beside = way('native', 'Communication can be created here and points to its plan');
  const alone = way(
    'communication',
    'Communication can be created here, without its plan, which has no place of its own here',
  );
  return [...(planIsNative ? [beside] : []), alone, ...toldInReport(report)];
}
