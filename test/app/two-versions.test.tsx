import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { DraftCopy } from '../../smart-app/src/session/local-copy.ts';
import { assignmentId, begunAt, copyOf, pass, savedAt, takenAt, writingDevice } from './open-log-draft.tsx';

/** What is on this device never came to the service, and the service has something else that is newer: of neither is a word lost. */
const device = writingDevice();
const later = '2026-03-05T09:00:00.000Z';
const unsent = copyOf({ synced: false, answers: { situation: 'never came', fear: 4 } });
const situationOf = ({ answers }: { readonly answers: Readonly<Record<string, unknown>> }) => answers.situation;
/** The page with what this device has, and what the service has. */
const openWith = (copy: DraftCopy, begun = begunAt(later)) => {
  device.copies.set(assignmentId, copy);
  return device.open({ begun });
};
const showOther = (page: ReturnType<typeof openWith>) => act(async () => page.now().showOther?.());

describe('another device’s newer save', () => {
  it('is what is shown, and what waits on this device is not sent over it', async () => {
    const page = openWith(unsent);
    expect([situationOf(page.now().draft), page.now().saved]).toEqual(['at the service', 'saved']);
    expect(page.now().showOther).toBeDefined();
    await pass(60_000);
    expect(device.sent).toEqual([]);
    // nobody has decided yet: it is offered the next time, too
    await device.leave();
    expect(device.copies.get(assignmentId)).toEqual(unsent);
    expect(device.open({ begun: begunAt(later) }).now().showOther).toBeDefined();
  });

  it('is gone on with, and the other version is kept while that is written and saved, over a reload', async () => {
    const page = openWith(unsent);
    await page.write({ fear: 2 });
    await pass(800);
    expect(device.sent.map(({ answers }) => answers)).toEqual([{ situation: 'at the service', fear: 2 }]);
    await device.leave();
    const again = device.open({ begun: begunAt(takenAt) });
    expect(again.now().draft.answers).toEqual({ situation: 'at the service', fear: 2 });
    await showOther(again);
    expect(again.now().draft.answers).toEqual(unsent.answers);
  });

  it('gives way to what waited here when somebody chooses that, and waits in its place', async () => {
    const page = openWith(unsent);
    await showOther(page);
    expect(page.now().draft.answers).toEqual(unsent.answers);
    await pass(800);
    expect(device.sent.map(({ answers }) => answers)).toEqual([unsent.answers]);
    expect(page.now().saved).toBe('saved');
    await showOther(page);
    expect(situationOf(page.now().draft)).toBe('at the service');
    await pass(800);
    expect(device.sent.map(({ answers }) => answers)).toEqual([unsent.answers, { situation: 'at the service' }]);
  });

  it.each([
    ['the same log', {}],
    ['another log of the same time', { id: 'another' }],
  ])('goes on as the log that the service has: %s', async (_what, changes) => {
    const begun = begunAt(later, changes);
    const page = openWith(unsent, begun);
    await showOther(page);
    await pass(800);
    expect(device.sent.map(({ path }) => path)).toEqual([`/app/v1/drafts/${begun.id}`]);
  });

  it('of one that has another version waiting already: each of the three is shown in its turn', async () => {
    const page = openWith({ ...unsent, others: [copyOf({ answers: { situation: 'the oldest' } })] });
    const seen: unknown[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      seen.push(situationOf(page.now().draft));
      await showOther(page);
    }
    expect(seen).toEqual(['at the service', 'never came', 'the oldest', 'at the service']);
  });

  it('over what this device has saved itself leaves what waited besides', () => {
    const page = openWith(copyOf({ others: [unsent] }));
    expect(situationOf(page.now().draft)).toBe('at the service');
    expect(page.now().showOther).toBeDefined();
  });

  it('is forgotten on this device with the other, when one of them is sent', async () => {
    const page = openWith(unsent);
    await showOther(page);
    await act(async () => page.now().drop());
    expect(device.copies.size).toBe(0);
  });
});

describe('there is no other version', () => {
  it.each<[string, DraftCopy, ReturnType<typeof begunAt>]>([
    [
      'where the service has this device’s own save, whose answer never came back',
      copyOf({ synced: false, answers: { situation: ' at the service ', fear: undefined } }),
      begunAt(later),
    ],
    [
      'nor where this device has it but for what can’t be sent',
      copyOf({ synced: false, answers: { situation: 'at the service', fear: 2.5 } }),
      begunAt(later),
    ],
    [
      'where the service spells this device’s own save in another order',
      copyOf({ synced: false, answers: { long: { value: 3, unit: 'min' } } }),
      begunAt(later, { answers: { long: { unit: 'min', value: 3 } } }),
    ],
    ['where the service has nothing newer', unsent, begunAt(savedAt)],
    ['where what is on this device was saved', copyOf(), begunAt(later)],
  ])('%s', (_what, copy, begun) => {
    expect(openWith(copy, begun).now().showOther).toBeUndefined();
  });

  it.each<[string, Partial<DraftCopy>]>([
    ['an answer is kept to oneself here', { withheld: ['situation'] }],
    ['it was at another time here', { performedAt: '2026-03-02T11:00:00.000Z' }],
    ['an answer is missing here', { answers: {} }],
  ])('but there is one where %s', (_what, changes) => {
    const same = { synced: false, answers: { situation: 'at the service' } };
    expect(openWith(copyOf({ ...same, ...changes })).now().showOther).toBeDefined();
  });

  it('in a correction that was left and is gone on with, but in one of what was corrected since', async () => {
    const correct = (authored: string) =>
      device.open({ saveAtService: false, begun: begunAt(authored, { status: 'completed' }) });
    const page = correct(savedAt);
    await page.write({ situation: 'put right' });
    await device.leave();
    const again = correct(savedAt).now();
    expect([situationOf(again.draft), again.showOther]).toEqual(['put right', undefined]);
    await device.leave();
    const since = correct(later).now();
    expect([situationOf(since.draft), since.showOther === undefined]).toEqual(['at the service', false]);
  });
});
