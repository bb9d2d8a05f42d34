import { describe, expect, it } from 'vitest';
import {
  answersTo,
  begunFrom,
  type DraftSaid,
  mergeDrafts,
  nothingSaid,
  saysSame,
} from '../../../src/homework/log/merge-drafts.ts';
import { sameAnswer, standsIn } from '../../../src/homework/log/same-answer.ts';
import fc from '../../fast-check.ts';

const isText = (linkId: string) => linkId.startsWith('text');
const said = (answers: Record<string, unknown>, rest: Partial<DraftSaid> = {}): DraftSaid => ({
  answers,
  withheld: [],
  ...rest,
});
const merge = (base: DraftSaid, theirs: DraftSaid, mine: DraftSaid) => mergeDrafts({ base, theirs, mine, isText });

const word = fc.constantFrom('rain', 'bus', 'they laughed', 'I', 'left', 'noch einmal', 'خفت', 'a', '🙂');
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const linkIds = ['text-1', 'text-2', 'amount', 'code'];
const answerTo = (linkId: string) =>
  linkId.startsWith('text')
    ? text
    : linkId === 'amount'
      ? fc.integer({ min: 0, max: 3 })
      : fc.constantFrom('some', 'someone', 'nobody');
const aTime = fc.constantFrom('2026-03-02T10:00:00.000Z', '2026-03-02T05:00:00-05:00', '2026-03-03T10:00:00.000Z');
const answersSome = fc.record(Object.fromEntries(linkIds.map((linkId) => [linkId, answerTo(linkId)])), {
  requiredKeys: [],
});
const aDraft: fc.Arbitrary<DraftSaid> = fc
  .record({ answers: answersSome, withheld: fc.subarray(linkIds), performedAt: fc.option(aTime, { nil: undefined }) })
  .map((draft) => merge(nothingSaid, draft, draft));
/** Also with answers that wait. */
const anyDraft = fc.tuple(aDraft, aDraft, aDraft).map(([base, one, other]) => merge(base, one, other));

const reads = (draft: DraftSaid, linkId: string, answer: unknown) =>
  answersTo(draft, linkId).some((value) => sameAnswer(value, answer) || (isText(linkId) && standsIn(answer, value)));
const sameMarks = (one: DraftSaid, other: DraftSaid) => expect(one.withheld).toEqual(other.withheld);

describe('two places in which one log is written', () => {
  it('can be exchanged', () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, (base, one, other) => {
        expect(saysSame(merge(base, one, other), merge(base, other, one))).toBe(true);
        sameMarks(merge(base, one, other), merge(base, other, one));
      }),
    );
  });

  it('that say the same stay as they are, and a merge made twice changes nothing', () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, (base, one, other) => {
        expect(saysSame(merge(base, one, one), one)).toBe(true);
        const once = merge(base, one, other);
        expect(saysSame(merge(base, once, other), once)).toBe(true);
        expect(saysSame(merge(other, once, other), once)).toBe(true);
      }),
    );
  });

  it('of which only one was written in are as that one is', () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, (base, one) => {
        expect(saysSame(merge(base, base, one), one)).toBe(true);
        expect(saysSame(merge(base, one, base), one)).toBe(true);
      }),
    );
  });

  it('lose no word that either has written since', () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, (base, one, other) => {
        const merged = merge(base, one, other);
        for (const draft of [one, other])
          for (const linkId of linkIds)
            for (const answer of answersTo(draft, linkId))
              if (!answersTo(base, linkId).some((value) => sameAnswer(value, answer)))
                expect([linkId, answer, reads(merged, linkId, answer)]).toEqual([linkId, answer, true]);
      }),
    );
  });

  it('show nothing that was written under cover', () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, (base, one, other) => {
        const merged = merge(base, one, other);
        for (const [draft, beside] of [
          [one, other],
          [other, one],
        ] as const)
          for (const linkId of draft.withheld) {
            const seen = [...answersTo(base, linkId), ...answersTo(beside, linkId)];
            const isSeen = (answer: unknown) =>
              seen.some((value) => sameAnswer(value, answer) || (isText(linkId) && standsIn(answer, value)));
            if (!answersTo(draft, linkId).every(isSeen)) expect(merged.withheld).toContain(linkId);
          }
      }),
    );
  });
});

interface Device {
  now: DraftSaid;
  seen: DraftSaid;
}
const step = fc.oneof(
  fc.record({
    does: fc.constant('write' as const),
    device: fc.nat({ max: 2 }),
    answer: fc.constantFrom(...linkIds).chain((linkId) => fc.tuple(fc.constant(linkId), answerTo(linkId))),
  }),
  fc.record({ does: fc.constant('save' as const), device: fc.nat({ max: 2 }) }),
);

describe('three devices', () => {
  it('that write and save in whatever order come to the same, with every word that nobody took out knowingly', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let service = nothingSaid;
        const devices: Device[] = [0, 1, 2].map(() => ({ now: nothingSaid, seen: nothingSaid }));
        const written: { linkId: string; answer: unknown }[] = [];
        const save = (device: Device) => {
          service = merge(device.seen, device.now, service);
          device.now = service;
          device.seen = service;
        };
        for (const [index, { device: at, ...what }] of steps.entries()) {
          const device = devices[at];
          if (device === undefined) continue;
          if (what.does === 'save') save(device);
          else {
            const linkId = what.answer[0];
            // no text stands in another: it would go with that one, when somebody who has seen it takes it out
            const answer = isText(linkId) ? `${what.answer[1]} ${index}.` : what.answer[1];
            // who writes over an answer has seen it: it is what that device shows
            const [shown] = answersTo(device.now, linkId);
            const others = answersTo(device.now, linkId).slice(1);
            const taken = written.findIndex((entry) => entry.linkId === linkId && sameAnswer(entry.answer, shown));
            if (taken >= 0) written.splice(taken, 1);
            written.push({ linkId, answer });
            device.now = {
              ...device.now,
              answers: { ...device.now.answers, [linkId]: answer },
              others: {
                answers: { ...device.now.others?.answers, [linkId]: others },
                performedAt: device.now.others?.performedAt ?? [],
              },
            };
          }
        }
        for (const device of [...devices, ...devices]) save(device);
        for (const { now } of devices) expect(saysSame(now, service)).toBe(true);
        for (const { linkId, answer } of written) {
          const kept = reads(service, linkId, answer);
          // the same answer, written on another device as well, may have been taken out there
          const twice = steps.filter(
            (entry) => entry.does === 'write' && entry.answer[0] === linkId && sameAnswer(entry.answer[1], answer),
          );
          if (isText(linkId) || twice.length === 1) expect([linkId, answer, kept]).toEqual([linkId, answer, true]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('an item', () => {
  const base = said({ 'text-1': 'on the bus', amount: 3 });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>, object | undefined]>([
    ['that only they changed', { amount: 5 }, {}, { amount: 5 }, undefined],
    ['that only I changed', {}, { 'text-1': 'on the tram' }, { 'text-1': 'on the tram' }, undefined],
    ['that both changed', { amount: 5 }, { amount: 4 }, { amount: 4 }, { amount: [5] }],
    ['that I cleared, and they changed', { 'text-1': 'at home' }, { 'text-1': '' }, { 'text-1': 'at home' }, undefined],
    [
      'of which mine is how theirs begins',
      { 'text-1': 'at home alone' },
      { 'text-1': 'at home' },
      { 'text-1': 'at home alone' },
      undefined,
    ],
    ['that is new in both', { code: 'some' }, { code: 'someone' }, { code: 'someone' }, { code: ['some'] }],
    [
      'that both answered alike',
      { code: { system: 'x', code: 'some' } },
      { code: 'some' },
      { code: 'some' },
      undefined,
    ],
  ])('%s', (_what, theirs, mine, expected, others) => {
    const merged = merge(base, said({ ...base.answers, ...theirs }), said({ ...base.answers, ...mine }));
    expect(merged.answers).toEqual({ ...base.answers, ...expected });
    expect(merged.others?.answers).toEqual(others);
  });

  it('that both cleared is gone, and one that only one cleared', () => {
    expect(merge(base, said({ amount: 3 }), said({ amount: 3 })).answers).toEqual({ amount: 3 });
    expect(merge(base, base, said({ amount: 3 })).answers).toEqual({ amount: 3 });
  });

  it('has one answer again when somebody who sees both has joined or chosen', () => {
    const apart = merge(base, said({ 'text-1': 'at home' }), said({ 'text-1': 'in the yard' }));
    const joined = said({ 'text-1': 'in the yard\nat home' });
    expect(merge(apart, apart, joined)).toEqual({ ...joined, withheld: [] });
    const chosen = said({ 'text-1': 'at home' });
    expect(merge(apart, chosen, apart).others).toBeUndefined();
    expect(merge(apart, chosen, apart).answers).toEqual(chosen.answers);
  });
});

describe('what is kept private', () => {
  const base = said({ 'text-1': 'known' }, { withheld: ['text-1'] });
  const shown = said({ 'text-1': 'known' });

  it('is shared when one of them shares it and nobody has written under the cover', () => {
    expect(merge(base, shown, base).withheld).toEqual([]);
    expect(merge(base, base, shown).withheld).toEqual([]);
  });

  it.each([
    ['an answer', 'text-1', { 'text-1': 'a secret' }],
    ['a group, in which something is new', 'group', { 'text-1': 'known', 'text-2': 'a secret' }],
  ])('stays so while the other has written something new there: %s', (_what, linkId, answers) => {
    const covered = { ...base, withheld: [linkId] };
    expect(merge(covered, said({ 'text-1': 'known' }), said(answers, { withheld: [linkId] })).withheld).toEqual([
      linkId,
    ]);
  });

  it('is private when one of them keeps it so from now on', () => {
    expect(merge(shown, base, said({ 'text-1': 'known, and more' })).withheld).toEqual(['text-1']);
  });
});

describe('when it was', () => {
  const at = (performedAt?: string) => said({}, { performedAt });

  it.each([
    [undefined, '2026-03-02T10:00:00.000Z', undefined, '2026-03-02T10:00:00.000Z', []],
    ['2026-03-02T10:00:00.000Z', '2026-03-02T05:00:00-05:00', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000Z', []],
    [
      undefined,
      '2026-03-02T10:00:00Z',
      '2026-03-03T10:00:00Z',
      '2026-03-03T10:00:00.000Z',
      ['2026-03-02T10:00:00.000Z'],
    ],
    ['2026-03-02T10:00:00Z', undefined, '2026-03-02T10:00:00Z', undefined, []],
  ])('%s, theirs %s, mine %s', (base, theirs, mine, expected, others) => {
    const merged = merge(at(base), at(theirs), at(mine));
    expect([merged.performedAt, merged.others?.performedAt ?? []]).toEqual([expected, others]);
  });
});

describe('what was sent without an answer', () => {
  it('is no news to who sent it, whether it has arrived or not', () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, fc.boolean(), (base, sent, mine, arrived) => {
        const merged = merge(begunFrom([base, sent], mine), arrived ? sent : base, mine);
        expect(saysSame(merged, mine)).toBe(true);
      }),
    );
  });
});
