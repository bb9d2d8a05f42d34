import type { SummaryView } from '../../../src/contract/app/ledger.ts';
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
  unknown: 'It may stand in the EHR, and that is not known for sure.',
  'awaiting-review': 'The EHR took it for review (202), and has not decided yet.',
  waiting: 'Something that it needs is not there yet.',
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

/**
 * What needs a person, what waits and what is about to go out, in one sentence. A merge that nobody has confirmed is one
 * decision, about a patient: what waits for it is not counted as decisions of its own.
 */
export function needSentence(
  { decide, wait, send }: SummaryView['open'],
  oldest: string | undefined,
  held: readonly Pick<HeldPatient, 'state'>[] = [],
): string {
  const records = held.filter(({ state }) => state !== 'inactive').length;
  const parts = [
    ...(records > 0
      ? [`${records} ${records === 1 ? 'patient' : 'patients'} to be confirmed (merged or gone in the EHR)`]
      : []),
    ...(decide > 0 ? [`${decide} ${decide === 1 ? 'row needs' : 'rows need'} a decision`] : []),
    ...(wait > 0 ? [`${wait} ${wait === 1 ? 'waits' : 'wait'}`] : []),
    ...(send > 0 ? [`${send} ${send === 1 ? 'is' : 'are'} about to be sent`] : []),
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
