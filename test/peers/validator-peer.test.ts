import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caughtFor } from './caught-for.ts';
import { breakings } from './negative-set.ts';
import { sampleExtension, sampleInvariants, sampleProfile, sampleTask } from './sample-profile.ts';
import { validateBreakings } from './validate-breakings.ts';
import { validate } from './validator.ts';

// The validator itself on trial, with resources made by hand: does it know what our mapping uses, and does it object?
let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'validator-peer-'));
});
afterAll(() => rmSync(work, { recursive: true }));

function directoryOf(name: string, resources: Record<string, object>): string {
  const directory = join(work, name);
  mkdirSync(directory);
  for (const [file, resource] of Object.entries(resources)) {
    writeFileSync(join(directory, `${file}.json`), JSON.stringify(resource));
  }
  return directory;
}

function sampleDefinitions(name: string): string {
  // Without the partial snapshots: the validator makes its own.
  const { snapshot: _profile, ...profile } = sampleProfile;
  const { snapshot: _extension, ...extension } = sampleExtension;
  return directoryOf(name, { profile, extension });
}

const task = { resourceType: 'Task', status: 'requested', intent: 'order', for: { reference: 'Patient/p' } };
const inZone = (zone: string) => ({
  ...task,
  input: [
    {
      type: { text: 'schedule' },
      valueTiming: {
        repeat: {
          count: 3,
          boundsPeriod: {
            start: '2026-03-02',
            _start: {
              extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: zone }],
            },
          },
        },
      },
    },
  ],
});
const answered = (code: string, label: string) => ({
  resourceType: 'QuestionnaireResponse',
  meta: {
    security: [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: label },
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'PATAST' },
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'MH' },
    ],
  },
  questionnaire: 'https://example.org/fhir/Questionnaire/sample|1',
  status: 'completed',
  item: [
    {
      linkId: 'thought',
      answer: [
        {
          _valueString: {
            extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: code }],
          },
        },
      ],
    },
  ],
});
const questionnaire = {
  resourceType: 'Questionnaire',
  url: 'https://example.org/fhir/Questionnaire/sample',
  version: '1',
  status: 'active',
  item: [{ linkId: 'thought', type: 'string', required: true, text: 'The automatic thought' }],
};
const measured = (offset: object) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'SUDS' },
  component: [
    {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-timeOffset', ...offset }],
      code: { text: 'SUDS' },
      valueInteger: 60,
    },
  ],
});

test('accepts what the mapping uses, and refuses its misuse', async () => {
  const examples = directoryOf('examples', {
    questionnaire,
    'valid-task': { ...task, id: 't' },
    'valid-part': { ...task, partOf: [{ reference: 'Task/t' }] },
    'valid-zone': inZone('America/New_York'),
    'valid-masked': answered('masked', 'REDACTED'),
    'valid-offset': measured({ valueInteger: 300_000 }),
    'invalid-status': { ...task, status: 'wanted' },
    'invalid-property': { ...task, owners: [] },
    'invalid-zone': inZone('Mars/Base'),
    'invalid-absent-reason': answered('hidden', 'REDACTED'),
    'invalid-label': answered('masked', 'REDACTED-TEXT'),
    'invalid-link': { ...answered('masked', 'REDACTED'), item: [{ linkId: 'feeling' }] },
    'invalid-offset': measured({ valueDuration: { value: 5, unit: 'min' } }),
    'invalid-extension': { ...task, extension: [{ url: 'https://example.org/unknown', valueBoolean: true }] },
    'invalid-profile': { ...task, meta: { profile: ['https://example.org/unknown'] } },
  });
  const reports = await validate({ definitions: [], examples: [examples] });
  const verdicts = reports.map(({ file, errors }) => [basename(file, '.json'), errors.length === 0]);
  expect(verdicts).toHaveLength(15);
  expect(verdicts).toEqual(verdicts.map(([file]) => [file, !`${file}`.startsWith('invalid')]));
});

test('says of a dangling reference that it dangles, when asked', async () => {
  const examples = directoryOf('dangling', { task: { ...task, id: 't' } });
  const [loose] = await validate({ definitions: [], examples: [examples] });
  expect(loose?.errors).toEqual([]);
  const [strict] = await validate({ definitions: [], examples: [examples], refs: true });
  expect(strict?.errors).toMatchObject([{ location: 'Task.for', message: expect.stringContaining('Patient/p') }]);
});

test('holds a target at hand against the profile that the reference names', async () => {
  const { snapshot: _, ...profile } = sampleProfile;
  const url = 'https://example.org/fhir/StructureDefinition/part-of-sample';
  const type = [{ code: 'Reference', targetProfile: [sampleProfile.url] }];
  const differential = { element: [{ id: 'Task.partOf', path: 'Task.partOf', type }] };
  const definitions = directoryOf('target-definitions', {
    profile,
    part: { ...profile, id: 'part', url, differential },
  });
  const part = (id: string) => ({ ...task, meta: { profile: [url] }, partOf: [{ reference: `Task/${id}` }] });
  const { extension: _extension, ...target } = sampleTask;
  const examples = directoryOf('targets', {
    target,
    other: { ...task, id: 'other' },
    a: part('sample'),
    b: part('other'),
  });
  const reports = await validate({ definitions: [definitions], examples: [examples] });
  const bad = reports.filter(({ errors }) => errors.length > 0);
  expect(bad.map(({ file }) => basename(file))).toEqual(['b.json']);
  expect(bad[0]?.errors).toMatchObject([{ location: 'Task.partOf[0]' }]);
});

test('refuses each broken resource of the negative set for the reason intended', async () => {
  const definitions = sampleDefinitions('definitions');
  const [valid] = await validate({ definitions: [definitions], examples: [directoryOf('sample', { sampleTask })] });
  expect(valid?.errors).toEqual([]);
  const set = [
    ...breakings(sampleProfile, [sampleTask], { invariants: sampleInvariants }),
    ...breakings(sampleExtension, [sampleTask]),
  ];
  const verdicts = await validateBreakings(set, join(work, 'broken'), [definitions]);
  expect(verdicts).toHaveLength(26);
  const slipped = verdicts.filter(({ breaking, report }) => !caughtFor(breaking, report));
  expect(slipped.map(({ breaking, report }) => ({ name: breaking.name, errors: report.errors }))).toEqual([]);
});

test('checks definitions against R4 core', async () => {
  const definitions = sampleDefinitions('good-definitions');
  const good = await validate({ definitions: [definitions], examples: [], checkDefinitions: true });
  expect(good.map(({ errors }) => errors)).toEqual([[], []]);
  const { snapshot: _, ...profile } = sampleProfile;
  const differential = { element: [{ id: 'Task.owners', path: 'Task.owners', min: 1 }] };
  const wrong = directoryOf('wrong-definitions', { profile: { ...profile, differential } });
  const [report] = await validate({ definitions: [wrong], examples: [], checkDefinitions: true });
  expect(report?.errors.length).toBeGreaterThan(0);
});
