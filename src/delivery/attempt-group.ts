import { randomUUID } from 'node:crypto';
import { foundThere, lookedUp } from '../homework/ledger/attempt-words.ts';
import type { Attempt, AttemptOutcome } from './attempt.ts';
import { encounterFor } from './encounter-for.ts';
import { heldBackUnread, heldBackWrites } from './held-back.ts';
import { holdForPatient } from './hold-for-patient.ts';
import { needsEncounter, needsPerson } from './needs-of-group.ts';
import { planSending } from './plan-sending.ts';
import { type SentByIdentity, sendByIdentity } from './send-by-identity.ts';

/**
 * Works on one claimed group: finds who may carry it and the encounter it must name, decides what is written, asks how
 * the patient stands, and sends.
 * @returns one outcome for all of its rows; `lease-lost`: somebody else may have it by now, and nothing is recorded
 */
export async function attemptGroup(attempt: Attempt): Promise<AttemptOutcome | 'lease-lost'> {
  const { ehr, group, context } = attempt;
  const carriers = needsPerson(group, context) ? await attempt.people.carriersFor(ehr.tenantId, group.patientId) : [];
  const encounter = needsEncounter(group, context) ? await encounterFor(attempt, carriers[0]) : undefined;
  if (encounter !== undefined && 'unreachable' in encounter) return heldBackUnread(group, context, encounter.failure);

  const { settled, writes } = planSending(group, attempt.references, context, { carriers, encounter }, randomUUID);
  if (writes.length === 0) return { results: settled, asked: encounter !== undefined };

  const checked = await attempt.verifyPatient(group, carriers[0]);
  if (checked.check !== 'known') return heldBackWrites(group, { settled, writes }, checked);

  const sent = await sendByIdentity(attempt, writes);
  if (sent === 'lease-lost') return sent;
  const { failure, httpStatus, detail, copies } = sent;
  const landing = writes[0]?.landing ?? 'native';
  const results = await holdForPatient(attempt, carriers[0], sent.results);
  return {
    results: [...settled, ...results],
    failure,
    asked: true,
    evidence: { landing, httpStatus, disposition: cameOf(sent), detail, copies },
  };
}

/** What is kept of how it ended. One that only looked is no try to send, and is not told as one. */
function cameOf({ results, failure }: SentByIdentity): string | undefined {
  // a look that failed says how the EHR is; that nothing is found yet, or no longer, is what it was to find out
  const looked = failure === undefined || failure.disposition === 'unknown' || failure.status === 202;
  if (!looked || results.some(({ wasSent }) => wasSent)) return failure?.disposition;
  return results.every(({ state }) => state === 'landed') ? foundThere : lookedUp;
}
