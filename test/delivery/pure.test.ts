import { describe, expect, it } from 'vitest';
import { BACKOFF_CAP_MS, backoffMs } from '../../src/delivery/backoff.ts';
import { placeholdersIn, referencesIn, replaceReferences } from '../../src/delivery/replace-references.ts';
import { sameContent } from '../../src/delivery/same-content.ts';
import fc from '../fast-check.ts';

/** What delivery decides by itself, without a database and an EHR. */
const urn = (n: number): string => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const base = 'https://ehr.example/fhir';

describe('references in JSON text', () => {
  const own = fc.constantFrom('CarePlan/p.1', 'Task/t-2', 'Goal/G3', 'Flag/f', 'DocumentReference/d', 'Observation/o');
  const foreign = fc.constantFrom(
    'Patient/p',
    'Task/',
    'XTask/1',
    'Task/a b',
    'https://x.example/Task/1',
    '#inside',
    urn(9),
  );
  const words = fc.constantFrom('plain', 'say "reference":"Task/1"', 'Task/1', '\\', '{"reference": "Task/2"}', 'ünï');
  const resource = fc.array(
    fc.oneof(
      own.map((reference) => ({ reference })),
      foreign.map((reference) => ({ reference })),
      words.map((text) => ({ text, reference: undefined })),
    ),
    { maxLength: 6 },
  );
  const isOwn = /^(CarePlan|Task|Goal|Flag|DocumentReference|Observation)\/[A-Za-z0-9.-]+$/;

  it('are found where a reference of ours is, in order, and not in what a person wrote', () => {
    fc.assert(
      fc.property(resource, fc.constantFrom(undefined, 1), (parts, space) => {
        const content = JSON.stringify({ parts }, null, space);
        const found = referencesIn(content);
        const expected = parts.flatMap(({ reference }) =>
          reference !== undefined && isOwn.test(reference) ? [reference] : [],
        );
        expect(found.map(({ reference }) => reference)).toEqual(expected);
        for (const { reference, start, end } of found) expect(content.slice(start, end)).toBe(`"${reference}"`);
      }),
    );
  });

  it('become what they stand for, or stay placeholders, from wherever the text is taken up', () => {
    const content = JSON.stringify({
      a: { reference: urn(1) },
      text: urn(1),
      b: { reference: urn(2) },
      c: { reference: 'Task/1' },
    });
    const places = placeholdersIn(content);
    expect(places.map(({ by }) => by)).toEqual([urn(1), urn(2)]);
    const known = new Map([[urn(1), 'Task/17']]);
    expect(JSON.parse(replaceReferences(content, places, known))).toEqual({
      ...{ a: { reference: 'Task/17' }, text: urn(1), b: { reference: urn(2) }, c: { reference: 'Task/1' } },
    });
    const [, second] = places;
    if (second === undefined) throw new Error('one placeholder only');
    const from = second.start - 1;
    expect(replaceReferences(content, [second], new Map([[urn(2), 'Goal/"2"']]), from)).toBe(
      `${content[from]}"Goal/\\"2\\""${content.slice(second.end)}`,
    );
    expect(replaceReferences(content, [], known)).toBe(content);
  });
});

describe('the wait before the next try', () => {
  it.each([
    [1, 0.5, undefined, 1000],
    [2, 0.5, undefined, 2000],
    [3, 0.999, undefined, 7992],
    [1, 0, undefined, 100],
    [9, 0.999999, undefined, 299_999],
    [500, 0.5, undefined, BACKOFF_CAP_MS / 2],
    [1, 0.5, 0, 100],
    [1, 0.5, 100, 100],
    [9, 0.5, 4321, 4321],
    [1, 0.5, BACKOFF_CAP_MS + 1, BACKOFF_CAP_MS],
  ])('after %i tries, drawn %d, asked for %j: %i ms', (attempts, drawn, asked, wait) => {
    expect(backoffMs(attempts, () => drawn, asked)).toBe(wait);
  });
});

describe('the same content', () => {
  const ours = {
    resourceType: 'Task',
    id: '1',
    status: 'draft',
    authoredOn: '2026-03-02T15:00:00Z',
    basedOn: [{ reference: 'CarePlan/1' }],
  };
  const same = (theirs: object, leftOut: string[] = []) =>
    sameContent(ours, { ...ours, ...theirs }, { base, leftOut: new Set(leftOut) });

  it.each([
    ['as it is', {}, true],
    ['with another id and its versions', { id: '9', meta: { versionId: '3', lastUpdated: 'x' } }, true],
    ['with a narrative and rules', { text: { status: 'generated' }, implicitRules: 'x', language: 'en' }, true],
    ['with an identifier of the server', { identifier: [{ system: 'x', value: '1' }] }, true],
    ['with an extension of the server', { extension: [{ url: 'https://x.example/e', valueCode: 'c' }] }, true],
    ['with another status', { status: 'ready' }, false],
    ['with a status reason that we took away', { statusReason: { text: 'x' } }, false],
    ['at the same moment in another zone', { authoredOn: '2026-03-02T10:00:00.000-05:00' }, true],
    ['at another moment', { authoredOn: '2026-03-02T15:00:01Z' }, false],
    ['on the day alone', { authoredOn: '2026-03-02' }, false],
    ['with the reference in full', { basedOn: [{ reference: `${base}/CarePlan/1` }] }, true],
    ['with a reference to another server', { basedOn: [{ reference: 'https://other.example/CarePlan/1' }] }, false],
    ['with another reference', { basedOn: [{ reference: 'CarePlan/2' }] }, false],
    [
      'with what a reference may have beside it',
      { basedOn: [{ reference: 'CarePlan/1', type: 'CarePlan', display: 'A plan' }] },
      true,
    ],
    ['with a second reference', { basedOn: [{ reference: 'CarePlan/1' }, { reference: 'CarePlan/2' }] }, false],
    ['without the list', { basedOn: undefined }, false],
    ['with no list at its place', { basedOn: { reference: 'CarePlan/1' } }, false],
  ])('%s: %s → %j', (_what, theirs, is) => {
    expect(same(theirs)).toBe(is);
  });

  it('is not compared where a reference could not be written yet, on either side', () => {
    expect(same({ basedOn: [] }, ['Task.basedOn'])).toBe(true);
    expect(same({ partOf: [{ reference: 'Task/3' }] }, ['Task.partOf'])).toBe(true);
    expect(same({ basedOn: [], status: 'ready' }, ['Task.basedOn'])).toBe(false);
  });
});
