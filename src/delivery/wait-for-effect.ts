import { underWayUntil } from './doubt.ts';
import type { Found } from './look-up.ts';
import type { Sending } from './sending.ts';
import type { SendingWork } from './sending-work.ts';

/**
 * Leaves alone what may still come to stand by an earlier request: an EHR may commit long after our time-out, or our death,
 * and a second create beside the first makes two, by a condition too (servers search first and write then). So it is looked
 * for until no request can be under way any more, and once more then, and only then is it sent again.
 * @returns whether it has to wait
 */
export function waitForEffect(sending: Sending, work: SendingWork, there: Found): boolean {
  const { row } = work.write;
  // nothing is sent of these in any case
  if (row.state === 'awaiting-review' || there.found === 'undecided') return false;
  if (there.found === 'none' && work.made !== undefined) return false;
  // a create that stands has come
  if (there.found === 'one' && (row.ehrReference === null || hasMovedOn(row.ehrVersion, there.version))) return false;
  return mustWait(sending, work);
}

/** Whether a newer update may be sent beside one that may be under way: where it could only come to nothing, for its version has passed. */
export function passes(sending: Sending, { write, stands }: SendingWork): boolean {
  const heeded = sending.options.context.capabilities.versionedUpdate?.[write.resourceType] === true;
  return heeded && stands?.version !== undefined;
}

/** Settles it as `unknown`, and says until when, if a request about it may be under way. */
function mustWait(sending: Sending, work: SendingWork): boolean {
  const { now, settleMs } = sending.options;
  const doubtAt = sending.doubtOf(work);
  const until = underWayUntil(doubtAt, settleMs, now());
  if (doubtAt === undefined || until === undefined) return false;
  const why = { code: 'under-way', sentAt: doubtAt.toISOString(), until: until.toISOString() } as const;
  sending.settle(work, { state: 'unknown', why, doubtAt, comesBack: true });
  sending.failure ??= { outcome: 'it may still be under way', disposition: 'unknown' };
  return true;
}

function hasMovedOn(known: string | null, now: string | undefined): boolean {
  return known !== null && now !== undefined && known !== now;
}
