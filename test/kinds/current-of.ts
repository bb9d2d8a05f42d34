import { canonicalOf } from '../../src/kinds/canonical-of.ts';
import { currentVersion, type Kind } from '../../src/kinds/kind.ts';
import type { RegisteredVersion } from '../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';

/** The version that a new assignment of a registered kind gets. */
export function currentOf(kind: Kind | string): RegisteredVersion {
  const { questionnaire } = currentVersion(typeof kind === 'string' ? registeredKinds.kind(kind) : kind);
  return registeredKinds.version(canonicalOf(questionnaire));
}

/** The current version of every registered kind. */
export const currentVersions: readonly RegisteredVersion[] = registeredKinds.kinds.map(currentOf);
