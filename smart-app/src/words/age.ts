import type { Instant } from '../../../src/homework/model.ts';

const minuteMs = 60_000;
const steps = [
  { unit: 'day', ms: 24 * 60 * minuteMs },
  { unit: 'hour', ms: 60 * minuteMs },
  { unit: 'minute', ms: minuteMs },
] as const;

/** How long ago something was, in its largest whole unit: `2 days`, `1 hour`, `less than a minute`. */
export function ageWords(since: Instant, now: Instant): string {
  const ms = Date.parse(now) - Date.parse(since);
  const step = steps.find((step) => ms >= step.ms);
  if (step === undefined) return 'less than a minute';
  const count = Math.floor(ms / step.ms);
  return `${count} ${step.unit}${count === 1 ? '' : 's'}`;
}
