import type { CarePlan, Extension, FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import {
  fromRecordRow,
  type RecordRow,
  withoutRecordRow,
  withRecordRow,
} from '../../../src/fhir/archive/record-row.ts';
import { broken, expectRefusal, missing, type Refusal } from '../reading/broken.ts';

const url = 'https://intersession.dev/fhir/StructureDefinition/record-row';
const at = '2026-03-02T15:00:00.250Z';
const plan: CarePlan = {
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/s' },
};
const withParts = (...extension: Extension[]): CarePlan => ({ ...plan, extension: [{ url, extension }] });
const words = (url: string, valueString: string): Extension => ({ url, valueString });
const when: Extension = { url: 'at', valueInstant: at };
/** What is read of a row that says nothing of lists. */
const none = { owners: [], changes: [], sourceKeys: [] };

const parts: [what: string, row: RecordRow, written: Extension[]][] = [
  [
    'its version, and who made and changed it when',
    { facts: { version: 7, updatedAt: at, madeBy: 'source:product', changedBy: 'user:Practitioner/dr-okafor' } },
    [
      { url: 'version', valuePositiveInt: 7 },
      { url: 'updatedAt', valueInstant: at },
      words('madeBy', 'source:product'),
      words('changedBy', 'user:Practitioner/dr-okafor'),
    ],
  ],
  ['which system sent it', { via: 'product' }, [words('via', 'product')]],
  [
    'how that system told it',
    { told: { at, as: 'changed' } },
    [{ url: 'told', extension: [when, { url: 'as', valueCode: 'changed' }] }],
  ],
  [
    'how that system told it first',
    { told: { at, as: 'made' } },
    [{ url: 'told', extension: [when, { url: 'as', valueCode: 'made' }] }],
  ],
  [
    'the move that was told last',
    { moved: { event: 'declined', at, via: 'product', by: 'patient' } },
    [{ url: 'moved', extension: [words('event', 'declined'), when, words('via', 'product'), words('by', 'patient')] }],
  ],
  [
    'a move that names nobody',
    { moved: { event: 'declined', at, via: 'product' } },
    [{ url: 'moved', extension: [words('event', 'declined'), when, words('via', 'product')] }],
  ],
  [
    'who unlocked it by hand',
    { unlocked: { at, by: 'Practitioner/17', reason: 'She is ready' } },
    [{ url: 'unlocked', extension: [when, words('by', 'Practitioner/17'), words('reason', 'She is ready')] }],
  ],
  ['that its rule unlocked it', { unlocked: { at } }, [{ url: 'unlocked', extension: [when] }]],
  ['that its writer never sent it', { unsent: true }, [{ url: 'unsent', valueBoolean: true }]],
  ['who wrote a log', { writtenBy: 'user:Patient/sarah' }, [words('writtenBy', 'user:Patient/sarah')]],
  ['who changed a log', { revisedBy: 'user:Patient/sarah' }, [words('revisedBy', 'user:Patient/sarah')]],
  [
    'a report as data',
    { reportContent: '{"title":"Größe – 大"}' },
    [{ url: 'reportContent', valueBase64Binary: Buffer.from('{"title":"Größe – 大"}', 'utf8').toString('base64') }],
  ],
  ['that it was replaced', { superseded: true }, [{ url: 'superseded', valueBoolean: true }]],
  [
    'whose plans it rests on',
    { owners: ['source:b', 'source:a'] },
    [words('owner', 'source:b'), words('owner', 'source:a')],
  ],
  ['whom it is shown', { shownTo: 'source:a' }, [words('shownTo', 'source:a')]],
  [
    'the changes of a plan',
    {
      changes: [
        { version: 1, at, actor: 'source:product' },
        { version: 2, at, actor: 'user:Practitioner/x', session: 's-1' },
      ],
    },
    [
      { url: 'change', extension: [{ url: 'version', valuePositiveInt: 1 }, when, words('actor', 'source:product')] },
      {
        url: 'change',
        extension: [
          { url: 'version', valuePositiveInt: 2 },
          when,
          words('actor', 'user:Practitioner/x'),
          words('session', 's-1'),
        ],
      },
    ],
  ],
  [
    'what source systems call it',
    {
      sourceKeys: [
        { clientId: 'product', operation: 'plan', sourceId: 'p-1', digest: 'd1', createdAt: at },
        { clientId: '', operation: 'plan', sourceId: 'p-2', digest: 'd2', createdAt: at },
      ],
    },
    [
      {
        url: 'sourceKey',
        extension: [
          words('client', 'product'),
          words('operation', 'plan'),
          words('id', 'p-1'),
          words('digest', 'd1'),
          when,
        ],
      },
      { url: 'sourceKey', extension: [words('operation', 'plan'), words('id', 'p-2'), words('digest', 'd2'), when] },
    ],
  ],
  ['why it was withdrawn', { withdrawn: 'kept on paper' }, [words('withdrawn', 'kept on paper')]],
];

describe('the extension record-row', () => {
  it.each(parts)('says %s, and is read back', (_what, row, written) => {
    const resource = withRecordRow(plan, row);
    expect(resource).toStrictEqual(withParts(...written));
    expect(fromRecordRow(resource)).toStrictEqual({ ...none, ...row });
  });

  it('says all of that in one order, and is read in any', () => {
    const whole = Object.assign({}, ...parts.toReversed().map(([, row]) => row)) as RecordRow;
    const resource = withRecordRow(plan, whole) as CarePlan;
    const urls = resource.extension?.[0]?.extension?.map(({ url }) => url);
    expect(urls).toEqual([
      ...['version', 'updatedAt', 'madeBy', 'changedBy', 'via', 'told', 'moved', 'unlocked'],
      ...['unsent', 'writtenBy', 'revisedBy'],
      ...[
        'reportContent',
        'superseded',
        'owner',
        'owner',
        'shownTo',
        'change',
        'change',
        'sourceKey',
        'sourceKey',
        'withdrawn',
      ],
    ]);
    expect(fromRecordRow(resource)).toStrictEqual(whole);
    const alone = (url: string) => !/^(owner|change|sourceKey)$/.test(url);
    const turned = resource.extension?.[0]?.extension?.toSorted((a, b) => Number(alone(b.url)) - Number(alone(a.url)));
    expect(fromRecordRow(withParts(...(turned ?? [])))).toStrictEqual(whole);
  });

  it.each<[string, RecordRow]>([
    ['nothing', {}],
    ['empty lists', { owners: [], changes: [], sourceKeys: [] }],
    ['empty words, which FHIR does not have', { via: '', shownTo: '', withdrawn: '' }],
  ])('is not there when a row says %s', (_what, row) => {
    expect(withRecordRow(plan, row)).toBe(plan);
    expect(fromRecordRow(plan)).toStrictEqual(none);
  });

  it('stands last, after what the resource has', () => {
    const other: Extension = { url: 'https://intersession.dev/fhir/StructureDefinition/provenance-patient' };
    const resource = withRecordRow({ ...plan, extension: [other] }, { via: 'product' });
    expect(resource).toStrictEqual({ ...plan, extension: [other, { url, extension: [words('via', 'product')] }] });
    expect(fromRecordRow(resource)).toStrictEqual({ ...none, via: 'product' });
  });

  it('is taken off again, and nothing else is', () => {
    const other: Extension = { url: 'https://intersession.dev/fhir/StructureDefinition/provenance-patient' };
    const bare: FhirResource = { resourceType: 'Binary', contentType: 'text/plain' };
    for (const resource of [plan, { ...plan, extension: [other] }, bare]) {
      expect(withoutRecordRow(withRecordRow(resource, { via: 'product' }))).toStrictEqual(resource);
      expect(withoutRecordRow(resource)).toStrictEqual(resource);
    }
  });

  it('can stand on a resource that has no extensions at all', () => {
    const binary = { resourceType: 'Binary', contentType: 'text/plain' } as const;
    expect(withRecordRow(binary, { withdrawn: 'x' })).toStrictEqual({
      ...binary,
      extension: [{ url, extension: [words('withdrawn', 'x')] }],
    });
    expect(fromRecordRow(binary)).toStrictEqual(none);
  });

  it('takes only what is written down: unsent is yes or is not there, an owner is words', () => {
    expect(fromRecordRow(withParts({ url: 'unsent', valueBoolean: false }, { url: 'owner' }))).toStrictEqual(none);
    expect(fromRecordRow(withParts({ url: 'withdrawn' }, { url: 'reportContent' }))).toStrictEqual(none);
  });

  it('reads moments with any offset as moments', () => {
    const told = { url: 'told', extension: [{ url: 'at', valueInstant: '2026-03-02T10:00:00.250-05:00' }] };
    told.extension.push({ url: 'as', valueCode: 'made' } as never);
    expect(fromRecordRow(withParts(told)).told).toStrictEqual({ at, as: 'made' });
  });

  const whole = withRecordRow(plan, Object.assign({}, ...parts.map(([, row]) => row)) as RecordRow);
  const inside = (path: string) => `extension:record-row.extension:${path}`;
  it.each<Refusal>([
    missing(inside('version.valuePositiveInt'), 'record-row.version'),
    missing(inside('updatedAt'), 'record-row.updatedAt'),
    missing(inside('updatedAt.valueInstant'), 'record-row.updatedAt'),
    missing(inside('madeBy'), 'record-row.madeBy'),
    missing(inside('madeBy.valueString'), 'record-row.madeBy'),
    missing(inside('changedBy'), 'record-row.changedBy'),
    missing(inside('changedBy.valueString'), 'record-row.changedBy'),
    missing(inside('told.extension:at'), 'record-row.told.at'),
    missing(inside('told.extension:at.valueInstant'), 'record-row.told.at'),
    missing(inside('told.extension:as'), 'record-row.told.as'),
    [inside('told.extension:as.valueCode'), 'x', { path: 'record-row.told.as', problem: 'is none of made, changed' }],
    missing(inside('moved.extension:event'), 'record-row.moved.event'),
    missing(inside('moved.extension:event.valueString'), 'record-row.moved.event'),
    missing(inside('moved.extension:at'), 'record-row.moved.at'),
    missing(inside('moved.extension:via'), 'record-row.moved.via'),
    missing(inside('unlocked.extension:at'), 'record-row.unlocked.at'),
    missing(inside('change.extension:version'), 'record-row.change.version'),
    missing(inside('change.extension:version.valuePositiveInt'), 'record-row.change.version'),
    missing(inside('change.extension:at'), 'record-row.change.at'),
    missing(inside('change.extension:actor'), 'record-row.change.actor'),
    missing(inside('change.extension:actor.valueString'), 'record-row.change.actor'),
    missing(inside('sourceKey.extension:operation'), 'record-row.sourceKey.operation'),
    missing(inside('sourceKey.extension:operation.valueString'), 'record-row.sourceKey.operation'),
    missing(inside('sourceKey.extension:id'), 'record-row.sourceKey.id'),
    missing(inside('sourceKey.extension:digest'), 'record-row.sourceKey.digest'),
    missing(inside('sourceKey.extension:at'), 'record-row.sourceKey.at'),
    missing(inside('sourceKey.extension'), 'record-row.sourceKey.operation'),
    missing(inside('change.extension'), 'record-row.change.version'),
  ])('is refused by its part when %s is %s', (path, by, issue) => {
    expectRefusal(() => fromRecordRow(broken(whole, path, by)), issue);
  });
});
