import type { CheckView } from '../../../src/contract/app/ledger.ts';
import { uncheckedKinds } from '../../../src/homework/ledger/finding-kind.ts';

/** How the EHR and a ledger row disagree, in words; by the kinds that the service tells. */
export const differenceWords: Readonly<Record<string, string>> = {
  missing: 'Missing',
  altered: 'Altered',
  status: 'Another status',
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

const unchecked: ReadonlySet<string> = new Set(uncheckedKinds);

/** Whether a repair could be for it: it differs, and nothing explains it by now. */
export const isOpenDifference = ({ kind, meanwhile }: CheckView['differences'][number]): boolean =>
  meanwhile === null && !unchecked.has(kind);

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
