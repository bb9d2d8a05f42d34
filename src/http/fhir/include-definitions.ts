import type { FhirResource } from 'fhir/r4';
import { isSearchableType, searchParameters } from '../../fhir/search/search-parameters.ts';
import type { IncludeRule } from '../../record/store/search-criteria.ts';
import { type Definition, isDefinitionType } from './definitions.ts';

/** The canonicals that resources name in the parameters asked for. */
export function canonicalsNamed(
  resources: readonly FhirResource[],
  include: readonly IncludeRule[],
): ReadonlySet<string> {
  return new Set(resources.flatMap((resource) => include.flatMap((rule) => canonicalsIn(resource, rule))));
}

/** The definitions among them, each once: exactly the version that is named. */
export function includedDefinitions(
  definitions: readonly Definition[],
  named: ReadonlySet<string>,
): readonly Definition[] {
  if (named.size === 0) return [];
  return definitions.filter(({ url, version }) => named.has(`${url}|${version}`) || named.has(`${url}`));
}

function canonicalsIn(resource: FhirResource, { type, param, targetType }: IncludeRule): string[] {
  if (resource.resourceType !== type || !isSearchableType(type)) return [];
  const parameter = searchParameters[type].find(({ name }) => name === param);
  const targets = targetType === undefined ? (parameter?.targets ?? []) : [targetType];
  if (!targets.some(isDefinitionType)) return [];
  return (parameter?.read(resource) ?? []).flatMap((searchElement) =>
    typeof searchElement === 'string' ? [searchElement] : [],
  );
}
