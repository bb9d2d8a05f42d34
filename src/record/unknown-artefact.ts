import { IntersessionError } from '../foundation/intersession-error.ts';

/** Nothing of that sort has that id, for this tenant. */
export function unknownArtefact({ artefact, id }: { artefact: string; id: string }): IntersessionError {
  return new IntersessionError('unknown-artefact', { artefact, id }, `There is no ${artefact} with this id.`);
}
