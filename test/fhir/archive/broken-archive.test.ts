import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { readArchive } from '../../../src/fhir/archive/read-archive.ts';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { broken } from '../reading/broken.ts';
import { changed, heldFile } from './archive-file.ts';
import { fhirBase, reading } from './sample-archive.ts';

/** The issues that a file is refused with. */
function issuesOf(bundle: unknown) {
  try {
    readArchive(bundle, reading);
  } catch (error) {
    if (hasCode(error, 'invalid-request')) return error.fields.issues;
    throw error;
  }
  throw new Error('was not refused');
}

const elsewhere = { reference: 'https://elsewhere.example/fhir/Practitioner/9' };
const foreign = 'leads neither into the EHR of this tenant nor to what this service holds';

describe('a broken export', () => {
  it.each<[what: string, name: string, change: (resource: FhirResource) => object, element: string, problem: string]>([
    [
      'a step without its title',
      'Task/step-a',
      (task) => broken(task, 'description'),
      'Task.description',
      'is missing',
    ],
    [
      'a row without its facts',
      'Task/step-a',
      (task) => broken(task, 'extension:record-row.extension:version'),
      'Task.extension(record-row).version',
      'is missing',
    ],
    [
      'a row with half of its facts',
      'Task/step-a',
      (task) => broken(task, 'extension:record-row.extension:madeBy'),
      'record-row.madeBy',
      'is missing',
    ],
    [
      'a row that says nothing of the record',
      'Flag/signal-a',
      (flag) => broken(flag, 'extension:record-row'),
      'Flag.extension(record-row).version',
      'is missing',
    ],
    ...['0', '-1', '1.5', 'one', 'NaN'].map(
      (version): [string, string, (resource: FhirResource) => object, string, string] => [
        `the version ${version}`,
        'Goal/goal-a',
        (goal) => broken(goal, 'meta.versionId', version),
        'Goal.meta.versionId',
        'is no number from 1',
      ],
    ),
    ['no time', 'Goal/goal-a', (goal) => broken(goal, 'meta.lastUpdated'), 'Goal.meta.lastUpdated', 'is no moment'],
    ['no meta', 'Goal/goal-a', (goal) => broken(goal, 'meta'), 'Goal.meta.lastUpdated', 'is no moment'],
    [
      'a time that there is not',
      'Goal/goal-a',
      (goal) => broken(goal, 'meta.lastUpdated', 'yesterday'),
      'Goal.meta.lastUpdated',
      'is no moment',
    ],
    [
      'another server’s person',
      'CarePlan/plan-a',
      (plan) => ({ ...plan, author: elsewhere }),
      'CarePlan.author.reference',
      foreign,
    ],
    [
      'another server’s person in a list',
      'CarePlan/plan-a',
      (plan) => ({ ...plan, contributor: [{ display: 'x' }, elsewhere] }),
      'CarePlan.contributor[1].reference',
      foreign,
    ],
    [
      'another server’s person in an extension of what is derived',
      'Provenance/provenance-b',
      (provenance) => broken(provenance, 'agent:0.who', elsewhere),
      'Provenance.agent[0].who.reference',
      foreign,
    ],
    [
      'a reference inside the resource',
      'Goal/goal-a',
      (goal) => ({ ...goal, expressedBy: { reference: '#me' } }),
      'Goal.expressedBy.reference',
      foreign,
    ],
    [
      'a reference that is none',
      'Goal/goal-a',
      (goal) => ({ ...goal, expressedBy: { reference: 'somebody' } }),
      'Goal.expressedBy.reference',
      foreign,
    ],
    [
      'a resource that is none of ours',
      'Observation/log-a.belief',
      (measure) => broken(measure, 'identifier:measure.system', 'x'),
      'Observation.identifier',
      'is none that this service gives',
    ],
  ])('is refused for %s, by its entry and element', (_what, name, change, element, problem) => {
    expect(issuesOf(changed(name, change))).toEqual([
      {
        path: expect.stringMatching(new RegExp(`^entry\\[\\d+\\] ${name}: ${element.replace(/[.[\]()]/g, '\\$&')}$`)),
        problem,
      },
    ]);
  });

  it('is refused by all its entries at once', () => {
    const { entry = [], ...bundle } = changed('Goal/goal-a', (goal) => broken(goal, 'meta'));
    const task = entry.map((one) => {
      const { resource } = one;
      return resource?.id === 'step-a' ? { resource: broken(resource, 'description') } : one;
    });
    expect(issuesOf({ ...bundle, entry: task })).toEqual([
      { path: 'entry[2] Goal/goal-a: Goal.meta.lastUpdated', problem: 'is no moment' },
      { path: 'entry[3] Task/step-a: Task.description', problem: 'is missing' },
    ]);
  });

  it('is refused with an element of another shape, without what stands there', () => {
    expect(issuesOf(changed('Task/step-a', (task) => ({ ...task, authoredOn: 'only for me' })))).toEqual([
      {
        path: 'entry[3] Task/step-a',
        problem: 'cannot be read as a Task of FHIR R4: an element has another shape',
      },
    ]);
  });

  it('is refused when it holds another plan beside the one that it names', () => {
    const bundle = heldFile();
    const [first] = bundle.entry ?? [];
    const plan = broken(first?.resource as FhirResource, 'identifier:plan.value', 'plan-b');
    const entry = [...(bundle.entry ?? []), { resource: { ...plan, id: 'plan-b' } as FhirResource }];
    expect(issuesOf({ ...bundle, entry })).toEqual([{ path: 'entry', problem: 'holds 2 plans and must hold one' }]);
  });

  it('is refused when two entries bear the identifier of one row, each by the entry before it', () => {
    const bundle = heldFile();
    const step = bundle.entry?.find(({ resource }) => resource?.id === 'step-b')?.resource as FhirResource;
    const flag = bundle.entry?.find(({ resource }) => resource?.id === 'signal-a')?.resource as FhirResource;
    const copies = [
      { ...step, id: 'copy-1' },
      { ...step, id: 'copy-2' },
      { ...flag, id: 'copy-3' },
    ].map((resource) => ({ resource: resource as FhirResource }));
    expect(issuesOf({ ...bundle, entry: [...(bundle.entry ?? []), ...copies] })).toEqual([
      { path: 'entry[15] Task/copy-1', problem: 'bears the identifier of entry[4] Task/step-b' },
      { path: 'entry[16] Task/copy-2', problem: 'bears the identifier of entry[15] Task/copy-1' },
      { path: 'entry[17] Flag/copy-3', problem: 'bears the identifier of entry[12] Flag/signal-a' },
    ]);
  });

  it('is refused as no export before its entries are read', () => {
    expect(issuesOf({ ...heldFile(), type: 'batch' })).toEqual([
      { path: 'Bundle', problem: 'is not a Bundle of type collection with entries' },
    ]);
    expect(() => readArchive(heldFile(), { ...reading, tenantId: 'south' })).toThrow(/another tenant than south/);
  });

  it('is refused where its EHR is another: all that leads there leads elsewhere', () => {
    const other = { ...reading, fhirBase: 'https://other.example/fhir' };
    expect(() => readArchive(heldFile(), other)).toThrow(
      /^entry\[0\] CarePlan\/plan-a: CarePlan\.subject\.reference: /,
    );
    expect(fhirBase).not.toBe(other.fhirBase);
  });
});
