import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { foldString, type SearchValue, searchValues } from '../../../src/fhir/search/search-values.ts';
import { searchedResources } from './searched-resources.ts';

const rowsOf = (resource: FhirResource, param: string, timeZone = 'UTC') =>
  searchValues(resource, timeZone).filter((row) => row.param.split(':')[0] === param);
const values = (param: string, ...found: string[]): SearchValue[] => found.map((value) => ({ param, value }));
const [beginning, end] = ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'];
const { CarePlan: plan, Task: task, Questionnaire: form, Flag: flag } = searchedResources;
const changed = (resource: FhirResource, change: object): FhirResource =>
  JSON.parse(JSON.stringify({ ...resource, ...change }));

describe('the rows of one parameter', () => {
  it.each<[name: string, resource: FhirResource, param: string, rows: SearchValue[]]>([
    ['an identifier', plan, 'identifier', values('identifier', 'urn:ids|1', '1', '|2', '2')],
    [
      'a concept',
      plan,
      'category',
      values('category', 'urn:codes|homework', 'homework', 'urn:codes|assess-plan', 'assess-plan'),
    ],
    ['a code', task, 'status', values('status', 'http://hl7.org/fhir/task-status|requested', 'requested')],
    ['a code without a system of its own', form, 'version', values('version', '|1.2.0', '1.2.0')],
    ['a concept of words alone', changed(task, { code: { text: 'Fill in' } }), 'code', []],
    ['a coding without a code', changed(task, { code: { coding: [{ system: 'urn:x', display: 'X' }] } }), 'code', []],
    ['an identifier without a value', changed(task, { groupIdentifier: { system: 'urn:x' } }), 'group-identifier', []],
    ['a reference', task, 'focus', values('focus', 'Flag/f1', 'f1')],
    [
      'a reference to a version',
      changed(task, { focus: { reference: 'Flag/f1/_history/2' } }),
      'focus',
      values('focus', 'Flag/f1', 'f1'),
    ],
    [
      'a reference elsewhere',
      changed(task, { focus: { reference: 'https://other.example/Flag/f1' } }),
      'focus',
      values('focus', 'https://other.example/Flag/f1'),
    ],
    ['a reference by identifier', changed(task, { focus: { identifier: { value: '1' } } }), 'focus', []],
    ['several references', plan, 'goal', values('goal', 'Goal/g1', 'g1', 'Goal/g2', 'g2')],
    [
      'canonicals',
      plan,
      'instantiates-canonical',
      values(
        'instantiates-canonical',
        'https://example.org/fhir/PlanDefinition/a|1.0.0',
        'https://example.org/fhir/PlanDefinition/a',
        'https://example.org/fhir/PlanDefinition/b',
      ),
    ],
    ['a uri', form, 'url', values('url', 'https://example.org/fhir/D/one', 'https://example.org/fhir/D/one|1.2.0')],
    [
      'a string',
      form,
      'title',
      [
        { param: 'title', value: 'the one' },
        { param: 'title:exact', value: 'The one' },
      ],
    ],
    [
      'an instant',
      task,
      'modified',
      [{ param: 'modified', low: '2026-03-04T10:00:00.000Z', high: '2026-03-04T10:00:00.999Z' }],
    ],
    ['a period', flag, 'date', [{ param: 'date', low: '2026-03-02T15:00:00.000Z', high: '2026-04-12T23:59:59.999Z' }]],
    [
      'a period without an end',
      changed(flag, { period: { start: '2026-03-02' } }),
      'date',
      [{ param: 'date', low: '2026-03-02T00:00:00.000Z', high: end }],
    ],
    [
      'a period without a start',
      changed(flag, { period: { end: '2026-03-02' } }),
      'date',
      [{ param: 'date', low: beginning, high: '2026-03-02T23:59:59.999Z' }],
    ],
    ['a period of nothing', changed(flag, { period: { extension: [] } }), 'date', []],
    ['a day that is none', changed(task, { authoredOn: '2026-02-30' }), 'authored-on', []],
    [
      'the same day twice',
      changed(searchedResources.Goal, {
        target: [{ dueDate: '2026-03-02' }, { dueDate: '2026-03-02' }, { dueDate: '2026-03-03' }],
      }),
      'target-date',
      [
        { param: 'target-date', low: '2026-03-02T00:00:00.000Z', high: '2026-03-02T23:59:59.999Z' },
        { param: 'target-date', low: '2026-03-03T00:00:00.000Z', high: '2026-03-03T23:59:59.999Z' },
      ],
    ],
    ['nothing', changed(flag, { period: undefined }), 'date', []],
  ])('of %s', (_, resource, param, rows) => {
    expect(rowsOf(resource, param)).toStrictEqual(rows);
  });

  it('of a day are those of the zone', () => {
    const rows = rowsOf(
      changed(flag, { period: { start: '2026-03-02', end: '2026-03-02' } }),
      'date',
      'America/New_York',
    );
    expect(rows).toStrictEqual([{ param: 'date', low: '2026-03-02T05:00:00.000Z', high: '2026-03-03T04:59:59.999Z' }]);
  });

  it('of what is no element of that type are none', () => {
    // an element that another parameter type would read
    expect(rowsOf(changed(form, { title: { text: 'x' }, url: { text: 'x' } }), 'title')).toStrictEqual([]);
    expect(rowsOf(changed(form, { url: 5, version: undefined }), 'url')).toStrictEqual([]);
    expect(rowsOf(changed(task, { focus: { reference: 5 } }), 'focus')).toStrictEqual([]);
    expect(rowsOf(changed(task, { groupIdentifier: { value: 5 } }), 'group-identifier')).toStrictEqual([]);
    expect(rowsOf(changed(task, { code: { coding: [{ code: 5 }] } }), 'code')).toStrictEqual([]);
  });
});

it.each([
  ['Réserve Ça', 'reserve ca'],
  ['ÅNGSTRÖM', 'angstrom'],
  ['ﬁne ①', 'fine 1'],
  ['Straße', 'straße'],
])('%s is compared as %s', (text, folded) => {
  expect(foldString(text)).toBe(folded);
});
