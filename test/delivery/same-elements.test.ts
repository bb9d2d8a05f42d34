import { describe, expect, it } from 'vitest';
import { sameContent } from '../../src/delivery/same-content.ts';

const base = 'https://ehr.example/fhir';
/** Whether an element of ours counts as the same when theirs stands in its place. */
const same = (ours: unknown, theirs: unknown, element = 'element') =>
  sameContent({ resourceType: 'Task', [element]: ours }, { resourceType: 'Task', [element]: theirs }, { base });
const top = (ours: object, theirs: object) =>
  sameContent({ resourceType: 'Task', ...ours }, { resourceType: 'Task', ...theirs }, { base });

describe('what a server may add to an element', () => {
  const coding = { system: 's', code: 'c' };
  const concept = { coding: [coding] };
  const attachment = { contentType: 'text/plain', data: 'eA==' };

  it.each<[ours: object, added: string, value: unknown]>([
    [coding, 'display', 'words'],
    [coding, 'version', '2'],
    [coding, 'userSelected', false],
    [{ value: 5, code: 'd' }, 'unit', 'days'],
    [concept, 'text', 'words'],
    [attachment, 'size', 1],
    [attachment, 'hash', 'x'],
    [attachment, 'url', 'Binary/1'],
    [attachment, 'creation', '2026-03-02'],
    [attachment, 'title', 'words'],
    [{ reference: 'Task/1' }, 'type', 'Task'],
    [{ reference: 'Task/1' }, 'display', 'words'],
    [{ reference: 'Task/1' }, 'identifier', { system: 's', value: '1' }],
    [{ text: 'x' }, 'id', 'e1'],
    [{ text: 'x' }, 'identifier', [{ system: 's', value: '1' }]],
    [{ text: 'x' }, 'extension', [{ url: 'https://ehr.example/x' }]],
    [{ text: 'x' }, 'tag', [{ system: 's', code: 'c' }]],
    [{ text: 'x' }, 'security', [{ system: 's', code: 'c' }]],
    [{ text: 'x' }, 'profile', ['https://ehr.example/StructureDefinition/x']],
  ])('passes: to %j %s', (ours, added, value) => {
    expect(same(ours, { ...ours, [added]: value })).toBe(true);
    // what ours says there is compared, whatever might be added where it says nothing
    if (added !== 'id' && !('reference' in ours)) expect(same({ ...ours, [added]: value }, ours)).toBe(false);
  });

  it.each<[ours: object, added: string]>([
    [coding, 'system2'],
    [coding, 'text'],
    [coding, 'size'],
    [concept, 'display'],
    [concept, 'title'],
    [attachment, 'display'],
    [attachment, 'language'],
    [{ text: 'x' }, 'display'],
    [{ text: 'x' }, 'meta'],
    [{ text: 'x' }, 'language'],
    [{ text: 'x' }, 'implicitRules'],
    [{ data: 'x' }, 'text'],
    [{ system: 's' }, 'unit'],
  ])('counts: to %j %s', (ours, added) => {
    expect(same(ours, { ...ours, [added]: 'x' })).toBe(false);
  });

  it('passes on the resource: its narrative, rules, language and meta', () => {
    for (const [name, value] of Object.entries({ text: {}, implicitRules: 'x', language: 'en', meta: { tag: [] } })) {
      expect(top({}, { [name]: value })).toBe(true);
    }
    expect(top({ text: { div: 'a' } }, { text: { div: 'b' } })).toBe(true);
    expect(top({ implicitRules: 'a' }, {})).toBe(true);
    expect(top({ language: 'en' }, { language: 'de' })).toBe(false);
    expect(top({}, { status: 'draft' })).toBe(false);
  });

  it('passes in meta, whatever it is, where what ours says is there', () => {
    const profile = ['https://intersession.dev/fhir/StructureDefinition/x'];
    const meta = { profile, security: [{ system: 's', code: 'MH' }] };
    expect(top({ meta }, { meta: { ...meta, versionId: '1', lastUpdated: 'x', source: 'x', other: 1 } })).toBe(true);
    expect(top({ meta }, { meta: { ...meta, profile: [...profile, 'https://ehr.example/x'] } })).toBe(true);
    expect(top({ meta }, { meta: { profile } })).toBe(false);
    expect(top({ meta }, { meta: { ...meta, profile: ['https://ehr.example/x'] } })).toBe(false);
    // only the resource's own
    expect(top({ metadata: {} }, { metadata: { other: 1 } })).toBe(false);
  });
});

describe('lists', () => {
  it.each<[what: string, element: string, ours: unknown[], theirs: unknown, is: boolean]>([
    ['in another order', 'input', [1, 2, 2], [2, 1, 2], true],
    ['with one entry once', 'input', [1, 2, 2], [1, 2], false],
    ['with one entry more', 'input', [1, 2], [1, 2, 2], false],
    ['with another entry', 'input', [1, 2], [1, 3], false],
    ['that are empty', 'input', [], [], true],
    ['of which one is empty', 'input', [], [1], false],
    ['that are no lists there', 'input', [], {}, false],
    ['that are texts there', 'input', ['a'], 'a', false],
    [
      'of identifiers, with one of the server’s',
      'identifier',
      [{ value: '1' }],
      [{ value: '2' }, { value: '1' }],
      true,
    ],
    ['of identifiers, without ours', 'identifier', [{ value: '1' }], [{ value: '2' }], false],
    ['of tags, with one of the server’s', 'tag', [], [{ code: 'x' }], true],
    ['of profiles, with one of the server’s', 'profile', [], ['x'], true],
    ['of security labels, with one of the server’s', 'security', [], [{ code: 'x' }], true],
    ['of extensions, with one of ours', 'extension', [], [{ url: 'https://intersession.dev/x' }], false],
    ['of extensions, with none that is an object', 'extension', [], [null, 'https://intersession.dev/x'], true],
  ])('%s: %s', (_what, element, ours, theirs, is) => {
    expect(same(ours, theirs, element)).toBe(is);
  });

  it('match each entry with one that covers it, each once', () => {
    const bare = { code: 'a' };
    const told = { code: 'a', display: 'A' };
    expect(same([told, bare], [told, told])).toBe(true);
    expect(same([told, told], [told, bare])).toBe(false);
  });
});

describe('values', () => {
  it.each<[ours: unknown, theirs: unknown, is: boolean]>([
    ['a', 'a', true],
    ['a', 'b', false],
    [1, 1, true],
    [1, '1', false],
    [0, false, false],
    [true, true, true],
    [{ a: 1 }, 'a', false],
    [{ a: 1 }, [{ a: 1 }], false],
    [{ a: 1 }, null, false],
    ['a', { a: 1 }, false],
    ['a', undefined, false],
    ['2026-03-02T15:00:00Z', '2026-03-02T10:00:00-05:00', true],
    ['2026-03-02T15:00:00.000Z', '2026-03-02T15:00Z', true],
    ['2026-03-02T15:00:00.5+00:00', '2026-03-02T15:00:00.500Z', true],
    ['2026-03-02T15:00:00Z', '2026-03-02T15:00:00.001Z', false],
    ['2026-03-02T15:00:00Z', '2026-03-02T15:00:00', false],
    ['2026-03-02T15:00:00', '2026-03-02T15:00:00Z', false],
    ['2026-03-02', '2026-03-02T00:00:00Z', false],
    ['2026-03-02T00:00:00Z', '2026-03-02', false],
    ['at 2026-03-02T15:00:00Z', 'at 2026-03-02T15:00Z', false],
    ['2026-03-02T15:00:00Z.', '2026-03-02T15:00:00.0Z.', false],
    ['2026-13-02T15:00:00Z', '2026-14-02T15:00:00Z', false],
  ])('%j and %j: %j', (ours, theirs, is) => {
    expect(same(ours, theirs)).toBe(is);
  });
});

describe('references', () => {
  it.each<[ours: string, theirs: unknown, is: boolean]>([
    ['Task/1', 'Task/1', true],
    ['Task/1', `${base}/Task/1`, true],
    ['Task/1', `${base}/Task/1/_history/3`, true],
    [`${base}/Task/1`, 'Task/1', true],
    ['Task/1', 'Task/2', false],
    ['Task/1', 'Patient/1', false],
    ['Task/1', 'https://other.example/fhir/Task/1', false],
    ['#a', '#a', true],
    ['#a', '#b', false],
    ['#a', 'Task/1', false],
    ['Task/1', '#a', false],
    ['urn:uuid:1', 'urn:uuid:2', false],
    ['Task/1', 7, false],
    ['Task/1', undefined, false],
  ])('%s and %j: %j', (ours, theirs, is) => {
    expect(same({ reference: ours }, { reference: theirs })).toBe(is);
  });

  it('are the same whatever else either says of it', () => {
    expect(same({ reference: 'Task/1', display: 'A' }, { reference: 'Task/1', display: 'B' })).toBe(true);
    expect(same({ display: 'A' }, { display: 'B' })).toBe(false);
  });
});

describe('what had to be left out for now', () => {
  const left = (ours: object, theirs: object, ...leftOut: string[]) =>
    sameContent(
      { resourceType: 'Task', ...ours },
      { resourceType: 'Task', ...theirs },
      { base, leftOut: new Set(leftOut) },
    );
  it('is compared on neither side, at its path and no other', () => {
    expect(left({ output: [1] }, {}, 'Task.output')).toBe(true);
    expect(left({}, { output: [1] }, 'Task.output')).toBe(true);
    expect(left({ output: [1] }, { output: [2] }, 'Task.output')).toBe(true);
    expect(left({ output: [1] }, { output: [2] }, 'CarePlan.output')).toBe(false);
    expect(left({ a: { b: 1, c: 1 } }, { a: { c: 1 } }, 'Task.a.b')).toBe(true);
    expect(left({ a: { c: 1 } }, { a: { b: 1, c: 1 } }, 'Task.a.b')).toBe(true);
    expect(left({ a: { b: 1, c: 1 } }, { a: { b: 1 } }, 'Task.a.b')).toBe(false);
    expect(left({ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, 'Task.a.b')).toBe(true);
    expect(left({ status: 'a' }, { status: 'b' }, 'Task')).toBe(true);
  });
});
