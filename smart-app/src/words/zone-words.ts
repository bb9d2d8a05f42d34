import type { Instant } from '../../../src/homework/model.ts';
import { isolate } from './isolate.ts';
import { isSameClock } from './same-clock.ts';

export interface ZonesToSay {
  readonly plans: readonly { readonly plan: { readonly title: string; readonly timeZone: string } }[];
  /** The zone that whoever reads it takes for granted. */
  readonly than: string;
  /** Whose it is: `this device’s`, `the clinic’s`. */
  readonly whose: string;
  readonly now: Instant;
}

/**
 * In whose time days and times are written, where it is not the one that the reader takes for granted; undefined: nothing is
 * to be said, as the clocks show the same now.
 */
export function zoneWords({ plans, than, whose, now }: ZonesToSay): string | undefined {
  const other = plans.filter(({ plan }) => !isSameClock(plan.timeZone, than, now));
  const [first] = other;
  if (first === undefined) return undefined;
  const isOne = plans.every(({ plan }) => isSameClock(plan.timeZone, first.plan.timeZone, now));
  const of = isOne ? 'here' : `of ${other.map(({ plan }) => `“${isolate(plan.title)}”`).join(', ')}`;
  const sameAmongOthers = other.every(({ plan }) => isSameClock(plan.timeZone, first.plan.timeZone, now));
  if (sameAmongOthers)
    return `Days and times ${of} are in ${zoneName(first.plan.timeZone, now)}, not in ${whose} time.`;
  const each = other.map(({ plan }) => `of “${isolate(plan.title)}” in ${zoneName(plan.timeZone, now)}`);
  return `Days and times are not in ${whose} time: ${each.join(', ')}.`;
}

/** As people call it: `Eastern Time`. */
export function zoneName(timeZone: string, now: Instant): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longGeneric' }).formatToParts(new Date(now));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
