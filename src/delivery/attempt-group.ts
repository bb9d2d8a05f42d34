import { randomUUID } from 'node:crypto';
import type { EhrFailure } from '../ehr/failure.ts';
import type { Ehr } from '../ehr/open-ehr.ts';
import { BACKOFF_CAP_MS, backoffMs } from './backoff.ts';
import { type ClaimedGroup, type RowResult, untouchedState } from './claimed-group.ts';
import type { Completion } from './complete-groups.ts';
import type { KnownReference } from './load-references.ts';
import { nothing, planSending, type SendingContext } from './plan-sending.ts';
import { sendGroup } from './send-group.ts';

/** How long a request whose end we don't know may still be on its way: nobody looks for its effect before. */
export const SETTLE_MS = 2000;

/** A finished attempt; `failure` tells the worker how the EHR is. */
export interface Attempted {
  readonly completion: Completion;
  readonly failure?: EhrFailure | undefined;
  /** Whether the EHR was asked anything. */
  readonly asked: boolean;
}

/**
 * Works on one claimed group: decides, asks for the patient when nobody has yet, sends, and draws up the completion.
 * @returns undefined when the lease ran out: then there is nothing to record
 */
export async function attemptGroup(options: {
  readonly ehr: Ehr;
  readonly group: ClaimedGroup;
  readonly references: ReadonlyMap<string, KnownReference>;
  readonly context: SendingContext;
  readonly now: () => Date;
  readonly random: () => number;
  readonly onSent: () => void;
  readonly verifyPatient: (patientId: string) => Promise<'known' | 'unknown' | 'unreachable'>;
}): Promise<Attempted | undefined> {
  const { ehr, group, context, now, onSent } = options;
  const plan = planSending(group, options.references, context, randomUUID);
  if (plan.writes.length === 0) return { completion: finish(options, plan.settled), asked: false };
  const verdict = group.patientVerified ? 'known' : await options.verifyPatient(group.patientId);
  if (verdict !== 'known') {
    const failure: EhrFailure | undefined =
      verdict === 'unreachable' ? { outcome: 'the patient could not be checked', disposition: 'retry' } : undefined;
    const results = plan.writes.map(({ row, landing }): RowResult => {
      if (verdict === 'unreachable') {
        return { ...nothing(row, landing), state: untouchedState(group, row), comesBack: true };
      }
      const reason = 'the EHR has no patient with this id; nothing was sent. Check the id, then retry';
      return { ...nothing(row, landing), state: 'rejected', reason };
    });
    return { completion: finish(options, [...plan.settled, ...results], failure), failure, asked: true };
  }
  const sent = await sendGroup({
    ehr,
    group,
    writes: plan.writes,
    context,
    onSent,
    leaseHolds: () => now().getTime() < group.leaseUntil.getTime(),
  });
  if (sent === undefined) return undefined;
  const completion = finish(options, [...plan.settled, ...sent.results], sent.failure, {
    landing: plan.writes[0]?.landing ?? 'native',
    httpStatus: sent.httpStatus,
    disposition: sent.failure?.disposition,
    detail: sent.failure?.outcome,
  });
  return { completion, failure: sent.failure, asked: true };
}

function finish(
  { group, now, random }: { group: ClaimedGroup; now: () => Date; random: () => number },
  results: readonly RowResult[],
  failure?: EhrFailure,
  attempt?: Completion['attempt'],
): Completion {
  const due = results.some(({ comesBack }) => comesBack);
  const at = now().getTime();
  let wait = due ? backoffMs(group.attempts, random, failure?.retryAfterMs) : 0;
  // no failure: it waits for something of ours, whose landing wakes it; this is only the safety net
  if (due && (failure === undefined || failure.disposition === 'unknown')) wait = Math.max(SETTLE_MS, wait);
  return {
    group,
    results,
    due,
    nextAt: new Date(at + Math.min(wait, BACKOFF_CAP_MS)),
    failed: due,
    ...(attempt === undefined ? {} : { attempt }),
  };
}
