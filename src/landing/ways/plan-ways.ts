import type { LandingRow, Way } from '../landing-row.ts';
import { permission } from '../permission.ts';
import { wayOf } from '../way-of.ts';
import type { LandingFacts } from '../write-need.ts';
import { toldInReport } from './told-in-report.ts';

/** Plan, assignments and occurrences: CarePlan and Task together, as neither says anything without the other. */
export function planWays(facts: LandingFacts, report: LandingRow): Way[] {
  const together = permission(facts)(
    { type: 'CarePlan', interactions: ['create', 'update'] },
    { type: 'Task', interactions: ['create', 'update'] },
  );
  const says = 'CarePlan and Task can both be created and updated here';
  const before = 'a plan needs CarePlan and Task together';
  return [wayOf('native', together, { facts, type: 'Task', says, before }), ...toldInReport(report)];
}
