import { useCallback, useEffect, useRef, useState } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import type { Instant } from '../../../src/homework/model.ts';
import { expectAnswer, shaped, text } from '../service/answer-shape.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { DraftCopy } from '../session/local-copy.ts';
import { checkAnswers, sendableAnswers } from './check-answers.ts';
import { type DraftStart, firstDraft, otherVersion } from './first-draft.ts';
import { lockedPredictions } from './locked-predictions.ts';

/**
 * Where what is typed stands: nowhere yet, on its way, at the service, there but for an answer that can't be sent as it is, or
 * on this device only.
 */
export type Saved = 'untouched' | 'saving' | 'saved' | 'partly' | 'on-device';

export interface LogDraftOptions extends DraftStart {
  readonly assignmentId: string;
  /** Whether the service keeps it while it is written; else only this device does. */
  readonly saveAtService: boolean;
  /** The page is left with something saved at the service: what was loaded before is old now. */
  readonly onAway?: () => void;
}

export interface LogDraft {
  readonly draft: DraftCopy;
  readonly saved: Saved;
  /** Shows another version of it, which is written nowhere else; absent: there is none. */
  readonly showOther?: () => void;
  readonly update: (change: Partial<Pick<DraftCopy, 'answers' | 'withheld' | 'performedAt'>>) => void;
  /** Saves at once; resolves when nothing of it is under way any more. */
  readonly settle: () => Promise<void>;
  /** Forgets it on this device, when it has become a log or is given up. */
  readonly drop: () => void;
}

/** Only what says when it was saved is the service's own word that it was. */
const isSaved = shaped<{ readonly authored: Instant }>({ authored: text });

const pauseInTypingMs = 800;
const tryAgainMs = 10_000;

/** A log while it is written: kept on this device with every key, and at the service in every pause of typing. */
export function useLogDraft(options: LogDraftOptions): LogDraft {
  const { drafts, call, online, expired, beforeLeaving } = useAppSession();
  const [draft, setDraft] = useState(() => firstDraft(options, drafts.find(options.subject)));
  const [saved, setSaved] = useState<Saved>(() =>
    draft.synced ? 'saved' : hasContent(draft) ? 'on-device' : 'untouched',
  );
  const newest = useRef(draft);
  const sending = useRef(Promise.resolve());
  const dropped = useRef(false);
  const changed = useRef(false);
  const away = useRef(options.onAway);
  away.current = options.onAway;
  const { assignmentId, fields, saveAtService, predictionParts } = options;

  const send = useCallback(
    async (sent: DraftCopy, keepalive = false): Promise<void> => {
      if (dropped.current || sent.synced || !saveAtService || !hasContent(sent)) return;
      const answers = sendableAnswers(fields, sent.answers);
      const { logId, occurrenceId, performedAt, withheld } = sent;
      const body = {
        assignmentId,
        ...defined({ occurrenceId }),
        performedAt,
        answers,
        withheld,
      };
      setSaved('saving');
      try {
        const path = `/app/v1/drafts/${encodeURIComponent(logId)}`;
        const { authored: savedAt } = expectAnswer(await call({ method: 'PUT', path, body, keepalive }), isSaved);
        changed.current = true;
        if (newest.current !== sent || dropped.current) return;
        // what could not be sent yet stands on this device only, and so the device's copy goes first; an answer to a
        // question that no longer applies is nothing to be sent
        const whole = checkAnswers(fields, sent.answers, false).length === 0;
        newest.current = { ...sent, synced: whole, savedAt };
        drafts.keep(newest.current);
        setSaved(whole ? 'saved' : 'partly');
      } catch (error) {
        problemOf(error);
        setSaved('on-device');
      }
    },
    [assignmentId, call, drafts, fields, saveAtService],
  );

  const settle = useCallback((): Promise<void> => {
    sending.current = sending.current.then(() => send(newest.current));
    return sending.current;
  }, [send]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the draft starts the pause anew
  useEffect(() => {
    if (newest.current.synced || expired || !hasContent(newest.current)) return;
    const timer = setTimeout(() => void settle(), pauseInTypingMs);
    return () => clearTimeout(timer);
  }, [draft, online, expired, settle]);
  useEffect(() => {
    if (saved !== 'on-device' || expired || !saveAtService) return;
    const timer = setInterval(() => void settle(), tryAgainMs);
    return () => clearInterval(timer);
  }, [saved, expired, saveAtService, settle]);

  useEffect(() => {
    // the tab may be closed, or on a phone never be seen again: then nothing is left of this device's copy
    const leaving = (): void => {
      if (!expired) void send(newest.current, true);
    };
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') leaving();
    };
    window.addEventListener('pagehide', leaving);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('pagehide', leaving);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [send, expired]);
  useEffect(() => {
    const stay = beforeLeaving(settle);
    return () => {
      stay();
      // another page of the app is opened, maybe within the pause
      void settle().then(() => {
        if (changed.current && !dropped.current) away.current?.();
      });
    };
  }, [beforeLeaving, settle]);

  const take = useCallback(
    (next: DraftCopy): void => {
      newest.current = next;
      drafts.keep(next);
      setDraft(next);
      if (!saveAtService) setSaved('on-device');
    },
    [drafts, saveAtService],
  );
  const update = useCallback<LogDraft['update']>(
    (change) => {
      const before = newest.current;
      const { locked: _before, ...rest } = before;
      const locked = lockedPredictions(before, change.answers ?? before.answers, predictionParts);
      // a prediction goes to the service before its outcome does, so that it has a time of its own
      if (locked !== undefined && before.locked === undefined && !before.synced)
        sending.current = sending.current.then(() => send(before));
      take({ ...rest, ...change, ...defined({ locked }), synced: false });
    },
    [take, predictionParts, send],
  );
  const showOther = draft.others === undefined ? undefined : (): void => take(otherVersion(newest.current));
  const drop = useCallback((): void => {
    dropped.current = true;
    drafts.drop(options.subject);
  }, [drafts, options.subject]);
  return { draft, saved, ...defined({ showOther }), update, settle, drop };
}

function hasContent({ answers }: DraftCopy): boolean {
  return Object.values(answers).some((answer) => answer !== undefined && answer !== '');
}
