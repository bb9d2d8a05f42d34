import { canonicalOf } from '../../src/kinds/canonical-of.ts';
import { currentVersion, type Kind } from '../../src/kinds/kind.ts';
import type { RegisteredVersion } from '../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';

/** The version that a new assignment of a registered kind gets. */
export function currentOf(kind: Kind | string): RegisteredVersion {
  const { questionnaire } = currentVersion(typeof kind === 'string' ? registeredKinds.kind(kind) : kind);
  return registeredKinds.version(canonicalOf(questionnaire));
}

/** The first version of a registered kind: that of Sarah's plan, whatever new assignments get. */
export function firstOf(kind: string): RegisteredVersion {
  return registeredKinds.version(canonicalOf(registeredKinds.kind(kind).versions[0].questionnaire));
}

/** The current version of every registered kind. */
export const currentVersions: readonly RegisteredVersion[] = registeredKinds.kinds.map(currentOf);

/** Every version of every registered kind: a page has those that its plans name, too. */
export const everyVersion: readonly RegisteredVersion[] = registeredKinds.versions;
