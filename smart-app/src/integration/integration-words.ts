import type { HeldPatient } from '../../../src/contract/app/merges.ts';
import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import type { Tone } from '../words/status-words.ts';

/** The ledger's states in their order of urgency, and what each asks for. */
export const states: readonly LedgerState[] = [
  'rejected',
  'unknown',
  'awaiting-review',
  'waiting',
  'pending',
  'in-flight',
  'landed',
  'withdrawn',
];

export const stateTones: Readonly<Record<LedgerState, Tone>> = {
  rejected: 'care',
  unknown: 'care',
  'awaiting-review': 'open',
  waiting: 'open',
  pending: 'open',
  'in-flight': 'open',
  landed: 'good',
  withdrawn: 'quiet',
};

/** What a state means, for whoever reads it the first time. */
export const stateMeanings: Readonly<Record<LedgerState, string>> = {
  rejected: 'It does not pass as it is: something has to be mended first.',
  unknown: 'It was sent and not answered. It may stand in the EHR: look there before you decide.',
  'awaiting-review': 'The EHR took it for review (202). It is looked up until that ends.',
  waiting: 'It goes out by itself once what it waits for is there.',
  pending: 'It is about to be sent, or sent again.',
  'in-flight': 'It is being sent now.',
  landed: 'It is where it is to be.',
  withdrawn: 'A person decided that it shall not land.',
};

/** Whose token carries a landing. */
export const identityWords: Readonly<Record<string, string>> = {
  system: 'this service’s own token',
  delegated: 'a person’s token, while they are signed in',
  none: 'no token',
  any: 'any token',
};

/** What came of an attempt, as people say it; a decision of a person is told by its verb. */
const dispositions: Readonly<Record<string, string>> = {
  retry: 'tried again later',
  'refresh-token': 'token refused',
  conflict: 'conflict',
  reject: 'refused',
  unknown: 'no clear answer',
  'person:retry': 'a person: try again',
  'person:confirm': 'a person: it is there',
  'person:repair': 'a person: repaired after a check',
  'person:withdraw': 'a person: it shall not land',
};

export function dispositionWords(disposition: string | null, httpStatus: number | null): string {
  // what was refused for good leaves nothing to try, and so no disposition
  if (disposition === null) return httpStatus !== null && httpStatus >= 400 ? 'refused' : 'done';
  return dispositions[disposition] ?? disposition;
}

/** What needs a person and what waits, in one sentence; a merge that nobody has confirmed is a decision, too. */
export function needSentence(
  counts: Readonly<Record<LedgerState, number>>,
  oldest: string | undefined,
  held: readonly Pick<HeldPatient, 'state'>[] = [],
): string {
  const records = held.filter(({ state }) => state !== 'inactive').length;
  const undecided = counts.rejected + counts.unknown;
  const waits = counts.waiting + counts['awaiting-review'];
  const parts = [
    ...(records > 0
      ? [records === 1 ? '1 patient’s record needs a decision' : `${records} patients’ records need a decision`]
      : []),
    ...(undecided > 0 ? [`${undecided} ${undecided === 1 ? 'needs' : 'need'} a decision`] : []),
    ...(waits > 0 ? [`${waits} ${waits === 1 ? 'waits' : 'wait'}`] : []),
  ];
  if (parts.length === 0) return 'Nothing needs a decision, and nothing waits.';
  return `${parts.join(', ')}${oldest === undefined ? '' : `; the oldest for ${oldest}`}.`;
}

/** What the EHR says of a patient whose homework waits. */
export function heldWords({ state, survivorId }: Pick<HeldPatient, 'state' | 'survivorId'>): string {
  if (state === 'merged')
    return survivorId === null ? 'Merged; it names nobody alone' : `Merged into Patient/${survivorId}`;
  return state === 'inactive' ? 'Inactive, without saying why' : 'No longer there';
}
