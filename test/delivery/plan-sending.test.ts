import { describe, expect, it } from 'vitest';
import type { ClaimedRow, RowResult } from '../../src/delivery/claimed-group.ts';
import type { KnownReference } from '../../src/delivery/load-references.ts';
import { ownPlace } from '../../src/delivery/load-references.ts';
import { replaceReferences } from '../../src/delivery/replace-references.ts';
import { claimedGroup, claimedRow, earlierBy, plan, sendingContext } from './claimed.ts';

const to = (reference: string) => ({ reference });
const carePlan = (more: Partial<ClaimedRow> = {}, resource: object = {}) =>
  claimedRow({ artefact: 'plan', id: 'p1', resourceType: 'CarePlan', ...more }, resource);
const step = (id: string, more: Partial<ClaimedRow> = {}, resource: object = {}) =>
  claimedRow({ id, ...more }, resource);
const log = (resource: object, more: Partial<ClaimedRow> = {}) =>
  claimedRow({ artefact: 'log', id: 'l1', resourceType: 'QuestionnaireResponse', ...more }, resource);
const known = (more: Partial<KnownReference> = {}): KnownReference => ({
  ...{ ours: true, artefact: 'plan', state: 'pending', ehrReference: null },
  ...more,
});
/** The content as it would go out now. */
const sent = (write: ReturnType<typeof plan>['writes'][number] | undefined): Record<string, unknown> =>
  JSON.parse(replaceReferences(write?.content ?? '', write?.replacements ?? [], new Map()));

describe('a reference', () => {
  it('to what goes in the same bundle is a placeholder, which must be resolved first', () => {
    const { writes, settled } = plan(claimedGroup([step('a1', {}, { partOf: [to('Task/a2')] }), step('a2')]));
    expect(settled).toEqual([]);
    // Tasks may refer softly, and this one does not
    expect(writes.map(({ needs }) => needs)).toEqual([['urn:uuid:2'], []]);
    expect(sent(writes[0]).partOf).toEqual([to('urn:uuid:2')]);
  });

  it('is needed once, however often it is made', () => {
    const twice = { basedOn: [to('CarePlan/p1')], partOf: [to('CarePlan/p1')] };
    const { writes } = plan(claimedGroup([log(twice), carePlan()]));
    expect(writes.map(({ needs }) => needs)).toEqual([['urn:uuid:2'], []]);
    expect(sent(writes[0])).toMatchObject({ basedOn: [to('urn:uuid:2')], partOf: [to('urn:uuid:2')] });
  });

  it('that may be left out for now is left out beside what it is to, too: the referrer is wanted again', () => {
    const output = { output: [{ type: {}, valueReference: to('QuestionnaireResponse/l1') }] };
    const { writes } = plan(claimedGroup([step('a1', {}, output), log({})]));
    expect(writes.map(({ needs, leftOut }) => [needs, [...leftOut]])).toEqual([
      [[], ['Task.output']],
      [[], []],
    ]);
    expect(sent(writes[0])).not.toHaveProperty('output');
  });

  it('to what stands there is its place, in the group or outside of it', () => {
    const stands = step('a2', { ehrReference: 'Task/17', landed: 1, wanted: 2 });
    const planned = plan(claimedGroup([carePlan({}, { activity: [{ reference: to('Task/a2') }] }), stands]));
    expect(sent(planned.writes[0]).activity).toEqual([{ reference: to('Task/17') }]);
    expect(planned.writes[0]?.needs).toEqual([]);
    const references = new Map([['CarePlan/p1', known({ state: 'landed', ehrReference: 'CarePlan/5' })]]);
    const other = plan(claimedGroup([log({ basedOn: [to('CarePlan/p1')] })]), sendingContext(), undefined, references);
    expect(sent(other.writes[0]).basedOn).toEqual([to('CarePlan/5')]);
  });

  it('to what is the EHR’s own stays', () => {
    const references = new Map([['Observation/77', known({ ours: false, artefact: null, state: null })]]);
    const { writes } = plan(
      claimedGroup([log({ partOf: [to('Observation/77')] })]),
      sendingContext(),
      undefined,
      references,
    );
    expect(sent(writes[0]).partOf).toEqual([to('Observation/77')]);
  });

  it.each<[string, Parameters<typeof sendingContext>[0], KnownReference | undefined, 'waits' | 'left out']>([
    ['that will land', {}, known(), 'waits'],
    ['that is refused, for now', {}, known({ state: 'rejected' }), 'waits'],
    ['that stays in the app', { landings: { plan: { landing: 'app-only' } } }, known(), 'left out'],
    ['that a report tells', { landings: { plan: { landing: 'note' } } }, known(), 'left out'],
    ['that nobody knows', {}, undefined, 'left out'],
    ['of which there is no artefact', {}, known({ artefact: null }), 'left out'],
  ])('to a plan %s', (_name, more, reference, then) => {
    const references = new Map(reference === undefined ? [] : [['CarePlan/p1', reference]]);
    const group = claimedGroup([log({ basedOn: [to('CarePlan/p1')] }, { doubtAt: earlierBy(7) })]);
    const { writes, settled } = plan(group, sendingContext(more), undefined, references);
    if (then === 'waits') {
      expect(writes).toEqual([]);
      // a doubt about it stays one
      expect(settled).toMatchObject([{ state: 'waiting', comesBack: true, doubtAt: earlierBy(7) }]);
      const missing = [{ artefact: 'plan', state: reference?.state }];
      expect(settled[0]?.why).toEqual({ code: 'plan', missing });
    } else {
      expect(settled).toEqual([]);
      expect(sent(writes[0])).not.toHaveProperty('basedOn');
    }
  });

  it.each<[string, ClaimedRow, string, boolean]>([
    [
      'an output',
      step('a1', {}, { output: [{ type: {}, valueReference: to('QuestionnaireResponse/l9') }] }),
      'Task.output',
      true,
    ],
    [
      'an outcome',
      carePlan({}, { activity: [{ outcomeReference: [to('Observation/o9')] }] }),
      'CarePlan.activity.outcomeReference',
      true,
    ],
    ['a goal', carePlan({}, { goal: [to('Goal/g9')] }), 'CarePlan.goal', true],
    [
      'the log of a signal',
      claimedRow(
        { artefact: 'safety', resourceType: 'Flag' },
        { extension: [{ url: 'u', valueReference: to('QuestionnaireResponse/l9') }] },
      ),
      'Flag.extension',
      true,
    ],
    [
      'the note that an addendum is of',
      claimedRow(
        { artefact: 'report', id: 'r1', resourceType: 'DocumentReference' },
        { content: [], relatesTo: [{ code: 'appends', target: to('DocumentReference/d9') }] },
      ),
      'DocumentReference.relatesTo.target',
      true,
    ],
    ['what a step is part of', step('a1', {}, { partOf: [to('Task/t9')] }), '', false],
    ['a plan’s steps', carePlan({}, { activity: [{ reference: to('Task/t9') }] }), '', false],
  ])('may be left out for now: %s', (_name, row, path, soft) => {
    const name = /"reference":"([^"]+9)"/.exec(row.content ?? '')?.[1] ?? '';
    const references = new Map([[name, known({ artefact: 'assignment' })]]);
    const { writes, settled } = plan(claimedGroup([row]), sendingContext(), undefined, references);
    if (!soft) expect([writes, settled.map(({ state }) => state)]).toEqual([[], ['waiting']]);
    else {
      expect([...(writes[0]?.leftOut ?? [])]).toEqual([path]);
      expect(writes[0]?.content).not.toContain(name);
    }
  });

  it('to what is of the group and not written now is as it was claimed', () => {
    const told = step('a2', { content: null });
    const { writes, settled } = plan(claimedGroup([step('a1', {}, { partOf: [to('Task/a2')] }), told]));
    expect(settled.map(({ state }) => state)).toEqual(['rejected']);
    // the record makes it no more: it is no resource of ours
    expect(sent(writes[0]).partOf).toEqual([to('Task/a2')]);
  });
});

describe('a row that waits', () => {
  it('takes with it those that need it, and those that need these', () => {
    const rows = [
      step('a1', {}, { partOf: [to('Task/a2')] }),
      step('a2', {}, { partOf: [to('Task/a3')] }),
      step('a3', {}, { basedOn: [to('CarePlan/p9')] }),
      step('a4'),
    ];
    const references = new Map([['CarePlan/p9', known()]]);
    const { writes, settled } = plan(claimedGroup(rows), sendingContext(), undefined, references);
    expect(writes.map(({ row }) => row.id)).toEqual(['a4']);
    expect(settled.map(({ id, state, comesBack }) => [id, state, comesBack]).sort()).toEqual([
      ['a1', 'waiting', true],
      ['a2', 'waiting', true],
      ['a3', 'waiting', true],
    ]);
  });

  it('keeps a doubt about it, unless it was never sent by itself', () => {
    const doubtful = { doubtAt: earlierBy(7), state: 'unknown' as const };
    const doubts = (landing: RowResult['landing']) => {
      const context = sendingContext({
        landings: { log: { landing } },
        traits: { needsEncounter: ['QuestionnaireResponse'] },
      });
      const patient = { carriers: [], encounter: { waits: { code: 'encounter-choice' } as const, comesBack: false } };
      return plan(claimedGroup([log({}, doubtful)], { interruptedBy: earlierBy(3) }), context, patient).settled;
    };
    expect(doubts('native')).toMatchObject([{ state: 'waiting', doubtAt: earlierBy(3) }]);
    expect(doubts('note')).toMatchObject([{ state: 'waiting', doubtAt: earlierBy(7) }]);
    expect(doubts('app-only')).toMatchObject([{ state: 'landed', doubtAt: earlierBy(7) }]);
  });
});

describe('what may stand there', () => {
  it.each<[Partial<ClaimedRow>, boolean, boolean]>([
    [{}, false, false],
    [{ state: 'waiting' }, false, false],
    [{ state: 'in-flight' }, false, true],
    [{ state: 'unknown' }, false, true],
    [{ state: 'awaiting-review' }, false, true],
    [{ doubtAt: earlierBy(1) }, false, true],
    [{}, true, true],
  ])('%j, interrupted %j: %j', (more, interrupted, may) => {
    expect(plan(claimedGroup([step('a1', more)], { interrupted })).writes[0]?.mayStand).toBe(may);
  });

  it.each([
    ['Task/a1', 'Task/17', 'Task/17'],
    ['Task/a1', 'DocumentReference/3', null],
    ['Task/a1', null, null],
    ['Task/a1', 'TaskList/17', null],
  ])('%s, of which %s is known, has the place %s', (reference, place, own) => {
    expect(ownPlace(reference, place)).toBe(own);
  });
});
