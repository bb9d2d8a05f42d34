import type { Questionnaire } from 'fhir/r4';
import { act, useState } from 'react';
import { afterEach, beforeEach, vi } from 'vitest';
import type { LogDraft, LogDraftOptions } from '../../smart-app/src/forms/log-draft.ts';
import { readQuestionnaire } from '../../smart-app/src/forms/read-questionnaire.ts';
import { useLogDraft } from '../../smart-app/src/forms/use-log-draft.ts';
import { AppSessionProvider } from '../../smart-app/src/session/app-session.tsx';
import type { DraftCopy } from '../../smart-app/src/session/draft-copy.ts';
import type { LocalCopy } from '../../smart-app/src/session/local-copy.ts';
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
    { linkId: 'long', type: 'quantity', text: 'How long?' },
    {
      ...{ linkId: 'why', type: 'string', text: 'Of what?' },
      enableWhen: [{ question: 'fear', operator: '>', answerInteger: 5 }],
    },
  ],
};
const fields = readQuestionnaire(questionnaire);
export const assignmentId = 'step-1';
const logId = '6f1c0000-0000-4000-8000-000000000001';
export const savedAt = '2026-03-02T15:00:00.000Z';
/** When the service says that it took what it is sent. */
export const takenAt = '2026-03-02T15:10:00.000Z';
const session = {
  ...{ session: 'opaque', launchId: 'launch-1', role: 'patient', canWrite: true, patientId: 'sarah' },
  ...{ tenant: { id: 'north' }, user: { reference: 'Patient/sarah' } },
} as unknown as StoredSession;

const onDevice = { place: 'device', days: 7 } as const;

/** What this device has kept of the log. */
export const copyOf = (changes: Partial<DraftCopy> = {}): DraftCopy => ({
  ...{
    subject: assignmentId,
    logId,
    occurrenceId: 'step-1.1',
    performedAt: savedAt,
    withheld: [],
    synced: true,
    savedAt,
  },
  base: { performedAt: savedAt, answers: { situation: 'at the service' }, withheld: [] },
  answers: { situation: 'on this device' },
  ...changes,
});
/** What the service has of it, and since when. */
export const begunAt = (authored: string, changes: Partial<LogView> = {}) =>
  ({
    ...{ id: logId, occurrenceId: 'step-1.1', authored, performedAt: savedAt, withheld: [], status: 'in-progress' },
    answers: { situation: 'at the service' },
    ...changes,
  }) as unknown as LogView;

interface Sent {
  readonly path: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly performedAt?: string;
  readonly base?: { readonly answers: Readonly<Record<string, unknown>> };
}

/** A page on which the log is written. */
export interface LogDraftPage {
  readonly now: () => LogDraft;
  readonly write: (change: Record<string, unknown>) => Promise<void>;
}

/** A device on which a log is written, with a fake service; anew for each test of the file that asks for it. */
export interface WritingDevice {
  /** What the service was asked to keep. */
  readonly sent: readonly Sent[];
  /** What the service answers: the next of these, the last one for ever. */
  answers: (number | 'offline')[];
  /** The code of a refusal. */
  code: string;
  /** What a refusal names. */
  issues: readonly object[];
  /** What it has kept, if it is not what was sent. */
  answer?: ((said: object) => object) | undefined;
  /** What is kept on the device, by subject. */
  readonly kept: Map<string, readonly DraftCopy[]>;
  readonly open: (options?: Partial<LogDraftOptions>) => LogDraftPage;
  /** The same page with what the service has, loaded anew: the same in other objects. */
  readonly loadAnew: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

export function writingDevice(): WritingDevice {
  const sent: Sent[] = [];
  const kept = new Map<string, readonly DraftCopy[]>();
  let shown: Rendered | undefined;
  let again = () => {};
  const drafts: LocalCopy = {
    find: (subject) => device.kept.get(subject) ?? [],
    unsent: () => [...device.kept.values()].flat().some(({ synced }) => !synced),
    peek: (subject) => device.kept.get(subject) ?? [],
    keep: (draft, rest = []) => void device.kept.set(draft.subject, [draft, ...rest]),
    drop: (subject) => void device.kept.set(subject, (device.kept.get(subject) ?? []).slice(1)),
    where: () => onDevice,
    watch: () => () => {},
    written: async () => {},
    wipe: async () => device.kept.clear(),
  };
  const device: WritingDevice = {
    sent,
    answers: [200],
    code: 'x',
    issues: [],
    kept,
    open(options = {}) {
      let latest: LogDraft | undefined;
      const given = {
        ...{ subject: assignmentId, assignmentId, occurrenceId: 'step-1.1' },
        ...{ fields, saveAtService: true, now: () => takenAt },
      };
      function Page() {
        const [times, setTimes] = useState(0);
        again = () => setTimes(times + 1);
        const { begun } = options;
        const anew =
          times === 0 ? {} : { fields: readQuestionnaire(questionnaire), ...(begun && { begun: { ...begun } }) };
        latest = useLogDraft({ ...given, ...options, ...anew });
        return null;
      }
      shown = render(
        <AppSessionProvider session={session} drafts={drafts} onLeft={() => {}}>
          <Page />
        </AppSessionProvider>,
      );
      const now = () => {
        if (latest === undefined) throw new Error('the page is not shown');
        return latest;
      };
      return {
        now,
        write: (change) => act(async () => now().update({ answers: { ...now().draft.answers, ...change } })),
      };
    },
    loadAnew: () => act(async () => again()),
    async leave() {
      await act(async () => shown?.leave());
      shown = undefined;
    },
  };
  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    device.answers = [200];
    device.code = 'x';
    device.issues = [];
    device.answer = undefined;
    kept.clear();
    vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
      const { answers, base, withheld, others, performedAt } = JSON.parse(body);
      sent.push({ path, answers, base, ...(performedAt === undefined ? {} : { performedAt }) });
      const status = device.answers.length > 1 ? device.answers.shift() : device.answers[0];
      if (status === 'offline' || status === undefined) throw new TypeError('no network');
      const said = { answers, withheld, others, ...(performedAt === undefined ? { timeOpen: true } : {}) };
      const log = device.answer?.(said) ?? {
        ...{ ...said, id: path.split('/').at(-1), occurrenceId: 'step-1.1', authored: takenAt },
        performedAt: performedAt ?? takenAt,
      };
      return new Response(
        JSON.stringify(status === 200 ? { log, version: sent.length } : { code: device.code, issues: device.issues }),
        {
          status,
        },
      );
    });
  });
  afterEach(async () => {
    await device.leave();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  return device;
}

/** Time goes by for what waits in the page. */
export const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
