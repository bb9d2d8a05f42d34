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
  const merged = held.filter(({ state }) => state === 'merged').length;
  const gone = held.filter(({ state }) => state === 'gone').length;
  const parts = [
    ...(merged > 0 ? [`${merged} ${merged === 1 ? 'patient' : 'patients'} merged in the EHR, to be confirmed`] : []),
    ...(gone > 0 ? [`${gone} ${gone === 1 ? 'patient' : 'patients'} no longer in the EHR`] : []),
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

/** What becomes of what waits for patients who stand so, and what is to be done about them. */
export function heldAdvice({ state }: Pick<HeldPatient, 'state'>): string {
  if (state === 'merged') return 'Of a merged patient, nothing is sent until the merge is confirmed here.';
  return state === 'inactive'
    ? 'Of an inactive patient, nothing is sent; it goes on by itself when they are active again.'
    : 'Of a patient who is no longer there, what waits is kept here and is not sent. It goes on by itself if the EHR has the record again. If the patient goes on under another record, and that one says so in the EHR, name it; else there is nothing to do.';
}

/** What the button for it says; undefined: there is nothing that a person can decide here. */
export function heldButton({ state }: Pick<HeldPatient, 'state'>): string | undefined {
  if (state === 'inactive') return undefined;
  return state === 'merged' ? 'Confirm the merge' : 'Name their other record';
}
