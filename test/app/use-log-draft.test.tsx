import type { Questionnaire } from 'fhir/r4';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readQuestionnaire } from '../../smart-app/src/forms/read-questionnaire.ts';
import { type LogDraft, type LogDraftOptions, useLogDraft } from '../../smart-app/src/forms/use-log-draft.ts';
import { AppSessionProvider } from '../../smart-app/src/session/app-session.tsx';
import type { DraftCopy, LocalCopy } from '../../smart-app/src/session/local-copy.ts';
import type { StoredSession } from '../../smart-app/src/session/session-store.ts';
import type { LogView } from '../../src/contract/app/plan-view.ts';
import { type Rendered, render } from './render.tsx';

const questionnaire: Questionnaire = {
  ...{
    resourceType: 'Questionnaire',
    status: 'active',
    url: 'https://intersession.dev/fhir/Questionnaire/x',
    version: '1.0.0',
  },
  item: [
    { linkId: 'situation', type: 'string', text: 'What was it?', maxLength: 20 },
    { linkId: 'fear', type: 'integer', text: 'How much fear?' },
    {
      ...{ linkId: 'why', type: 'string', text: 'Of what?' },
      enableWhen: [{ question: 'fear', operator: '>', answerInteger: 5 }],
    },
  ],
};
const fields = readQuestionnaire(questionnaire);
const [assignmentId, logId, savedAt] = ['step-1', '6f1c0000-0000-4000-8000-000000000001', '2026-03-02T15:00:00.000Z'];
const session = {
  ...{ session: 'opaque', launchId: 'launch-1', role: 'patient', canWrite: true, patientId: 'sarah' },
  tenant: { id: 'north' },
} as unknown as StoredSession;

const copyOf = (changes: Partial<DraftCopy> = {}): DraftCopy => ({
  ...{
    subject: assignmentId,
    logId,
    occurrenceId: 'step-1.1',
    performedAt: savedAt,
    withheld: [],
    synced: true,
    savedAt,
  },
  answers: { situation: 'on this device' },
  ...changes,
});
const begunAt = (authored: string, changes: Partial<LogView> = {}) =>
  ({
    ...{ id: logId, occurrenceId: 'step-1.1', authored, performedAt: savedAt, withheld: [], status: 'in-progress' },
    answers: { situation: 'at the service' },
    ...changes,
  }) as unknown as LogView;

/** What the service is asked to keep, and what it answers: the next of these, the last one for ever. */
interface Sent {
  readonly path: string;
  readonly answers: unknown;
}
let sent: Sent[] = [];
let answers: (number | 'offline')[] = [];
let copies: Map<string, DraftCopy>;
let shown: Rendered | undefined;
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answers = [200];
  copies = new Map();
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    sent.push({ path, answers: JSON.parse(body).answers });
    const status = answers.length > 1 ? answers.shift() : answers[0];
    if (status === 'offline' || status === undefined) throw new TypeError('no network');
    return new Response(JSON.stringify(status === 200 ? { authored: '2026-03-02T15:10:00.000Z' } : { code: 'x' }), {
      status,
    });
  });
});
afterEach(async () => {
  await act(async () => shown?.leave());
  shown = undefined;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page on which the log is written. */
function open(options: Partial<LogDraftOptions> = {}): { readonly now: () => LogDraft } {
  let latest: LogDraft | undefined;
  const drafts: LocalCopy = {
    find: (subject) => copies.get(subject),
    keep: (draft) => void copies.set(draft.subject, draft),
    drop: (subject) => void copies.delete(subject),
    written: async () => {},
    wipe: () => copies.clear(),
  };
  const given = {
    subject: assignmentId,
    assignmentId,
    occurrenceId: 'step-1.1',
    fields,
    performedAt: savedAt,
    saveAtService: true,
  };
  function Page() {
    latest = useLogDraft({ ...given, ...options });
    return null;
  }
  shown = render(
    <AppSessionProvider session={session} drafts={drafts} onLeft={() => {}}>
      <Page />
    </AppSessionProvider>,
  );
  return {
    now: () => {
      if (latest === undefined) throw new Error('the page is not shown');
      return latest;
    },
  };
}
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const write = (page: ReturnType<typeof open>, change: Record<string, unknown>) =>
  act(async () => page.now().update({ answers: { ...page.now().draft.answers, ...change } }));

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
    // what was typed here and never came to the service is lost to nobody
    ['this device could not save', copyOf({ synced: false }), begunAt('2026-03-05T09:00:00.000Z'), 'on this device'],
  ])('%s', async (_what, copy, begun, situation) => {
    if (copy !== undefined) copies.set(assignmentId, copy);
    const page = open(begun === undefined ? {} : { begun });
    expect(page.now().draft.answers.situation ?? '').toBe(situation);
    if (begun !== undefined && situation === 'at the service') expect(page.now().draft.logId).toBe(begun.id);
    // nothing that is old is sent over it
    await pass(60_000);
    const resent = copy?.synced === false;
    expect(sent.map((call) => call.answers)).toEqual(resent ? [{ situation }] : []);
  });

  it('after another device has saved what this one sent before: also when an answer no longer applies', async () => {
    const page = open();
    await write(page, { situation: 'meeting', fear: 8, why: 'laughter' });
    await write(page, { fear: 2 });
    await pass(800);
    expect([page.now().saved, copies.get(assignmentId)?.synced]).toEqual(['saved', true]);
    await act(async () => shown?.leave());
    shown = undefined;
    const begun = begunAt('2026-03-03T09:00:00.000Z', { id: sent[0]?.path.split('/').at(-1) ?? '' });
    expect(open({ begun }).now().draft.answers.situation).toBe('at the service');
  });
});

describe('a save that fails', () => {
  it.each<[string, readonly (number | 'offline')[]]>([
    ['without a connection', ['offline']],
    ['while the service is down, twice', [503, 503]],
    ['while it is asked too much', [429]],
    ['by a fault of its own, then of the network', [500, 'offline', 502]],
  ])('is tried again until it is saved: %s', async (_how, failures) => {
    answers = [...failures, 200];
    const page = open();
    await write(page, { situation: 'meeting' });
    await pass(800);
    expect([page.now().saved, sent.length]).toEqual(['on-device', 1]);
    expect(copies.get(assignmentId)).toMatchObject({ synced: false, answers: { situation: 'meeting' } });
    for (const _failure of failures) await pass(10_000);
    expect(page.now().saved).toBe('saved');
    expect(copies.get(assignmentId)).toMatchObject({ synced: true, savedAt: '2026-03-02T15:10:00.000Z' });
    const tries = sent.length;
    expect(tries).toBeGreaterThan(failures.length);
    expect(new Set(sent.map(({ path }) => path)).size).toBe(1);
    await pass(60_000);
    expect(sent.length).toBe(tries);
  });

  it('is made at once when somebody asks to go on later, with what was typed last', async () => {
    answers = ['offline', 200];
    const page = open();
    await write(page, { situation: 'meeting' });
    await pass(800);
    await write(page, { situation: 'meetings' });
    await act(async () => page.now().settle());
    expect(sent.at(-1)?.answers).toEqual({ situation: 'meetings' });
    expect(page.now().saved).toBe('saved');
  });
});

describe('an answer that can’t be sent as it is', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['too long', { situation: 'x'.repeat(21), fear: 3 }, { fear: 3 }],
    ['no whole number', { situation: 'meeting', fear: 2.5 }, { situation: 'meeting' }],
    ['with a sign that nobody can keep', { situation: 'a\u0000b', fear: 3 }, { fear: 3 }],
  ])('is not called saved, and stays on this device: %s', async (_what, typed, sendable) => {
    const page = open();
    await write(page, typed);
    await pass(800);
    expect(sent.map((call) => call.answers)).toEqual([sendable]);
    expect(page.now().saved).toBe('partly');
    expect(copies.get(assignmentId)).toMatchObject({ synced: false, answers: typed });
    // it can't be sent in ten seconds either
    await pass(60_000);
    expect(sent).toHaveLength(1);
    await write(page, { situation: 'mended', fear: 4 });
    await pass(800);
    expect(page.now().saved).toBe('saved');
    expect(copies.get(assignmentId)?.synced).toBe(true);
  });

  it.each<[string, Record<string, unknown>]>([
    ['blank', { situation: '   ', fear: 3 }],
    ['cleared', { situation: undefined, fear: 3 }],
    ['to a question that does not apply', { situation: 'meeting', fear: 3, why: 'laughter' }],
  ])('is another thing than none: %s', async (_what, typed) => {
    const page = open();
    await write(page, typed);
    await pass(800);
    expect([page.now().saved, copies.get(assignmentId)?.synced]).toEqual(['saved', true]);
  });
});
