import { type Found, lookUp } from './look-up.ts';
import { replaceReferences } from './replace-references.ts';
import { sameContent } from './same-content.ts';
import type { Sending } from './sending.ts';
import type { SendingWork } from './sending-work.ts';
import { passes, waitForEffect } from './wait-for-effect.ts';
import { parseContent } from './wire-text.ts';

/** Looks up what may stand in the EHR already; what stands there as wanted is not written again. */
export async function lookBeforeSending(sending: Sending, looking: readonly SendingWork[]): Promise<void> {
  const { ehr, context, group } = sending.options;
  const answer = await lookUp(
    ehr,
    { capabilities: context.capabilities, patient: group },
    looking.map(({ write, stands, doubt }) => ({ write, reference: stands?.reference, mayStandAt: doubt?.mayStandAt })),
  );
  if (!answer.ok) {
    sending.failed(answer.failure);
    for (const work of sending.open) sending.keep(work, answer.failure);
    return;
  }
  const found = (work: SendingWork): Found => answer.byUrn.get(work.write.urn) ?? { found: 'none' };
  // first where everything stands, then the comparing: content refers to others of the group
  for (const work of looking) {
    const there = found(work);
    work.stands = there.found === 'one' ? { reference: there.reference, version: there.version } : undefined;
    if (work.stands !== undefined) sending.known.set(work.write.urn, work.stands.reference);
  }
  for (const work of looking) {
    work.next = 'send';
    take(sending, work, found(work));
  }
}

function take(sending: Sending, work: SendingWork, there: Found): void {
  const { row } = work.write;
  if (work.doubt !== undefined && there.found !== 'undecided') {
    // whatever is not shown to have landed may still be under way: it is looked for again before it is sent again
    if (there.found === 'one' && isAsWanted(sending, work, there)) land(sending, work);
    else {
      sending.failed(work.doubt.failure);
      sending.keep(work, work.doubt.failure);
    }
  } else if (there.found === 'one') compare(sending, work, there);
  else if (waitForEffect(sending, work, there)) return;
  else if (there.found === 'undecided') undecided(sending, work, there);
  else if (there.found === 'gone' && row.state === 'awaiting-review') {
    const why = { code: 'refused-in-review' } as const;
    sending.settle(work, { state: 'rejected', why, status: 410, outcome: there.outcome });
  } else if (row.state === 'awaiting-review') sending.inReview(work, row.ehrReference ?? undefined);
  else if (there.found === 'none' && work.made !== undefined) sending.lost(work, { comesBack: true });
  else if (row.withdraw) {
    sending.settle(work, { state: 'withdrawn', why: { code: 'not-held' } });
  }
}

function undecided(sending: Sending, work: SendingWork, { why }: Extract<Found, { found: 'undecided' }>): void {
  // where nothing can tell, the first contact must be made blindly; what was made is never made again
  const unsearchable = why.code === 'unsearchable';
  if (unsearchable && work.made !== undefined) sending.lost(work, { comesBack: false });
  else if (!unsearchable || !work.isFirstContact() || work.doubt !== undefined) {
    sending.settle(work, { state: 'unknown', why });
  }
}

function compare(sending: Sending, work: SendingWork, there: Extract<Found, { found: 'one' }>): void {
  const { write, stands } = work;
  if (stands === undefined) return;
  const same = isAsWanted(sending, work, there);
  // what was sent earlier may still change what stands there now
  if ((same || !passes(sending, work)) && waitForEffect(sending, work, there)) return;
  if (same) land(sending, work);
  else if (!work.offers('update')) {
    const why = { code: 'no-update', type: write.resourceType, place: stands.reference } as const;
    sending.settle(work, { state: 'rejected', why, ehrReference: stands.reference });
  }
}

function land(sending: Sending, work: SendingWork): void {
  if (work.stands !== undefined) sending.landed(work, work.stands.reference, work.stands.version);
}

function isAsWanted(
  sending: Sending,
  { write }: SendingWork,
  { resource: theirs, byMark }: Extract<Found, { found: 'one' }>,
): boolean {
  const ours = parseContent(replaceReferences(write.content, write.replacements, sending.known), write.row);
  // a note is known by its version's own mark: the same mark is the same note, however the EHR reshaped it. One that a
  // condition led to bears the same identifier, and may be an earlier version.
  const sameNote = write.row.ehrReference === null && byMark === true;
  const { base } = sending.options.ehr;
  return sameNote || sameContent(ours, theirs, { base, leftOut: write.leftOut });
}
