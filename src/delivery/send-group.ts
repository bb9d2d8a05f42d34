import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { RowResult } from './claimed-group.ts';
import { lookBeforeSending } from './look-before-sending.ts';
import { sendWrites } from './send-writes.ts';
import { Sending, type SendingOptions } from './sending.ts';
import { type SentCopy, sentCopies } from './sent-copy.ts';

/** What came of sending a group. */
export interface SentGroup {
  readonly results: readonly RowResult[];
  /** The failure that says when to try again; absent when nothing is left to try. */
  readonly failure?: EhrFailure | undefined;
  /** Of the last write that was answered. */
  readonly httpStatus?: number | undefined;
  /** Where things stand now: urn → `Task/17`. */
  readonly known: ReadonlyMap<string, string>;
  /** Of what was sent and did not land. */
  readonly copies: readonly SentCopy[];
}

/** How often a group may be looked at and sent anew within one attempt, before it is left for a later one. */
const ROUNDS = 4;

/**
 * Brings the planned writes of one group into the EHR and says, row by row, what became of them. What may already stand
 * there is looked up first; what stands there as wanted is not written again. As one transaction where the EHR offers it,
 * else as batches or single writes in the order of their references. After a conflict it looks again; when a transaction
 * is refused as a whole, its entries are sent one by one, so that one bad entry does not keep the others out.
 * @returns undefined when the lease ran out before it was done: then nothing may be recorded
 */
export async function sendGroup(options: SendingOptions): Promise<SentGroup | undefined> {
  const sending = new Sending(options);
  let open = sending.open;
  for (let round = 0; round < ROUNDS && open.length > 0; round += 1) {
    if (!options.leaseHolds()) return undefined;
    const looking = open.filter(({ next }) => next === 'look');
    if (looking.length > 0) {
      await lookBeforeSending(sending, looking);
      if (!options.leaseHolds()) return undefined;
    }
    await sendWrites(sending);
    open = sending.open;
  }
  for (const contradiction of sending.contradictions) await options.onContradiction(contradiction);
  for (const work of open) {
    sending.failure ??= { outcome: 'it kept changing in the EHR', disposition: 'conflict' };
    sending.keep(work, sending.failure);
  }
  const { known, failure, httpStatus } = sending;
  const results = sending.works.flatMap(({ result }) => result ?? []);
  return { results, known, failure, httpStatus, copies: sentCopies(sending.works, known) };
}
