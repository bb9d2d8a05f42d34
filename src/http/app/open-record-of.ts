import { IntersessionError } from '../../foundation/intersession-error.ts';
import { type OwnedArtefact, type Owner, ownerOf } from '../../record/store/owner-of.ts';
import type { AppCall } from './app-route.ts';

/** The patient whose homework this session may see. @throws `forbidden` while a coordinator has opened nobody */
export function openPatientOf({ session }: Pick<AppCall, 'session'>): string {
  if (session.patientId !== undefined) return session.patientId;
  throw new IntersessionError('forbidden', { needed: 'an open patient' }, 'No patient is open in this session.');
}

/**
 * Whose something is, if it is the patient's who is open in this session.
 * @throws `unknown-artefact`; `launch-mismatch` when it is another patient's
 */
export async function ownedByOpenPatient(
  call: Pick<AppCall, 'session' | 'record' | 'tenant'>,
  named: { readonly artefact: OwnedArtefact; readonly id: string },
): Promise<Owner> {
  const patientId = openPatientOf(call);
  const owner = await ownerOf(call.record, call.tenant.id, named);
  if (owner.patientId === patientId) return owner;
  const problem = `the ${named.artefact} is another patient’s`;
  throw new IntersessionError(
    'launch-mismatch',
    { problem },
    'This belongs to another patient than the one who is open.',
  );
}
