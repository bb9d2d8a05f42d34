import type { LedgerRow } from '../../../src/contract/app/ledger.ts';

export type Verb = 'retry' | 'confirm' | 'withdraw';

export interface Decision {
  readonly verb: Verb;
  readonly words: string;
  /** What will happen. */
  readonly effect: string;
  /** Whether it can be taken back, and how. */
  readonly undo: string;
  readonly needsReference: boolean;
  /** Says that it is not in the EHR. */
  readonly notThere?: true;
}

export const letLand: Decision = {
  verb: 'retry',
  words: 'Let it land after all',
  effect: 'It is wanted in the EHR again and goes out at once.',
  undo: 'Until it has landed you can withdraw it again.',
  needsReference: false,
};
export const retry: Decision = {
  verb: 'retry',
  words: 'Try again now',
  effect: 'It goes out at once, as the record has it now.',
  undo: 'What has been sent cannot be called back from here.',
  needsReference: false,
};
export const retryMended: Decision = {
  ...retry,
  words: 'Try again, it is mended',
  effect: 'It goes out at once, as the record has it now. If nothing was mended, it ends as it did before.',
};
export const lookWhether: Decision = {
  ...retry,
  words: 'See whether it can go now',
  effect: 'It goes out at once if what it waits for is there. If not, it waits on as before.',
};
export const lookAgain: Decision = {
  verb: 'retry',
  words: 'Look for it again',
  effect:
    'The EHR is searched for it first. Nothing is sent blindly: it goes out again only if the EHR does not have it.',
  undo: 'Should it go out again, that cannot be called back from here.',
  needsReference: false,
};
export const notThere: Decision = {
  verb: 'retry',
  words: 'It is not there',
  effect:
    'It is looked for once more. If nothing is found, where it stood is forgotten, and it is sent anew; where no search can tell, the EHR may then hold it twice.',
  undo: 'This cannot be undone here: look for it in the EHR before you say so.',
  needsReference: false,
  notThere: true,
};
export const confirm: Decision = {
  verb: 'confirm',
  words: 'It is there',
  effect:
    'The EHR is read first: the type, our identifier or mark, and the patient must be this one’s. From then on it counts as landed under this reference, and later versions go there as updates.',
  undo: 'This cannot be undone here: look at the entry in the EHR before you say so.',
  needsReference: true,
};
export const withdraw: Decision = {
  verb: 'withdraw',
  words: 'Withdraw it',
  effect: 'It shall not land. It stays in the record and in this list.',
  undo: 'You can let it land after all, from this page, at any time.',
  needsReference: false,
};
const withdrawUnclear: Decision = {
  ...withdraw,
  effect: 'It shall not land. The EHR is searched first, for it may stand there already; then it stays as it is.',
  undo: 'If the EHR turns out not to have it, you can let it land after all.',
};

/** What a person can decide about a row as it stands. */
export function decisionsFor({
  state,
  landed,
  waitingFor,
}: Pick<LedgerRow, 'state' | 'landed'> & Partial<Pick<LedgerRow, 'waitingFor'>>): readonly Decision[] {
  const never = landed === 0;
  // where it stands follows from who the patient is, which is decided for all of their rows at once
  if (state === 'unknown' && waitingFor?.code === 'patient') return never ? [withdrawUnclear] : [];
  switch (state) {
    case 'unknown':
      return [confirm, lookAgain, notThere, ...(never ? [withdrawUnclear] : [])];
    case 'awaiting-review':
      return [confirm, lookAgain, ...(never ? [withdrawUnclear] : [])];
    case 'rejected':
      return [retryMended, ...(never ? [withdraw] : [])];
    case 'waiting':
      return [lookWhether, ...(never ? [withdraw] : [])];
    case 'pending':
      return [retry, ...(never ? [withdraw] : [])];
    case 'withdrawn':
      return [letLand];
    case 'landed':
    case 'in-flight':
      return [];
  }
}
