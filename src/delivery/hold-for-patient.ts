import type { Attempt } from './attempt.ts';
import type { Carrier } from './carrier.ts';
import { type RowResult, untouchedState } from './claimed-group.ts';

/**
 * Asks how the patient stands once more where the EHR's answer may come of it: something of theirs is about somebody else by
 * now, or was refused. They may have been merged, or removed, after they were read and before it was sent: then it waits for
 * that, as everything else of theirs does, and no person is asked about each row.
 * @returns the results; those of a patient who stands as before, or cannot be read now, as they were
 */
export async function holdForPatient(
  { group, verifyPatient }: Pick<Attempt, 'group' | 'verifyPatient'>,
  carrier: Carrier | undefined,
  results: readonly RowResult[],
): Promise<readonly RowResult[]> {
  if (!results.some(mayComeOfPatient)) return results;
  // the EHR knew them when this attempt began
  const checked = await verifyPatient({ ...group, patientVerified: true }, carrier);
  if (checked.check !== 'holds') return results;
  const { why } = checked;
  return results.map((result) => {
    if (!mayComeOfPatient(result)) return result;
    const row = group.rows.find(({ artefact, id }) => artefact === result.artefact && id === result.id);
    const doubtful = result.state === 'unknown' && row !== undefined && untouchedState(group, row) !== 'pending';
    return { ...result, state: doubtful ? 'unknown' : 'waiting', why, outcome: null, comesBack: true };
  });
}

function mayComeOfPatient({ why }: RowResult): boolean {
  return why?.code === 'refused' || (why?.code === 'foreign' && why.about === 'another-patient');
}
