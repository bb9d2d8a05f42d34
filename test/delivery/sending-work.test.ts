import { describe, expect, it } from 'vitest';
import type { ClaimedRow } from '../../src/delivery/claimed-group.ts';
import type { PlannedWrite } from '../../src/delivery/plan-sending.ts';
import { SendingWork } from '../../src/delivery/sending-work.ts';
import type { Capabilities } from '../../src/landing/capabilities.ts';
import { claimedGroup, claimedRow, plan, sendingContext } from './claimed.ts';

const { capabilities } = sendingContext();
const work = (
  row: Partial<ClaimedRow> = {},
  offers: Partial<Capabilities> = {},
  more: Partial<PlannedWrite> = {},
): SendingWork => {
  const [write] = plan(claimedGroup([claimedRow(row)])).writes;
  if (write === undefined) throw new Error('nothing is written');
  return new SendingWork({ ...write, ...more }, { ...capabilities, ...offers });
};
const stands = { ehrReference: 'Task/17', ehrVersion: '3', landed: 1, wanted: 2 };
const identifier = encodeURIComponent('https://intersession.dev/id/assignment|a1');

describe('the first step of a write', () => {
  it.each<[what: string, next: 'look' | 'send', given: SendingWork]>([
    ['what is new, and made only where there is none', 'send', work()],
    ['what is new, where the EHR cannot be asked for that', 'look', work({}, { conditionalCreate: {} })],
    ['what stands there', 'look', work(stands)],
    ['what may stand there', 'look', work({ state: 'unknown' })],
    ['what only a note tells of', 'send', work({ ehrReference: 'DocumentReference/3' })],
  ])('of %s is to %s', (_what, next, { next: step }) => {
    expect(step).toBe(next);
  });

  it('knows where it stands, when it stands there as itself', () => {
    expect(work(stands).stands).toEqual({ reference: 'Task/17', version: '3' });
    expect(work({ ...stands, ehrVersion: null }).stands).toEqual({ reference: 'Task/17', version: undefined });
    expect(work({ ...stands, ehrReference: 'DocumentReference/3' }).stands).toBeUndefined();
    expect(work().stands).toBeUndefined();
  });

  it.each<[row: Partial<ClaimedRow>, made: number | undefined]>([
    [{}, undefined],
    [{ state: 'unknown', lastStatus: 202 }, 202],
    [{ state: 'unknown', lastStatus: 503 }, undefined],
    [{ state: 'unknown', lastStatus: 300 }, undefined],
    [{ state: 'unknown', lastStatus: 200 }, 200],
    [{ state: 'unknown', lastStatus: 199 }, undefined],
    [{ state: 'unknown', lastStatus: null }, undefined],
    [{ state: 'pending', lastStatus: 201 }, undefined],
    [{ ...stands, lastStatus: null }, 201],
    [{ ...stands, lastStatus: 200 }, 200],
    [{ ehrReference: 'DocumentReference/3', lastStatus: 200 }, undefined],
  ])('knows what the EHR has said to have made: %j → %j', (row, made) => {
    expect(work(row).made).toBe(made);
  });

  it('has sent nothing yet', () => {
    const { sent, tried, sentAt, doubt, result } = work();
    expect({ sent, tried, sentAt, doubt, result }).toEqual({ sent: false, tried: false });
  });
});

describe('the criteria of a conditional create', () => {
  it.each<[what: string, offered: readonly string[] | undefined, criteria: string | undefined]>([
    ['patient', ['identifier', 'patient', 'subject'], `identifier=${identifier}&patient=sarah`],
    ['subject', ['subject'], `identifier=${identifier}&subject=Patient/sarah`],
    ['neither', ['identifier', 'code'], undefined],
    ['nothing', undefined, undefined],
  ])('are identifier and patient, where it can be searched by %s', (_what, offered, criteria) => {
    const searchParams: Capabilities['searchParams'] = offered === undefined ? {} : { Task: offered };
    expect(work({}, { searchParams }).ifNoneExist()).toBe(criteria);
  });

  it('are encoded as in an address', () => {
    expect(work({}, {}, { patientId: 'a&b=c' }).ifNoneExist()).toBe(`identifier=${identifier}&patient=a%26b%3Dc`);
  });

  it.each<[what: string, given: SendingWork]>([
    ['is not offered', work({}, { conditionalCreate: { Task: false } })],
    ['is offered for other types', work({}, { conditionalCreate: { Flag: true } })],
    ['has no identifier to go by', work({ content: '{"resourceType":"Task"}', references: [] })],
    ['would find the note that it follows', work({}, {}, { follows: 'Task/3' })],
  ])('are none where it %s', (_what, given) => {
    expect(given.ifNoneExist()).toBeUndefined();
    expect(given.ifNoneExist()).toBeUndefined();
    expect(given.next).toBe('look');
  });
});

describe('what an EHR offers for it', () => {
  it('is what it states for the type', () => {
    const createOnly = work({}, { interactions: { Task: ['create'], Flag: ['update'] } });
    expect([createOnly.offers('create'), createOnly.offers('update')]).toEqual([true, false]);
    const unserved = work({}, { interactions: {} });
    expect([unserved.offers('create'), unserved.offers('update')]).toEqual([false, false]);
  });
});

describe('a first contact', () => {
  it.each<[row: Partial<ClaimedRow>, first: boolean]>([
    [{}, true],
    [{ state: 'waiting' }, true],
    [{ state: 'unknown' }, false],
    [{ landed: 1 }, false],
    [{ ehrReference: 'DocumentReference/3' }, false],
    [stands, false],
  ])('is one that nobody has tried before: %j → %s', (row, first) => {
    expect(work(row).isFirstContact()).toBe(first);
  });
});

describe('a write as it goes out', () => {
  const parsed = ({ resource, ...rest }: ReturnType<SendingWork['toBundleWrite']>) => ({
    ...rest,
    resource: JSON.parse(resource),
  });

  it('makes what is new, where there is none, without an id', () => {
    const fresh = work();
    const { resource, ...rest } = parsed(fresh.toBundleWrite(new Map()));
    expect(rest).toStrictEqual({
      urn: 'urn:uuid:1',
      resourceType: 'Task',
      update: undefined,
      ifNoneExist: `identifier=${identifier}&patient=sarah`,
    });
    expect(resource).toMatchObject({ resourceType: 'Task', for: { reference: 'Patient/sarah' } });
    expect(resource).not.toHaveProperty('id');
    expect(fresh.sent).toBe(true);
  });

  it.each([
    ['3', '3'],
    [null, undefined],
  ])('writes over what stands there, as its version %j, with its id', (ehrVersion, ifMatch) => {
    const { resource, ...rest } = parsed(work({ ...stands, ehrVersion }).toBundleWrite(new Map()));
    expect(rest).toStrictEqual({
      urn: 'urn:uuid:1',
      resourceType: 'Task',
      update: { reference: 'Task/17', ifMatch },
      ifNoneExist: undefined,
    });
    expect(resource.id).toBe('17');
  });

  it('refers to what has a place by now', () => {
    const log = { artefact: 'log', id: 'l1', resourceType: 'QuestionnaireResponse' } as const;
    const basedOn = [{ reference: 'Task/a1' }];
    const [write] = plan(claimedGroup([claimedRow(log, { basedOn }), claimedRow()])).writes;
    if (write === undefined) throw new Error('nothing is written');
    const known = new Map([['urn:uuid:2', 'Task/99']]);
    const going = new SendingWork(write, capabilities);
    const placed = { basedOn: [{ reference: 'Task/99' }] };
    expect(JSON.parse(going.toBundleWrite(known).resource)).toMatchObject(placed);
    going.stands = { reference: 'QuestionnaireResponse/17', version: undefined };
    expect(JSON.parse(going.toBundleWrite(known).resource)).toMatchObject({ id: '17', ...placed });
    expect(JSON.parse(going.toBundleWrite(new Map()).resource).basedOn).toEqual([{ reference: 'urn:uuid:2' }]);
  });
});
