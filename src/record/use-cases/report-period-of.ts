import type { Instant, PlanState } from '../../homework/model.ts';
import { invalidRequest } from '../../homework/replace-in-state.ts';
import { nextPeriod } from '../../homework/report/report-period.ts';
import { lastReport } from '../../homework/report/told-facts.ts';
import { toInstant } from './to-instant.ts';

/** A period as somebody asks for it, with offsets. */
export interface AskedPeriod {
  /** Default: where the last report ends, or the plan's begin. */
  readonly from?: string;
  /** Default: now. */
  readonly to?: string;
}

/** The period of a report. @throws `invalid-request` naming what doesn't fit */
export function reportPeriodOf(
  state: PlanState,
  { from, to }: AskedPeriod,
  at: Instant,
): { readonly from: Instant; readonly to: Instant } {
  const next = nextPeriod(state, at);
  const period = {
    from: from === undefined ? next.from : toInstant(from, 'from'),
    to: to === undefined ? next.to : toInstant(to, 'to'),
  };
  // the clock may stand, as in a demonstration: what came in the instant in which the last report ends is news all the same
  const follows = period.to === period.from && lastReport(state)?.to === period.from;
  if (period.to > period.from || follows) return period;
  if (from === undefined) throw invalidRequest('from', 'is where the last report ends, and no time has passed since');
  throw invalidRequest('to', 'is not after the begin of the period');
}
