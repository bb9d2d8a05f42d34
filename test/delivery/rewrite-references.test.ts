import { describe, expect, it } from 'vitest';
import { placeholdersIn, referencesIn, replaceReferences } from '../../src/delivery/replace-references.ts';
import { rewriteReferences } from '../../src/delivery/rewrite-references.ts';
import fc from '../fast-check.ts';

const task = {
  resourceType: 'Task',
  for: { reference: 'Patient/sarah' },
  partOf: [{ reference: 'Task/a' }],
  input: [{ type: { text: 'kind' }, valueString: 'x' }],
  output: [
    { type: { text: 'response' }, valueReference: { reference: 'QuestionnaireResponse/l1', display: 'log' } },
    { type: { text: 'response' }, valueReference: { reference: 'QuestionnaireResponse/l2' } },
  ],
  extension: [
    {
      url: 'https://intersession.dev/fhir/StructureDefinition/log-context',
      extension: [{ url: 'task', valueReference: { reference: 'Task/a' } }],
    },
  ],
};

function replaceAll(text: string, replacements: ReadonlyMap<string, string>): string {
  const places = referencesIn(text).map(({ reference, start, end }) => ({ start, end, by: reference }));
  return replaceReferences(text, places, replacements);
}

describe('rewriteReferences', () => {
  it('rewrites what is ours and leaves the EHR’s own alone', () => {
    const rewritten = rewriteReferences(task, (reference) => `${reference}-there`);
    expect(rewritten).toMatchObject({
      for: { reference: 'Patient/sarah' },
      partOf: [{ reference: 'Task/a-there' }],
      output: [{ valueReference: { reference: 'QuestionnaireResponse/l1-there', display: 'log' } }, {}],
    });
    expect(task.partOf).toEqual([{ reference: 'Task/a' }]);
  });

  it('takes away with a reference what would be meaningless without it, and nothing else', () => {
    const left = rewriteReferences(task, (reference) =>
      reference === 'QuestionnaireResponse/l2' ? 'QuestionnaireResponse/9' : undefined,
    );
    expect(left).toEqual({
      resourceType: 'Task',
      for: { reference: 'Patient/sarah' },
      input: task.input,
      output: [{ type: { text: 'response' }, valueReference: { reference: 'QuestionnaireResponse/9' } }],
    });
  });

  it('says where a reference stands, without indexes', () => {
    const paths: string[] = [];
    rewriteReferences(task, (reference, path) => {
      paths.push(path);
      return reference;
    });
    expect(paths).toEqual([
      'Task.partOf',
      'Task.output.valueReference',
      'Task.output.valueReference',
      'Task.extension.extension.valueReference',
    ]);
  });

  it('finds each reference where it stands, and settles placeholders that are known', () => {
    expect(referencesIn(JSON.stringify(task)).map(({ reference }) => reference)).toEqual([
      'Task/a',
      'QuestionnaireResponse/l1',
      'QuestionnaireResponse/l2',
      'Task/a',
    ]);
    const [urn, otherUrn] = [
      'urn:uuid:0b5f3c1e-8f1a-4a6e-9d1c-2f4f6a7b8c9d',
      'urn:uuid:1b5f3c1e-8f1a-4a6e-9d1c-2f4f6a7b8c9d',
    ];
    const open = { resourceType: 'Task', partOf: [{ reference: urn }, { reference: otherUrn }] };
    const text = JSON.stringify(open);
    const settled = JSON.parse(replaceReferences(text, placeholdersIn(text), new Map([[urn, 'Task/7']])));
    expect(settled.partOf).toEqual([{ reference: 'Task/7' }, { reference: otherUrn }]);
  });

  it('replaces in the text what walking would replace, and never what a person wrote', () => {
    const written = { ...task, description: 'he wrote "reference":"Task/a", and \\"reference\\": "Task/a"' };
    const replacements = new Map([['Task/a', 'Task/7']]);
    for (const indent of [undefined, 1]) {
      const replaced = JSON.parse(replaceAll(JSON.stringify(written, null, indent), replacements));
      expect(replaced).toEqual(rewriteReferences(written, (reference) => replacements.get(reference) ?? reference));
      expect(replaced).toMatchObject({ description: written.description, partOf: [{ reference: 'Task/7' }] });
    }
    const any = fc.record({
      resourceType: fc.constant('Task'),
      note: fc.jsonValue(),
      partOf: fc.constant(task.partOf),
    });
    fc.assert(
      fc.property(any, (resource) => {
        const given = JSON.parse(JSON.stringify(resource));
        const walked = rewriteReferences(given, (reference) => replacements.get(reference) ?? reference);
        expect(JSON.parse(replaceAll(JSON.stringify(given), replacements))).toEqual(walked);
      }),
    );
  });

  it('is the identity on any resource when every reference stays what it is', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(json, (elements) => {
        const resource = JSON.parse(JSON.stringify({ ...elements, resourceType: 'Task' }));
        expect(rewriteReferences(resource, (reference) => reference)).toEqual(resource);
      }),
    );
  });
});
