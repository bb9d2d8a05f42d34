import type { Questionnaire } from 'fhir/r4';
import type { VersionedCanonical } from '../homework/model.ts';

/** A questionnaire's `url|version`, by which assignments and logs name it. */
export function canonicalOf({ url, version }: Pick<Questionnaire, 'url' | 'version'>): VersionedCanonical {
  return `${url}|${version}`;
}
