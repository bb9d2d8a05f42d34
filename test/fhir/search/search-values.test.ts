import type { FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { searchParameters } from '../../../src/fhir/search/search-parameters.ts';
import { foldString, searchValues } from '../../../src/fhir/search/search-values.ts';

const task: FhirResource = {
  resourceType: 'Task',
  id: 'a.1',
  identifier: [{ system: 'https://intersession.dev/id/occurrence', value: 'a.1' }],
  status: 'requested',
  intent: 'order',
  code: { coding: [{ system: 'http://sdc', code: 'complete-questionnaire' }, { code: 'bare' }], text: 'Fill in' },
  for: { reference: 'Patient/sarah' },
  owner: { display: 'somebody' },
  partOf: [{ reference: 'Task/a', identifier: { system: 's', value: 'a' } }],
  authoredOn: '2026-03-02T10:00:00-05:00',
  executionPeriod: { start: '2026-03-02' },
};

function valuesOf(resource: FhirResource, param: string): unknown[] {
  return searchValues(resource, 'UTC')
    .filter((searchValue) => searchValue.param === param)
    .map(({ value, low, high }) => value ?? [low, high]);
}

describe('what a resource can be found by', () => {
  it('is for a token its code, with and without system', () => {
    expect(valuesOf(task, 'identifier')).toEqual(['https://intersession.dev/id/occurrence|a.1', 'a.1']);
    expect(valuesOf(task, 'code')).toEqual([
      'http://sdc|complete-questionnaire',
      'complete-questionnaire',
      '|bare',
      'bare',
    ]);
    expect(valuesOf(task, 'status')).toEqual(['http://hl7.org/fhir/task-status|requested', 'requested']);
  });

  it('is for a reference its type and id, and its id alone; nothing without a literal one', () => {
    expect(valuesOf(task, 'patient')).toEqual(['Patient/sarah', 'sarah']);
    expect(valuesOf(task, 'part-of')).toEqual(['Task/a', 'a']);
    expect(valuesOf(task, 'owner')).toEqual([]);
  });

  it('is for a canonical the same with and without its version', () => {
    const response: FhirResource = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: 'https://x/Questionnaire/q|1.0.0',
    };
    expect(valuesOf(response, 'questionnaire')).toEqual([
      'https://x/Questionnaire/q|1.0.0',
      'https://x/Questionnaire/q',
    ]);
  });

  it('is for a date what it covers, open where a period is open', () => {
    expect(valuesOf(task, 'authored-on')).toEqual([['2026-03-02T15:00:00.000Z', '2026-03-02T15:00:00.999Z']]);
    expect(valuesOf(task, 'period')).toEqual([['2026-03-02T00:00:00.000Z', '9999-12-31T23:59:59.999Z']]);
    const ended: FhirResource = {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      subject: { reference: 'Group/g' },
      period: { end: '2026-04-12' },
    };
    expect(valuesOf(ended, 'date')).toEqual([['0001-01-01T00:00:00.000Z', '2026-04-12T23:59:59.999Z']]);
    expect(valuesOf(ended, 'patient')).toEqual([]);
    expect(valuesOf(ended, 'subject')).toEqual(['Group/g', 'g']);
  });

  it('is for a string its folded form, and itself for :exact', () => {
    const plan: FhirResource = { resourceType: 'PlanDefinition', status: 'active', title: 'Réserve Ça' };
    expect(valuesOf(plan, 'title')).toEqual(['reserve ca']);
    expect(valuesOf(plan, 'title:exact')).toEqual(['Réserve Ça']);
    expect(foldString('ÅNGSTRÖM')).toBe('angstrom');
  });

  it('is each value once', () => {
    const coding = { system: 's', code: 'c' };
    const twice: FhirResource = {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [coding, coding] },
      category: [{ coding: [coding] }, { coding: [coding] }],
    };
    expect(valuesOf(twice, 'code')).toEqual(['s|c', 'c']);
    expect(valuesOf(twice, 'category')).toEqual(['s|c', 'c']);
  });

  it('is nothing for what is not searchable here', () => {
    expect(searchValues({ resourceType: 'Patient', name: [{ family: 'Whitcombe' }] }, 'UTC')).toEqual([]);
  });
});

describe('the table of parameters', () => {
  it.each(Object.entries(searchParameters))('of %s names each once, with its targets or system', (type, parameters) => {
    const names = parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    // in R4 a Flag cannot be searched by its status, and a Provenance has none
    if (type === 'Flag' || type === 'Provenance') expect(names).not.toContain('status');
    else expect(names).toContain(type === 'Goal' ? 'lifecycle-status' : 'status');
    for (const { type: kind, targets, name } of parameters) {
      expect(targets !== undefined, `${type}.${name}`).toBe(kind === 'reference');
    }
  });
});
