import { act } from 'react';
import { describe, expect, it } from 'vitest';
import { timeOfLog } from '../../smart-app/src/forms/check-answers.ts';
import type { DraftCopy } from '../../smart-app/src/session/draft-copy.ts';
import type { LogView } from '../../src/contract/app/plan-view.ts';
import { assignmentId, begunAt, copyOf, pass, savedAt, takenAt, writingDevice } from './open-log-draft.tsx';

const device = writingDevice();

describe('a log that is opened again', () => {
  it.each<[string, DraftCopy | undefined, LogView | undefined, string]>([
    ['another device has saved since', copyOf(), begunAt('2026-03-02T15:00:00.001Z'), 'at the service'],
    ['another device has saved much later', copyOf(), begunAt('2026-03-05T09:00:00.000Z'), 'at the service'],
    ['nobody has saved since', copyOf(), begunAt(savedAt), 'on this device'],
    [
      'this device has saved since the page was loaded',
      copyOf({ savedAt: '2026-03-02T15:20:00.000Z' }),
      begunAt(savedAt),
      'on this device',
    ],
    [
      'this device does not know when it saved',
      { ...copyOf(), savedAt: undefined } as unknown as DraftCopy,
      begunAt(savedAt),
      'at the service',
    ],
    ['another log was begun elsewhere', copyOf(), begunAt(savedAt, { id: 'another' }), 'at the service'],
    ['the service has nothing', copyOf(), undefined, 'on this device'],
    ['the service has nothing, and it was for another time', copyOf({ occurrenceId: 'step-1.0' }), undefined, ''],
    ['nothing is on this device', undefined, begunAt(savedAt), 'at the service'],
    ['nothing is anywhere', undefined, undefined, ''],
    ['this device could not save, and nobody else has', copyOf({ synced: false }), begunAt(savedAt), 'on this device'],
    [
      'this device could not save for another time',
      copyOf({ synced: false, occurrenceId: 'step-1.0' }),
      begunAt('2026-03-05T09:00:00.000Z'),
      'on this device',
    ],
  ])('%s', async (_what, copy, begun, situation) => {
    if (copy !== undefined) device.kept.set(assignmentId, [copy]);
    const page = device.open(begun === undefined ? {} : { begun });
    expect(page.now().draft.answers.situation ?? '').toBe(situation);
    if (begun !== undefined && situation === 'at the service') expect(page.now().draft.logId).toBe(begun.id);
    // nothing that is old is sent over it
    await pass(60_000);
    const resent = copy?.synced === false;
    expect(device.sent.map((call) => call.answers)).toEqual(resent ? [{ situation }] : []);
  });

  it('after another device has saved what this one sent before: also when an answer no longer applies', async () => {
    const page = device.open();
    await page.write({ situation: 'meeting', fear: 8, why: 'laughter' });
    await page.write({ fear: 2 });
    await pass(800);
    expect([page.now().saved, device.kept.get(assignmentId)?.[0]?.synced]).toEqual(['saved', true]);
    await device.leave();
    const begun = begunAt('2026-03-03T09:00:00.000Z', { id: device.sent[0]?.path.split('/').at(-1) ?? '' });
    expect(device.open({ begun }).now().draft.answers.situation).toBe('at the service');
  });
});

describe('a save that fails', () => {
  it.each<[string, readonly (number | 'offline')[]]>([
    ['without a connection', ['offline']],
    ['while the service is down, twice', [503, 503]],
    ['while it is asked too much', [429]],
    ['by a fault of its own, then of the network', [500, 'offline', 502]],
  ])('is tried again until it is saved: %s', async (_how, failures) => {
    device.answers = [...failures, 200];
    const page = device.open();
    await page.write({ situation: 'meeting' });
    await pass(800);
    expect([page.now().saved, device.sent.length]).toEqual(['unsaved', 1]);
    expect(device.kept.get(assignmentId)?.[0]).toMatchObject({ synced: false, answers: { situation: 'meeting' } });
    for (const _failure of failures) await pass(10_000);
    expect(page.now().saved).toBe('saved');
    expect(device.kept.get(assignmentId)?.[0]).toMatchObject({ synced: true, savedAt: takenAt });
    const tries = device.sent.length;
    expect(tries).toBeGreaterThan(failures.length);
    expect(new Set(device.sent.map(({ path }) => path)).size).toBe(1);
    await pass(60_000);
    expect(device.sent.length).toBe(tries);
  });

  it('is made at once when somebody asks to go on later, with what was typed last', async () => {
    device.answers = ['offline', 200];
    const page = device.open();
    await page.write({ situation: 'meeting' });
    await pass(800);
    await page.write({ situation: 'meetings' });
    await act(async () => page.now().settle());
    expect(device.sent.at(-1)?.answers).toEqual({ situation: 'meetings' });
    expect(page.now().saved).toBe('saved');
  });
});

describe('an answer that can’t be sent as it is', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['too long', { situation: 'x'.repeat(21), fear: 3 }, { fear: 3 }],
    ['no whole number', { situation: 'meeting', fear: 2.5 }, { situation: 'meeting' }],
    ['with a sign that nobody can keep', { situation: 'a\u0000b', fear: 3 }, { fear: 3 }],
  ])('is not called saved, and stays on this device: %s', async (_what, typed, sendable) => {
    const page = device.open();
    await page.write(typed);
    await pass(800);
    expect(device.sent.map((call) => call.answers)).toEqual([sendable]);
    expect(page.now().saved).toBe('partly');
    expect(device.kept.get(assignmentId)?.[0]).toMatchObject({ synced: false, answers: typed });
    // it can't be sent in ten seconds either
    await pass(60_000);
    expect(device.sent).toHaveLength(1);
    await page.write({ situation: 'mended', fear: 4 });
    await pass(800);
    expect(page.now().saved).toBe('saved');
    expect(device.kept.get(assignmentId)?.[0]?.synced).toBe(true);
  });

  it.each<[string, Record<string, unknown>]>([
    ['blank', { situation: '   ', fear: 3 }],
    ['cleared', { situation: undefined, fear: 3 }],
    ['to a question that does not apply', { situation: 'meeting', fear: 3, why: 'laughter' }],
  ])('is another thing than none: %s', async (_what, typed) => {
    const page = device.open();
    await page.write(typed);
    await pass(800);
    expect([page.now().saved, device.kept.get(assignmentId)?.[0]?.synced]).toEqual(['saved', true]);
  });
});

describe('a part that can’t be sent as it is', () => {
  const inAnHour = '2026-03-02T16:10:00.000Z';
  it('keeps nothing else from being saved, and is named', async () => {
    const page = device.open();
    await page.write({ situation: 'here' });
    await act(async () => page.now().update({ performedAt: inAnHour }));
    await pass(800);
    expect(device.sent.map(({ answers, performedAt }) => [answers, performedAt])).toEqual([
      [{ situation: 'here' }, undefined],
    ]);
    expect(page.now()).toMatchObject({ saved: 'partly', draft: { performedAt: inAnHour, synced: false } });
    expect(page.now().refused.map(({ linkId }) => linkId)).toEqual([timeOfLog]);
    await act(async () => page.now().update({ performedAt: savedAt }));
    await pass(800);
    expect([device.sent.at(-1)?.performedAt, page.now().saved, page.now().refused]).toEqual([savedAt, 'saved', []]);
  });

  it.each<[string, object, Record<string, unknown>, string, object]>([
    [
      'an answer',
      { linkId: 'fear', problem: 'is out of range' },
      { situation: 'here', fear: 3 },
      'fear',
      { situation: 'here' },
    ],
    [
      'the time',
      { path: 'performedAt', problem: 'is before the plan starts' },
      { situation: 'here' },
      timeOfLog,
      { situation: 'here' },
    ],
  ])('is left out when the service refuses it, until it is another: %s', async (_what, issue, answers, part, rest) => {
    device.answers = [400, 200];
    device.issues = [issue];
    const page = device.open();
    await act(async () => page.now().update({ answers, performedAt: savedAt }));
    await pass(800);
    expect(device.sent).toHaveLength(2);
    expect(device.sent[1]?.answers).toEqual(rest);
    expect(page.now()).toMatchObject({ saved: 'partly', refused: [{ linkId: part }] });
    await pass(60_000);
    expect(device.sent).toHaveLength(2);
  });

  it('is not asked for again and again when the refusal names nothing that was sent', async () => {
    device.answers = [400];
    device.issues = [
      { linkId: 'unknown', problem: 'is no question' },
      { path: 'performedAt', problem: 'is odd' },
    ];
    const page = device.open();
    await page.write({ situation: 'here' });
    await pass(800);
    expect([device.sent.length, page.now().saved]).toEqual([1, 'unsaved']);
  });
});

it('loaded anew again and again, the same log asks for nothing', async () => {
  let away = 0;
  const page = device.open({ begun: begunAt(savedAt), onAway: () => (away += 1) });
  await page.write({ situation: 'here' });
  await pass(800);
  for (let time = 0; time < 5; time += 1) await device.loadAnew();
  await pass(60_000);
  expect([away, device.sent.length]).toEqual([0, 1]);
  await device.leave();
  expect(away).toBe(1);
});
