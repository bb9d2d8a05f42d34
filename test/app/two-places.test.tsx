import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { DraftCopy } from '../../smart-app/src/session/draft-copy.ts';
import { assignmentId, begunAt, copyOf, pass, savedAt, takenAt, writingDevice } from './open-log-draft.tsx';

/** A log that is written in two places: what this one shows, and what it sends. */
const device = writingDevice();
const later = '2026-03-05T09:00:00.000Z';
const before = { situation: 'as both saw it', fear: 3 };
const base = { performedAt: savedAt, answers: before, withheld: [] };
/** What this device has that never came to the service. */
const unsent = (answers: object, changes: Partial<DraftCopy> = {}) =>
  copyOf({ synced: false, base, answers: { ...before, ...answers }, ...changes });
/** The page with what this device has, and what the service has since. */
const openWith = (copies: readonly DraftCopy[], there: object, changes: Parameters<typeof begunAt>[1] = {}) => {
  device.kept.set(assignmentId, copies);
  return device.open({ begun: begunAt(later, { answers: { ...before, ...there }, ...changes }) });
};

describe('a log that another device has written on, opened where something never came to the service', () => {
  it.each<[string, object, object, object, object | undefined]>([
    ['to different questions', { situation: 'here' }, { fear: 7 }, { situation: 'here', fear: 7 }, undefined],
    [
      'to the same question',
      { situation: 'here' },
      { situation: 'there' },
      { situation: 'here' },
      { situation: ['there'] },
    ],
    ['a number to the same question', { fear: 5 }, { fear: 7 }, { fear: 5 }, { fear: [7] }],
    ['here nothing new', {}, { situation: 'there' }, { situation: 'there' }, undefined],
    ['there what is here, spelt otherwise', { situation: ' here  too ' }, { situation: 'here too' }, {}, undefined],
    [
      'there how it goes on',
      { situation: 'here' },
      { situation: 'here, and more' },
      { situation: 'here, and more' },
      undefined,
    ],
    ['here that it is no more', { situation: '' }, {}, { situation: undefined }, undefined],
  ])('holds both, by question: %s', async (_what, here, there, shown, others) => {
    const page = openWith([unsent(here)], there);
    const { answers, others: waiting } = page.now().draft;
    for (const [linkId, answer] of Object.entries(shown)) expect([linkId, answers[linkId]]).toEqual([linkId, answer]);
    expect(waiting?.answers).toEqual(others);
    await pass(800);
    const [sent] = device.sent;
    if (sent !== undefined) expect(sent.base?.answers).toEqual({ ...before, ...there });
  });

  it('says nothing of it when they do not differ, and is saved', async () => {
    const page = openWith([unsent({ fear: 7 })], { fear: 7 });
    expect([page.now().saved, page.now().draft.synced]).toEqual(['saved', true]);
    await pass(60_000);
    expect(device.sent).toEqual([]);
  });

  it('of which two tabs that are closed had something each, begun under their own ids', async () => {
    const other = unsent({ fear: 9 }, { logId: '6f1c0000-0000-4000-8000-000000000002', base });
    const page = openWith([unsent({ situation: 'in the first tab' }), other], {});
    expect(page.now().draft.answers).toEqual({ situation: 'in the first tab', fear: 9 });
    expect(device.kept.get(assignmentId)).toHaveLength(1);
    await pass(800);
    expect(device.sent.map(({ path }) => path)).toEqual([`/app/v1/drafts/${begunAt(later).id}`]);
  });

  it('whose time did not move on between the two savings is told apart by the version of its plan', () => {
    const synced = copyOf({ base, answers: before, version: 4 });
    device.kept.set(assignmentId, [synced]);
    const there = begunAt(savedAt, { answers: { ...before, fear: 9 } });
    expect(device.open({ begun: there, version: 4 }).now().draft.answers.fear).toBe(3);
    expect(device.open({ begun: there, version: 5 }).now().draft.answers.fear).toBe(9);
  });

  it.each<[string, readonly DraftCopy[], object, boolean]>([
    ['which only this device has written', [unsent({ fear: 5 })], {}, false],
    [
      'whose last saving from here was never answered',
      [unsent({ fear: 5 }, { sent: [{ ...base, answers: { ...before, fear: 4 } }] })],
      { fear: 4 },
      false,
    ],
    ['which is all there', [unsent({ fear: 5 })], { fear: 5 }, false],
    ['to which something came', [unsent({ fear: 5 })], { situation: 'there' }, true],
    ['of which two tabs had something', [unsent({ fear: 5 }), unsent({ situation: 'the other tab' })], {}, true],
  ])('says that words came from elsewhere only when they did: of a log %s', (_what, copies, there, said) => {
    expect(openWith(copies, there).now().joined).toBe(said);
  });

  it('leaves the log of another time for itself', async () => {
    const other = unsent({ fear: 9 }, { logId: 'another', occurrenceId: 'step-1.0' });
    const page = openWith([unsent({ situation: 'here' }), other], {});
    expect(page.now().draft.answers).toEqual({ ...before, situation: 'here' });
    await page.write({ fear: 1 });
    expect(device.kept.get(assignmentId)?.[1]).toEqual(other);
  });

  it('keeps private what either keeps private', () => {
    const page = openWith([unsent({ situation: 'here' }, { withheld: ['situation'] })], {}, { withheld: ['fear'] });
    expect([...page.now().draft.withheld].sort()).toEqual(['fear', 'situation']);
  });
});

describe('a save that comes back with what was written elsewhere', () => {
  it('shows it, says so, and goes on under the id that stands', async () => {
    const page = device.open();
    await page.write({ situation: 'here' });
    device.answer = (said) => ({
      ...{ ...said, id: 'the-first', occurrenceId: 'step-1.1', authored: takenAt, performedAt: takenAt },
      ...{ answers: { situation: 'there', fear: 2 }, others: { answers: { situation: ['here'] }, performedAt: [] } },
    });
    await pass(800);
    const { draft, saved, joined } = page.now();
    expect([draft.answers, draft.others?.answers]).toEqual([{ situation: 'here', fear: 2 }, { situation: ['there'] }]);
    expect([draft.logId, saved, joined]).toEqual(['the-first', 'saved', true]);
    device.answer = undefined;
    await page.write({ fear: 3 });
    await pass(800);
    expect(device.sent.at(-1)).toMatchObject({
      path: '/app/v1/drafts/the-first',
      base: { answers: { situation: 'there', fear: 2 }, others: { answers: { situation: ['here'] } } },
    });
  });

  it('leaves what is typed meanwhile in its field', async () => {
    const page = device.open();
    await page.write({ situation: 'here' });
    device.answer = (said) => {
      act(() => page.now().update({ answers: { situation: 'here, and on ' } }));
      return { ...said, id: 'x', authored: takenAt, performedAt: takenAt };
    };
    await pass(800);
    expect([page.now().draft.answers.situation, page.now().saved]).toEqual(['here, and on ', 'unsaved']);
    device.answer = undefined;
    await pass(10_000);
    expect([device.sent.at(-1)?.answers, page.now().saved]).toEqual([{ situation: 'here, and on' }, 'saved']);
  });

  it('whose answer was lost is no news when it is sent again', async () => {
    device.answers = ['offline', 200];
    const page = device.open({ begun: begunAt(savedAt, { answers: before }) });
    await page.write({ fear: 5 });
    await pass(800);
    await page.write({ fear: 6 });
    // it had arrived: the service has 5
    device.answer = (said) => ({ ...said, id: 'x', authored: takenAt, performedAt: savedAt });
    await pass(800);
    const sent = device.sent.at(-1);
    expect(sent?.answers).toEqual({ ...before, fear: 6 });
    expect(JSON.stringify(sent?.base)).toMatch(/5/);
    expect(page.now().draft.others).toBeUndefined();
  });

  it('clears at the service what is cleared here', async () => {
    const page = device.open({ begun: begunAt(savedAt, { answers: { situation: 'once' } }) });
    await page.write({ situation: '' });
    await pass(800);
    expect([device.sent.at(-1)?.answers, page.now().saved]).toEqual([{}, 'saved']);
  });
});

describe('a log that was sent or ended elsewhere', () => {
  it.each(['not-supported', 'assignment-closed', 'plan-closed'])(
    'is not tried again and never called saved: %s',
    async (code) => {
      device.answers = [409];
      device.code = code;
      let away = 0;
      const page = device.open({ onAway: () => (away += 1) });
      await page.write({ situation: 'late' });
      await pass(800);
      expect([page.now().saved, away]).toEqual(['ended', 1]);
      await pass(60_000);
      expect(device.sent).toHaveLength(1);
      expect(device.kept.get(assignmentId)?.[0]).toMatchObject({ synced: false, answers: { situation: 'late' } });
    },
  );
});

describe('a correction', () => {
  const correct = (authored: string, answers: object = before) =>
    device.open({ saveAtService: false, begun: begunAt(authored, { status: 'completed', answers: { ...answers } }) });

  it('that was left is gone on with, joined with what was corrected elsewhere since', async () => {
    const page = correct(savedAt);
    await page.write({ situation: 'put right' });
    await device.leave();
    const again = correct(later, { ...before, fear: 8 });
    expect(again.now().draft.answers).toEqual({ situation: 'put right', fear: 8 });
    expect(device.sent).toEqual([]);
  });

  it('takes up the words that never came to the log before it was sent', () => {
    device.kept.set(assignmentId, [unsent({ situation: 'never came' })]);
    const page = correct(later, { ...before, situation: 'was sent' });
    expect([page.now().draft.answers.situation, page.now().draft.others?.answers]).toEqual([
      'never came',
      { situation: ['was sent'] },
    ]);
  });
});

describe('two papers', () => {
  it('that two tabs had are two logs: one after the other', async () => {
    const second = unsent({ situation: 'the second' }, { logId: 'second', base: undefined as never });
    device.kept.set(assignmentId, [unsent({ situation: 'the first' }), second]);
    const page = device.open({ saveAtService: false });
    expect(page.now().draft.answers.situation).toBe('the first');
    await page.write({ fear: 1 });
    await act(async () => page.now().drop());
    await device.leave();
    expect(device.open({ saveAtService: false }).now().draft.answers.situation).toBe('the second');
  });
});
