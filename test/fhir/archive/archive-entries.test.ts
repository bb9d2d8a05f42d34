import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { archivedEntries, issueOf, issuesIn, unreadable } from '../../../src/fhir/archive/archive-entries.ts';
import { hasCode, IntersessionError } from '../../../src/foundation/intersession-error.ts';

const plan = { resourceType: 'CarePlan', id: 'plan-a' };
const step = { resourceType: 'Task', id: 'step-a' };
const tags = [
  { system: 'https://ehr.example/tags', code: 'north' },
  { system: 'https://intersession.dev/id/export', code: '1' },
  { system: 'https://intersession.dev/id/tenant', code: 'north' },
];
const whole = {
  resourceType: 'Bundle',
  type: 'collection',
  meta: { tag: tags },
  identifier: { system: 'https://intersession.dev/id/plan', value: 'plan-a' },
  entry: [{ resource: step }, { resource: plan }],
};

/** What the file is refused with. */
function refusalOf(json: unknown) {
  try {
    archivedEntries(json, 'north');
  } catch (error) {
    if (hasCode(error, 'invalid-request')) return { issues: error.fields.issues, message: error.message };
    throw error;
  }
  throw new Error('was not refused');
}
const withoutTag = (place: number) => ({ ...whole, meta: { tag: tags.toSpliced(place, 1) } });
const withTag = (place: number, tag: unknown) => ({ ...whole, meta: { tag: tags.toSpliced(place, 1, tag as never) } });

describe('the entries of an export', () => {
  it('are its resources, each with its place', () => {
    expect(archivedEntries(whole, 'north')).toEqual([
      { path: 'entry[0] Task/step-a', resource: step },
      { path: 'entry[1] CarePlan/plan-a', resource: plan },
    ]);
  });

  const noBundle = 'is not a Bundle of type collection with entries';
  const noExport = 'is no export of this service: it has no tag https://intersession.dev/id/export';
  const otherTenant = 'is an export of another tenant than north';
  const otherForm = 'is in another form than this version reads (1)';
  it.each<[what: string, json: unknown, path: string, problem: string]>([
    ['nothing', undefined, 'Bundle', noBundle],
    ['null', null, 'Bundle', noBundle],
    ['a text', 'Bundle', 'Bundle', noBundle],
    ['a list', [whole], 'Bundle', noBundle],
    ['another resource', { ...whole, resourceType: 'Parameters' }, 'Bundle', noBundle],
    ['a transaction', { ...whole, type: 'transaction' }, 'Bundle', noBundle],
    ['a Bundle without a type', { ...whole, type: undefined }, 'Bundle', noBundle],
    ['a Bundle without entries', { ...whole, entry: undefined }, 'Bundle', noBundle],
    ['a Bundle whose entries are no list', { ...whole, entry: { resource: plan } }, 'Bundle', noBundle],
    ['a Bundle without meta', { ...whole, meta: undefined }, 'Bundle.meta.tag', noExport],
    ['a Bundle whose meta is a text', { ...whole, meta: 'x' }, 'Bundle.meta.tag', noExport],
    ['a Bundle whose meta is null', { ...whole, meta: null }, 'Bundle.meta.tag', noExport],
    ['a Bundle without tags', { ...whole, meta: {} }, 'Bundle.meta.tag', noExport],
    ['a Bundle whose tags are no list', { ...whole, meta: { tag: tags[1] } }, 'Bundle.meta.tag', noExport],
    ['a Bundle whose tags are no codings', { ...whole, meta: { tag: [null, 'x', 1] } }, 'Bundle.meta.tag', noExport],
    ['a Bundle of another service', withoutTag(1), 'Bundle.meta.tag', noExport],
    ['a form without a code', withTag(1, { system: tags[1]?.system }), 'Bundle.meta.tag', noExport],
    ['a form whose code is a number', withTag(1, { ...tags[1], code: 1 }), 'Bundle.meta.tag', noExport],
    ['a later form', withTag(1, { ...tags[1], code: '2' }), 'Bundle.meta.tag', otherForm],
    ['another tenant’s', withTag(2, { ...tags[2], code: 'south' }), 'Bundle.meta.tag', otherTenant],
    ['nobody’s', withoutTag(2), 'Bundle.meta.tag', otherTenant],
  ])('are refused for %s', (_what, json, path, problem) => {
    expect(refusalOf(json)).toEqual({ issues: [{ path, problem }], message: `${path}: ${problem}` });
  });

  const unnamed = 'does not name the plan that is in it';
  it.each<[what: string, identifier: unknown]>([
    ['no identifier', undefined],
    ['an identifier that is a text', 'plan-a'],
    ['an identifier that is null', null],
    ['the identifier of another sort', { system: 'https://intersession.dev/id/log', value: 'plan-a' }],
    ['the plan that is not in it', { system: 'https://intersession.dev/id/plan', value: 'plan-b' }],
    ['what is in it and no plan', { system: 'https://intersession.dev/id/plan', value: 'step-a' }],
    ['no plan', { system: 'https://intersession.dev/id/plan' }],
  ])('are refused when the Bundle names %s', (_what, identifier) => {
    expect(refusalOf({ ...whole, identifier }).issues).toEqual([{ path: 'Bundle.identifier', problem: unnamed }]);
  });

  const noResource = 'is not a resource with a type and an id';
  it.each<[what: string, entry: unknown]>([
    ['null', null],
    ['a text', 'Task/step-a'],
    ['an entry without a resource', { fullUrl: 'x' }],
    ['a resource that is null', { resource: null }],
    ['a resource that is a text', { resource: 'x' }],
    ['a resource without a type', { resource: { id: 'x' } }],
    ['a resource whose type is a number', { resource: { resourceType: 5, id: 'x' } }],
    ['a resource without an id', { resource: { resourceType: 'Task' } }],
    ['a resource whose id is a number', { resource: { resourceType: 'Task', id: 5 } }],
  ])('are refused with %s among them, by its place', (_what, entry) => {
    const { issues } = refusalOf({ ...whole, entry: [{ resource: plan }, entry, { resource: step }] });
    expect(issues).toEqual([{ path: 'entry[1].resource', problem: noResource }]);
  });

  it('are refused when a resource stands there twice, and every issue is named at once', () => {
    const elses = { resourceType: 'CarePlan', id: 'step-a' };
    const entry = [step, null, step, elses, step].map((resource) => ({ resource }));
    expect(refusalOf({ ...whole, entry })).toEqual({
      issues: [
        { path: 'entry[1].resource', problem: noResource },
        { path: 'entry[2] Task/step-a', problem: 'stands there twice, first as entry[0]' },
        { path: 'entry[4] Task/step-a', problem: 'stands there twice, first as entry[2]' },
        { path: 'Bundle.identifier', problem: unnamed },
      ],
      message: `entry[1].resource: ${noResource}, and 3 more`,
    });
  });
});

describe('what is wrong with an export', () => {
  const issue = (path: string) => ({ path, problem: 'is wrong' });

  it('is said by the first issue, and by how many more there are', () => {
    expect(issueOf('Bundle', 'is wrong')).toMatchObject({
      code: 'invalid-request',
      fields: { issues: [issue('Bundle')] },
      message: 'Bundle: is wrong',
    });
    expect(unreadable([issue('a'), issue('b')]).message).toBe('a: is wrong, and 1 more');
    const many = [issue('a'), issue('b'), issue('c')];
    expect(unreadable(many)).toMatchObject({ fields: { issues: many }, message: 'a: is wrong, and 2 more' });
  });

  const entry = { path: 'entry[3] Task/17', resource: step as FhirResource };
  const problem = 'cannot be read as a Task of FHIR R4: an element has another shape';
  it.each<[what: string, thrown: unknown, issues: object[]]>([
    [
      'elements that are missing',
      unreadable([issue('Task.for'), issue('Task.status')]),
      [issue('entry[3] Task/17: Task.for'), issue('entry[3] Task/17: Task.status')],
    ],
    [
      'answers that cannot be read',
      new IntersessionError('invalid-answer', { issues: [{ linkId: 'mood', problem: 'is wrong' }] }, 'x'),
      [issue('entry[3] Task/17: item mood')],
    ],
    ['what no code of ours threw', new TypeError('said: only for me'), [{ path: entry.path, problem }]],
    ['what is no error', 'only for me', [{ path: entry.path, problem }]],
  ])('names the entry: %s', (_what, thrown, issues) => {
    expect(issuesIn(thrown, entry)).toEqual(issues);
  });
});
