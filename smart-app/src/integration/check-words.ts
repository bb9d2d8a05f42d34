import type { CheckView } from '../../../src/contract/app/ledger.ts';
import type { nextRepair } from '../../../src/homework/ledger/repair-of.ts';

/** How the EHR and a ledger row disagree, in words; by the kinds that the service tells. */
export const differenceWords: Readonly<Record<string, string>> = {
  missing: 'Missing',
  altered: 'Altered',
  status: 'Another status',
  'beyond-repair': 'Altered, and not to be written over: signed, or it takes no updates',
  'entered-in-error': 'Marked as a mistake',
  'newer-version': 'A newer version',
  doubled: 'Filed more than once',
  refiled: 'Filed elsewhere',
  'other-patient': 'Another patient’s, as far as it says',
  'other-resource': 'Something else stands there',
  unsettled: 'Not settled yet',
  unreadable: 'Could not be read',
};

/** What explains a difference by now. */
export const meanwhileWords: Readonly<Record<NonNullable<CheckView['differences'][number]['meanwhile']>, string>> = {
  'patient-unconfirmed':
    'The EHR has merged this patient or has them no more: confirm that first, under “Patients who are merged or not there”.',
  'landed-again': 'It has landed again since. The next check tells whether it agrees now.',
};

/** The button that begins a repair, and what the repair does, by what the last check found. */
export const repairWords: Readonly<
  Record<NonNullable<ReturnType<typeof nextRepair>>, { readonly title: string; readonly effect: string }>
> = {
  mends: {
    title: 'Check and repair',
    effect:
      'What is missing there is sent again, what was altered is written over with what the record says, and where it stands now is taken over. What stands under another patient, or is something else, counts as landed no more, and you say with its row where it stands. Nothing is deleted; what was signed, filed twice or marked as a mistake there is left to you.',
  },
  'lets-go': {
    title: 'Check, and decide by hand',
    effect:
      'What stands under another patient, or is something else, counts as landed no more; nothing is written over it. You then say with its row where it stands, or that it is not there. Should anything else be missing or altered by now, that is sent again or written over.',
  },
};

/** The last check, or the one under way, in a sentence. @param age how long ago a time was */
export function checkWords(check: CheckView['check'], age: (at: string) => string): string {
  if (check === null) return 'It has not been checked yet. The service checks by itself, once a day.';
  const rows = `${check.checked} ${check.checked === 1 ? 'row was' : 'rows were'} checked`;
  if (check.finishedAt === null) return `A check is under way: ${rows} so far.`;
  const when = `${rows}, ${age(check.finishedAt)} ago`;
  if (check.differences === 0 && check.unchecked === 0) return `${when}: all of them agree.`;
  const parts = [
    ...(check.differences > 0 ? [`${check.differences} ${check.differences === 1 ? 'differs' : 'differ'}`] : []),
    ...(check.unchecked > 0 ? [`${check.unchecked} could not be compared`] : []),
  ];
  return `${when}: ${parts.join(', ')}.`;
}
