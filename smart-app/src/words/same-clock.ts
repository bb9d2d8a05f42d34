import type { Instant } from '../../../src/homework/model.ts';
import { wallOf } from '../../../src/homework/schedule/wall-clock.ts';

/** Whether the clocks of both zones show the same at this moment. */
export function isSameClock(zone: string, other: string, now: Instant): boolean {
  const at = Date.parse(now);
  return zone === other || wallOf(at, zone) === wallOf(at, other);
}

/** The zone that the device is set to. */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
