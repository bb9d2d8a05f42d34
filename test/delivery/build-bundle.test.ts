import { describe, expect, it } from 'vitest';
import { type BundleWrite, buildBundle, readBundleAnswer } from '../../src/delivery/build-bundle.ts';
import { SendingWork } from '../../src/delivery/sending-work.ts';
import type { WriteAnswer } from '../../src/ehr/write-answer.ts';
import fc from '../fast-check.ts';
import { claimedGroup, claimedRow, plan, sendingContext } from './claimed.ts';

const base = 'https://ehr.example/fhir';
const write = (more: Partial<BundleWrite> = {}): BundleWrite => ({
  ...{ urn: 'urn:uuid:1', resourceType: 'Task', resource: '{"resourceType":"Task","status":"requested"}' },
  ...more,
});
const built = (writes: readonly BundleWrite[], type: 'batch' | 'transaction' = 'transaction') =>
  JSON.parse(buildBundle(type, base, writes));

const id = fc.stringMatching(/^[A-Za-z0-9.-]{1,12}$/);
const aWrite = fc.record(
  {
    urn: fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
    resourceType: fc.constantFrom('Task', 'CarePlan', 'Observation'),
    resource: fc.record({ note: fc.string() }).map((resource) => JSON.stringify(resource)),
    // a version may be any string: quotes are the EHR's business, ours is to send what it said
    update: fc.option(
      fc.record({ reference: id.map((at) => `Task/${at}`), ifMatch: fc.option(fc.string(), { nil: undefined }) }),
      {
        nil: undefined,
      },
    ),
    ifNoneExist: fc.option(
      id.map((value) => `identifier=s%7C${value}&patient=sarah`),
      { nil: undefined },
    ),
  },
  { noNullPrototype: true },
);

describe('a bundle', () => {
  it('carries each write with its own condition, in their order', () => {
    fc.assert(
      fc.property(fc.constantFrom('batch', 'transaction'), fc.array(aWrite, { maxLength: 6 }), (type, writes) => {
        const { entry, ...rest } = built(writes, type);
        expect(rest).toEqual({ resourceType: 'Bundle', type });
        expect(entry).toEqual(
          writes.map(({ urn, resourceType, resource, update, ifNoneExist }) => ({
            fullUrl: update === undefined ? urn : `${base}/${update.reference}`,
            resource: JSON.parse(resource),
            request:
              update === undefined
                ? { method: 'POST', url: resourceType, ...(ifNoneExist !== undefined && { ifNoneExist }) }
                : {
                    ...{ method: 'PUT', url: update.reference },
                    ...(update.ifMatch !== undefined && { ifMatch: `W/"${update.ifMatch}"` }),
                  },
          })),
        );
      }),
    );
  });

  it.each([
    ['3', { ifMatch: 'W/"3"' }],
    ['0', { ifMatch: 'W/"0"' }],
    ['2026-03-02T15:00:00Z', { ifMatch: 'W/"2026-03-02T15:00:00Z"' }],
    [undefined, {}],
  ])('updates version %j only as long as it stands there', (ifMatch, condition) => {
    const [{ request }] = built([write({ update: { reference: 'Task/17', ifMatch } })]).entry;
    expect(request).toEqual({ method: 'PUT', url: 'Task/17', ...condition });
  });
});

describe('what is written where something stands already', () => {
  const workOf = (row: ReturnType<typeof claimedRow>, context = sendingContext()) => {
    const [planned] = plan(claimedGroup([row]), context).writes;
    if (planned === undefined) throw new Error('nothing is written');
    return new SendingWork(planned, context.capabilities);
  };

  it.each([['7'], ['0'], [null]])('names version %j that the ledger knows', (ehrVersion) => {
    const work = workOf(claimedRow({ landed: 1, wanted: 2, ehrReference: 'Task/17', ehrVersion }));
    expect(work.next).toBe('look');
    const update = { reference: 'Task/17', ifMatch: ehrVersion ?? undefined };
    expect(work.toBundleWrite(new Map())).toMatchObject({ update, ifNoneExist: undefined });
    expect(JSON.parse(work.toBundleWrite(new Map()).resource).id).toBe('17');
  });

  it('names the version that the look found, not the one that the ledger knew', () => {
    const work = workOf(claimedRow({ landed: 1, wanted: 2, ehrReference: 'Task/17', ehrVersion: '7' }));
    work.stands = { reference: 'Task/17', version: '9' };
    expect(work.toBundleWrite(new Map()).update).toEqual({ reference: 'Task/17', ifMatch: '9' });
  });

  it('asks for a first one only where there is none for this patient', () => {
    const sent = workOf(claimedRow()).toBundleWrite(new Map());
    expect(sent.update).toBeUndefined();
    const criteria = new URLSearchParams(sent.ifNoneExist);
    expect([...criteria]).toEqual([
      ['identifier', 'https://intersession.dev/id/assignment|a1'],
      ['patient', 'sarah'],
    ]);
    expect(JSON.parse(sent.resource)).not.toHaveProperty('id');
  });

  it.each<[string, Parameters<typeof sendingContext>[0], string | undefined]>([
    [
      'by subject, where no patient can be asked by',
      { capabilities: { searchParams: { Task: ['identifier', 'subject'] } } },
      'subject',
    ],
    ['not at all, where neither can be', { capabilities: { searchParams: { Task: ['identifier'] } } }, undefined],
    [
      'not at all, where the EHR offers no condition',
      { capabilities: { conditionalCreate: { Task: false } } },
      undefined,
    ],
    ['not at all, where it does not say', { capabilities: { conditionalCreate: {} } }, undefined],
  ])('asks %s', (_name, more, parameter) => {
    const work = workOf(claimedRow(), sendingContext(more));
    const criteria = work.ifNoneExist();
    expect(criteria === undefined ? undefined : [...new URLSearchParams(criteria).keys()][1]).toBe(parameter);
    // what cannot be asked for on the way is looked up before
    expect(work.next).toBe(criteria === undefined ? 'look' : 'send');
  });

  it.each<[Partial<ReturnType<typeof claimedRow>>, boolean]>([
    [{}, true],
    [{ lastStatus: 422 }, true],
    [{ landed: 1 }, false],
    [{ ehrReference: 'Task/17' }, false],
    [{ ehrReference: 'DocumentReference/3' }, false],
    [{ state: 'unknown' }, false],
    [{ doubtAt: new Date(0) }, false],
  ])('is a first contact, as far as %j says: %j', (more, first) => {
    expect(workOf(claimedRow(more)).isFirstContact()).toBe(first);
  });

  it('asks for no other note where it takes the place of one: both bear one identifier', () => {
    const note = claimedRow(
      { artefact: 'report', resourceType: 'DocumentReference', ehrReference: 'DocumentReference/3', landed: 1 },
      { date: '2026-03-01T10:00:00Z', content: [{ attachment: { contentType: 'text/plain', data: 'dGV4dA==' } }] },
    );
    const createOnly = sendingContext({
      capabilities: { interactions: { DocumentReference: ['create', 'search-type'] } },
    });
    expect(workOf({ ...note, ehrReference: null, landed: 0 }).ifNoneExist()).toContain('identifier=');
    const work = workOf(note, createOnly);
    expect(work.toBundleWrite(new Map())).toMatchObject({ update: undefined, ifNoneExist: undefined });
    // and so it is looked for, by its mark
    expect(work.next).toBe('look');
  });

  it.each<[string, Partial<ReturnType<typeof claimedRow>>, 'look' | 'send', number | undefined]>([
    ['nobody has tried', {}, 'send', undefined],
    ['an attempt had no clear end', { state: 'unknown' }, 'look', undefined],
    ['it was in flight', { state: 'in-flight' }, 'look', undefined],
    ['it awaits review', { state: 'awaiting-review' }, 'look', undefined],
    ['a doubt is noted', { doubtAt: new Date(0) }, 'look', undefined],
    ['it stands there', { ehrReference: 'Task/17', lastStatus: 200 }, 'look', 200],
    ['it stands there, by what, nobody knows', { ehrReference: 'Task/17' }, 'look', 201],
    ['what tells of it stands there', { ehrReference: 'DocumentReference/3' }, 'send', undefined],
    ['it was taken, and the EHR did not say where', { state: 'unknown', lastStatus: 201 }, 'look', 201],
    ['it was refused before', { lastStatus: 422 }, 'send', undefined],
    ['it had no clear end, after a redirect', { state: 'unknown', lastStatus: 300 }, 'look', undefined],
    ['it had no clear end, before it was processed', { state: 'unknown', lastStatus: 199 }, 'look', undefined],
    ['it had no clear end, after a failure', { state: 'unknown', lastStatus: 500 }, 'look', undefined],
  ])('is looked up first where %s', (_name, more, next, made) => {
    const work = workOf(claimedRow(more));
    expect([work.next, work.made]).toEqual([next, made]);
  });
});

describe('the answer to a bundle', () => {
  const ok = (entry: unknown, type = 'transaction-response'): WriteAnswer => ({
    ...{ ok: true, status: 200, body: { resourceType: 'Bundle', type, entry } },
  });
  const created = (location: string) => ({ response: { status: '201 Created', location, etag: 'W/"1"' } });
  const two = [write(), write({ urn: 'urn:uuid:2' })];

  it('is taken apart entry by entry', () => {
    const refused = {
      response: { status: '422', outcome: { resourceType: 'OperationOutcome', issue: [{ code: 'invalid' }] } },
    };
    const answers = readBundleAnswer(ok([created('Task/1/_history/1'), refused], 'batch-response'), two, base);
    expect(answers).toMatchObject([
      { ok: true, status: 201, reference: 'Task/1', version: '1' },
      { ok: false, failure: { status: 422, disposition: 'reject' } },
    ]);
  });

  it.each<[string, WriteAnswer]>([
    ['has fewer entries', ok([created('Task/1/_history/1')])],
    ['has more entries', ok([created('Task/1'), created('Task/2'), created('Task/3')])],
    ['has no entries', ok(undefined)],
    ['is a search', ok([created('Task/1'), created('Task/2')], 'searchset')],
    ['names one place twice', ok([created('Task/1/_history/1'), created('Task/1/_history/2')])],
    ['names one place twice, once in full', ok([created(`${base}/Task/1/_history/1`), created('Task/1/_history/1')])],
  ])('proves nothing when it %s', (_name, answer) => {
    expect(readBundleAnswer(answer, two, base)).toMatchObject({ ok: false, failure: { disposition: 'unknown' } });
  });

  it.each([['teapot'], [''], [undefined], ['0'], ['304']])(
    'takes an entry whose status is %j for no success',
    (status) => {
      const answers = readBundleAnswer(
        ok([{ response: { status, location: 'Task/1/_history/1' } }, created('Task/2')]),
        two,
        base,
      );
      expect(answers).toMatchObject([{ ok: false }, { ok: true }]);
    },
  );

  it('is a failure of all where the whole was refused', () => {
    const failure = { ok: false, failure: { status: 400, outcome: 'no', disposition: 'reject' } } as const;
    expect(readBundleAnswer(failure, two, base)).toBe(failure);
  });
});
