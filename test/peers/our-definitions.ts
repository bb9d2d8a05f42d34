import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Resource } from 'fhir/r4';

export const root = resolve(import.meta.dirname, '../..');
/** What SUSHI made of profiles/input. */
export const generated = join(root, 'profiles/fsh-generated/resources');
const borrowed = ['tags', 'careplan-category', 'documentreference-category'];

/** All that our resources are judged by: our own definitions first, then the code systems of others that no package here has. */
export const ourDefinitions = [generated, ...borrowed.map((name) => join(root, `profiles/us-core-${name}.json`))];

const canonical = 'https://intersession.dev/fhir/StructureDefinition/';

/** Says whether a resource claims a profile of ours. */
export function claimsOurs({ meta }: Pick<Resource, 'meta'>): boolean {
  return meta?.profile?.some((url) => url.startsWith(canonical)) ?? false;
}

/** @throws Error naming the first definition that isn't there */
export function expectDefinitions(): void {
  const missing = ourDefinitions.find((path) => !existsSync(path));
  if (missing !== undefined) throw new Error(`${relative(root, missing)} is missing: npm run profiles`);
}
