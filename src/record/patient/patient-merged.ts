import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Queryable } from '../database/database.ts';
import { type KnownStanding, readStanding } from './read-standing.ts';

/** Why nothing new is taken about a patient who was merged into another. */
export function patientMerged(
  patientId: string,
  { survivorId, movedTo }: Pick<KnownStanding, 'survivorId' | 'movedTo'>,
): IntersessionError<'patient-merged'> {
  const survivor = movedTo ?? survivorId;
  const into = survivor === undefined ? 'another record' : `Patient/${survivor}`;
  const then =
    movedTo === undefined
      ? 'nothing is written until somebody of the integration team has confirmed it'
      : 'use that one from now on';
  return new IntersessionError(
    'patient-merged',
    { patientId, ...defined({ survivorId: survivor }) },
    `This patient was merged into ${into} in the EHR; ${then}.`,
  );
}

/** @throws `patient-merged` when the patient is known to be merged into another, confirmed or not */
export async function refuseMerged(database: Queryable, tenantId: string, patientId: string): Promise<void> {
  const standing = await readStanding(database, tenantId, patientId);
  if (standing.state === 'merged') throw patientMerged(patientId, standing);
}
