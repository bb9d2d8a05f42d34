import type { FhirResource } from 'fhir/r4';
import { isObject } from '../../foundation/is-object.ts';
import { type Identified, identifiedTypes, identifierSystem } from '../systems.ts';
import { issueOf } from './archive-entries.ts';

/**
 * What sort of resource of ours it is, by its identifier; undefined for a Provenance, which has none.
 * @throws IntersessionError `invalid-request` when it is none of ours
 */
export function identifiedOf(resource: FhirResource): Identified | undefined {
  if (resource.resourceType === 'Provenance') return undefined;
  const given: unknown = 'identifier' in resource ? resource.identifier : undefined;
  const systems = [given].flat().flatMap((identifier: unknown) => (isObject(identifier) ? [identifier.system] : []));
  const known = Object.keys(identifiedTypes) as Identified[];
  const found = known.find(
    (identified) =>
      identifiedTypes[identified] === resource.resourceType && systems.includes(identifierSystem(identified)),
  );
  if (found !== undefined) return found;
  throw issueOf(`${resource.resourceType}.identifier`, 'is none that this service gives');
}
