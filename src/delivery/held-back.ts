import type { EhrFailure } from '../ehr/ehr-failure.ts';
import { defined } from '../foundation/defined.ts';
import type { WaitingFor } from '../homework/ledger/row-reason.ts';
import type { Landing } from '../landing/vendor-traits.ts';
import type { AttemptOutcome } from './attempt.ts';
import { type ClaimedGroup, type ClaimedRow, type RowResult, stillPending, untouchedState } from './claimed-group.ts';
import { doubtOf } from './doubt.ts';
import type { SendingPlan } from './plan-sending.ts';
import type { SendingContext } from './sending-context.ts';
import type { PatientCheck } from './verify-patient.ts';

/** The outcome where the encounters could not be read: every row stays as it was. */
export function heldBackUnread(group: ClaimedGroup, { landings }: SendingContext, cause: EhrFailure): AttemptOutcome {
  const failure = unread('the encounters could not be read', cause);
  const results = group.rows.map((row) =>
    untouched(group, row, landings.get(row.artefact)?.landing ?? 'app-only', failure),
  );
  return { results, failure, asked: true };
}

/** The outcome where the patient's chart is not to be written to, or not now. */
export function heldBackWrites(
  group: ClaimedGroup,
  { settled, writes }: SendingPlan,
  checked: Exclude<PatientCheck, { check: 'known' }>,
): AttemptOutcome {
  const failure =
    checked.check === 'unreachable' ? unread('the patient could not be checked', checked.failure) : undefined;
  const results = writes.map(({ row, landing }) => heldBack(group, row, landing, checked));
  return { results: [...settled, ...results], failure, asked: true };
}

function heldBack(
  group: ClaimedGroup,
  row: ClaimedRow,
  landing: Landing,
  checked: Exclude<PatientCheck, { check: 'known' }>,
): RowResult {
  if (checked.check === 'unreachable') return untouched(group, row, landing, checked.failure);
  if (checked.check === 'holds') {
    const kept = untouched(group, row, landing);
    return { ...kept, state: kept.state === 'pending' ? 'waiting' : kept.state, why: checked.why };
  }
  return { ...stillPending(row, landing), state: 'rejected', why: { code: 'unknown-patient' } };
}

/** As it was, and looked at again; a doubt about it stays a doubt. */
function untouched(group: ClaimedGroup, row: ClaimedRow, landing: Landing, failure?: EhrFailure): RowResult {
  const state = untouchedState(group, row);
  const doubtAt = doubtOf(group, row, group.startedAt) ?? null;
  return { ...stillPending(row, landing), state, why: waitsForEhr(failure), doubtAt, comesBack: true };
}

/** A read without which nothing is sent, and who answered it where it was not the EHR. */
function unread(what: string, cause: EhrFailure | undefined): EhrFailure {
  if (cause?.stranger === undefined) {
    return {
      outcome: what,
      disposition: 'retry',
      ...defined({ retryAfterMs: cause?.retryAfterMs, late: cause?.late }),
    };
  }
  return { ...cause, outcome: `${what}: ${cause.outcome}`, disposition: 'retry' };
}

/** What it waits for, where it was not the EHR that answered. */
function waitsForEhr(failure: EhrFailure | undefined): WaitingFor | null {
  return failure?.stranger === undefined ? null : { code: 'ehr', ...failure.stranger };
}
