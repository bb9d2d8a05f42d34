import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { Attempt } from './attempt.ts';
import type { Carrier } from './carrier.ts';
import type { RowResult } from './claimed-group.ts';
import type { PlannedWrite } from './plan-sending.ts';
import { type SentGroup, sendGroup } from './send-group.ts';
import type { SentCopy } from './sent-copy.ts';

/** What came of sending with the service's own token and people's. */
export interface SentByIdentity extends Omit<SentGroup, 'known'> {
  /** The EHR's words about the first thing that failed. */
  readonly detail?: string | undefined;
}

/** Sends what the service itself may write, then what each person carries; each knows where the earlier ones stand. */
export async function sendByIdentity(
  { ehr, group, context, onSent, now }: Omit<Attempt, 'references' | 'people' | 'verifyPatient'>,
  writes: readonly PlannedWrite[],
): Promise<SentByIdentity | 'lease-lost'> {
  const results: RowResult[] = [];
  const copies: SentCopy[] = [];
  let known: ReadonlyMap<string, string> = new Map();
  let failure: EhrFailure | undefined;
  let httpStatus: number | undefined;
  for (const [carrier, carried] of byCarrier(writes)) {
    const sent = await sendGroup({
      ehr: carrier === undefined ? ehr : ehr.as(carrier),
      identity: carrier === undefined ? 'system' : 'delegated',
      ...{ group, writes: carried, context, known, onSent, now },
      onContradiction: (contradiction) => ehr.contradicted(contradiction),
      leaseHolds: () => now().getTime() < group.leaseUntil.getTime(),
      settleMs: ehr.settleMs,
    });
    if (sent === undefined) return 'lease-lost';
    ({ known } = sent);
    httpStatus = sent.httpStatus ?? httpStatus;
    copies.push(...sent.copies);
    // a sign-in that is over is no failure of the EHR: what it was to carry waits for the next one
    const over = carrier !== undefined && sent.failure?.disposition === 'refresh-token';
    results.push(...(over ? sent.results.map(waitForPerson) : sent.results));
    if (!over) failure ??= sent.failure;
  }
  const refusal = results.find(({ outcome }) => outcome !== null);
  const detail = failure?.outcome ?? refusal?.outcome ?? undefined;
  // the status that belongs to these words: what was answered last, or a Bundle's own 200, says nothing of what failed
  const status = failure === undefined ? (refusal?.status ?? httpStatus) : failure.status;
  return { results, copies, failure, httpStatus: status, detail };
}

function byCarrier(writes: readonly PlannedWrite[]): Iterable<[Carrier | undefined, readonly PlannedWrite[]]> {
  if (writes.every(({ carrier }) => carrier === undefined)) return [[undefined, writes]];
  return Map.groupBy(writes, ({ carrier }) => carrier);
}

function waitForPerson(result: RowResult): RowResult {
  if (result.state !== 'pending') return result;
  return { ...result, state: 'waiting', why: { code: 'person' }, comesBack: false };
}
