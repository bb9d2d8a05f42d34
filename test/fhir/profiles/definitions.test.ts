import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSystem, CodeSystemConcept, StructureDefinition, ValueSet } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { ourProfiles } from '../../../src/fhir/profiles.ts';
import {
  canonicalBase,
  identifiedTypes,
  identifierSystem,
  ourCodeSystems,
  ourExtensions,
} from '../../../src/fhir/systems.ts';
import { terminology } from '../../../src/fhir/terminology.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';

const root = join(import.meta.dirname, '../../..');
const generated = join(root, 'profiles/fsh-generated/resources');
type Definition = StructureDefinition | CodeSystem | ValueSet;
const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
const definitions = readdirSync(generated).map((name) => read<Definition>('profiles/fsh-generated/resources', name));
const structures = definitions.filter((definition) => definition.resourceType === 'StructureDefinition');
const codeSystems = definitions.filter((definition) => definition.resourceType === 'CodeSystem');

const rowsOf = (concepts: readonly CodeSystemConcept[] | undefined): [string, string | undefined][] =>
  (concepts ?? []).flatMap(({ code, display, concept }) => [[code, display], ...rowsOf(concept)]);

describe('what the code names is what the profiles define', () => {
  test('profiles', () => {
    const profiles = structures.filter(({ type }) => type !== 'Extension').map(({ url }) => url);
    expect(profiles.sort()).toEqual(Object.values(ourProfiles).sort());
  });

  test('extensions', () => {
    const extensions = structures.filter(({ type }) => type === 'Extension').map(({ url }) => url);
    expect(extensions.sort()).toEqual(Object.values(ourExtensions).sort());
  });

  test('code systems', () => {
    expect(codeSystems.map(({ url }) => url).sort()).toEqual(Object.values(ourCodeSystems).sort());
    for (const { url } of definitions) expect(url).toMatch(new RegExp(`^${canonicalBase}/`));
  });

  test('identifier systems', () => {
    const fixed = structures.flatMap(({ differential }) =>
      (differential?.element ?? []).flatMap(({ id, fixedUri, patternUri }) =>
        /^\w+\.identifier(:homework)?\.system$/.test(id ?? '') ? [fixedUri ?? patternUri] : [],
      ),
    );
    const identified = Object.keys(identifiedTypes) as (keyof typeof identifiedTypes)[];
    expect(fixed.sort()).toEqual(identified.map(identifierSystem).sort());
  });

  test('every profile has a snapshot', () => {
    for (const { url, snapshot } of structures) expect(snapshot?.element.length, url).toBeGreaterThan(0);
  });
});

describe('the terminology table', () => {
  const tho = 'node_modules/hl7.terminology.r4';
  const published = [
    ...codeSystems,
    ...[
      'v3-ActCode',
      'v3-Confidentiality',
      'v3-ObservationValue',
      'observation-category',
      'data-absent-reason',
      'plan-definition-type',
      'action-type',
      'flag-category',
      'v3-DataOperation',
      'provenance-participant-type',
    ].map((id) => read<CodeSystem>(tho, `CodeSystem-${id}.json`)),
    read<CodeSystem>('node_modules/hl7.fhir.uv.sdc', 'CodeSystem-temp.json'),
    ...readdirSync(join(root, 'profiles'))
      .filter((name) => name.startsWith('us-core-'))
      .map((name) => read<CodeSystem>('profiles', name)),
  ];
  const displays = new Map(
    published.flatMap(({ url, concept }) => rowsOf(concept).map(([code, display]) => [`${url}|${code}`, display])),
  );

  test('spells every code as its code system does; LOINC, which is not published here, aside', () => {
    for (const { system, code, display } of terminology) {
      if (system !== 'http://loinc.org') expect(displays.get(`${system}|${code}`), `${system}|${code}`).toBe(display);
    }
    expect(terminology.filter(({ system }) => system === 'http://loinc.org')).toEqual([
      { system: 'http://loinc.org', code: '11506-3', display: 'Progress note', source: 'LOINC 2.78' },
    ]);
  });

  test('has no code twice', () => {
    const codes = terminology.map(({ system, code }) => `${system}|${code}`);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("has every kind's code, and every measure that its questionnaire extracts", () => {
    for (const { kind, questionnaire } of registeredKinds.versions) {
      expect(displays.get(`${ourCodeSystems.kind}|${kind.slug}`)).toBe(kind.title);
      for (const code of JSON.stringify(questionnaire).matchAll(
        /"system":"([^"]*\/measure)","code":"([^"]+)","display":"([^"]+)"/g,
      )) {
        expect(displays.get(`${code[1]}|${code[2]}`)).toBe(code[3]);
      }
    }
  });
});
