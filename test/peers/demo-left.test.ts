import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FhirResource } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { seed } from '../../src/sandbox/seed/seed-face.ts';
import { buildHouse, type House } from '../faults/house.ts';
import { compareSarah, type Face } from '../oracle/compare-sarah.ts';
import { readEhr } from '../oracle/read-ehr.ts';
import { claimsOurs, ourDefinitions } from './our-definitions.ts';
import { type FileReport, failures, validate } from './validator.ts';

// What the demo leaves in the sandbox EHR, as that EHR's own FHIR API gives it back, before the validator.
const tenants: Record<Face, string> = { native: 'sandbox', 'notes-only': 'sandbox-notes' };
const faces: Face[] = ['native', 'notes-only'];

interface Named {
  resourceType: string;
  id?: string | undefined;
}

let work: string;
let house: House;
const left = new Map<Face, FhirResource[]>();

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'demo-left-'));
  house = await buildHouse();
  await house.startService();
  for (const face of faces) {
    const { code, stdout, stderr } = await house.demo(tenants[face]);
    expect(code, `${face}: ${stderr}\n${stdout.slice(-2000)}`).toBe(0);
    left.set(face, await writtenTo(face));
  }
});
afterAll(async () => {
  await house?.tearDown();
  if (work) rmSync(work, { recursive: true });
});

const baseOf = (face: Face): string => `http://127.0.0.1:${house.port + 1}/fhir/${face}`;
const nameOf = ({ resourceType, id }: Named): string => `${resourceType}/${id}`;

/** Every resource that anyone has written to a face since it was filled with the hospital's own. */
async function writtenTo(face: Face): Promise<FhirResource[]> {
  const commits = house.commits().filter((commit) => commit.face === face);
  const written = new Set(commits.map(({ type, id }) => `${type}/${id}`));
  const ehr = await readEhr(baseOf(face), house.dataDir);
  const types = [...new Set(commits.map(({ type }) => type))] as FhirResource['resourceType'][];
  const found = await Promise.all(types.map((type) => ehr.search(type, { patient: 'sarah' })));
  const resources = found.flat().filter((resource) => written.has(nameOf(resource)));
  expect(resources.map(nameOf).sort(), `what ${face} says it committed`).toEqual([...written].sort());
  return resources;
}

test.each(faces)('the face %s holds the manifest', async (face) => {
  expect(await compareSarah({ base: baseOf(face), face, dataDir: house.dataDir })).toEqual([]);
});

test.each(faces)('the face %s keeps the profile that each resource claims', (face) => {
  const strangers = (left.get(face) ?? []).filter((resource) => !claimsOurs(resource));
  expect(strangers.map(nameOf)).toEqual([]);
});

describe('the validator', () => {
  const reports = new Map<string, FileReport>();
  const fileOf = (owner: string, resource: Named): string =>
    join(work, owner, `${nameOf(resource).replace('/', '-')}.json`);
  beforeAll(async () => {
    // The hospital's own resources stand beside ours, so that each reference is held against its target. Both faces go
    // in one run: no id of theirs is the same.
    const others = [...registeredKinds.versions.map(({ questionnaire }) => questionnaire), ...seed];
    for (const [owner, resources] of [...left, ['others', others]] as const) {
      mkdirSync(join(work, owner));
      for (const resource of resources) writeFileSync(fileOf(owner, resource), JSON.stringify(resource));
    }
    const all = await validate({ definitions: ourDefinitions, examples: [work], refs: true });
    for (const report of all) reports.set(report.file, report);
  });

  test.each(faces)('finds no error in what stands in the face %s, and no reference that leads nowhere', (face) => {
    const ofFace = (left.get(face) ?? []).map((resource) => reports.get(fileOf(face, resource)));
    expect(ofFace.length).toBeGreaterThan(0);
    expect(ofFace.filter((report) => report === undefined)).toEqual([]);
    expect(failures(ofFace.filter((report) => report !== undefined))).toEqual([]);
  });

  test("finds no error in the hospital's own record either", () => {
    expect(
      failures(seed.map((resource) => reports.get(fileOf('others', resource))).filter((entry) => entry !== undefined)),
    ).toEqual([]);
  });
});
