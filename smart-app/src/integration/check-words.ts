import type { CheckView } from '../../../src/contract/app/ledger.ts';

/** How the EHR and a ledger row disagree, in words; by the kinds that the service tells. */
export const differenceWords: Readonly<Record<string, string>> = {
  missing: 'Missing',
  altered: 'Altered',
  status: 'Another status',
  'entered-in-error': 'Marked as a mistake',
  'newer-version': 'A newer version',
  doubled: 'Filed more than once',
  refiled: 'Filed elsewhere',
  'other-patient': 'Another patient’s, or of a merge that waits to be confirmed',
  'other-resource': 'Something else stands there',
  unsettled: 'Not settled yet',
  unreadable: 'Could not be read',
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
