import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { type DraftSaid, saysSame } from '../../../src/homework/log/merge-drafts.ts';
import { count, expectAnswer, list, record, shaped, text } from '../service/answer-shape.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { DraftCopy } from '../session/draft-copy.ts';
import { beganFrom, isAllOf, joinWith, saidOf, saidToSend } from './draft-said.ts';
import { ageBeside, firstDraft } from './first-draft.ts';
import { givenAnew } from './given-anew.ts';
import { lockedPredictions } from './locked-predictions.ts';
import type { LogDraft, LogDraftOptions, Saved } from './log-draft.ts';
import { leftOutOf, type Refused, refusedOf } from './refused-parts.ts';
import { useWhenLeft } from './use-when-left.ts';

const isKeptLog = shaped<LogView>({ id: text, authored: text, performedAt: text, answers: record, withheld: list });
/** Only what says what it has kept is the service's own word that it has. */
const isSavedLog = shaped<{ readonly log: LogView; readonly version: number }>({ log: isKeptLog, version: count });

const pauseInTypingMs = 800;
const tryAgainMs = 10_000;
/** So many sends without an answer are remembered: more would only tell that the connection is gone. */
const mostSent = 5;
/** What says that a draft is not taken any more, however often it is sent. */
const endings: ReadonlySet<string> = new Set([
  'not-supported',
  'assignment-closed',
  'assignment-locked',
  'plan-closed',
]);

/**
 * A log while it is written: kept on this device with every key, and at the service in every pause of typing, where it is joined
 * with what was written of it in another tab or on another device.
 */
export function useLogDraft(options: LogDraftOptions): LogDraft {
  const { drafts, call, online, expired } = useAppSession();
  const { saveAtService, begun, version, subject } = options;
  // each loading makes new ones of the same, which is no reason to begin anything anew
  const given = useRef(options);
  given.current = options;
  const [first] = useState(() => firstDraft(options, drafts.find(subject)));
  const [draft, setDraft] = useState(first.draft);
  const [saved, setSaved] = useState<Saved>(() =>
    draft.synced ? (saveAtService ? 'saved' : 'untouched') : isBegun(draft) ? 'unsaved' : 'untouched',
  );
  const [joined, setJoined] = useState(first.elsewhere);
  const [risk, setRisk] = useState<LogDraft['risk']>(begun ?? {});
  const newest = useRef(draft);
  const [refused, setRefused] = useState<Refused>(new Map());
  const refusedNow = useRef(refused);
  const sending = useRef(Promise.resolve());
  const dropped = useRef(false);
  const ended = useRef(false);
  const changed = useRef(false);
  const away = useRef(options.onAway);
  away.current = options.onAway;

  const keep = useCallback(
    (next: DraftCopy): void => {
      newest.current = next;
      drafts.keep(next, first.rest);
      setDraft(next);
    },
    [drafts, first],
  );
  useEffect(() => {
    if (first.joined) drafts.keep(newest.current, first.rest);
  }, [drafts, first]);

  const send = useCallback(
    async (sent: DraftCopy, { keepalive = false, anew = false } = {}): Promise<void> => {
      const { assignmentId, fields, predictionParts, now } = given.current;
      if (dropped.current || ended.current || !saveAtService || !isBegun(sent) || (sent.synced && !anew)) return;
      const { logId, occurrenceId } = sent;
      const leftOut = (draft: DraftCopy) => leftOutOf(draft, { refused: refusedNow.current, now: now() });
      const said = saidToSend(fields, sent, leftOut(sent));
      const isWhole = (draft: DraftCopy, there: DraftSaid) =>
        isAllOf(fields, draft, there) && leftOut(draft).size === 0;
      const isKnown = !anew && sent.sent === undefined && sent.anew === undefined;
      if (isKnown && sent.base !== undefined && saysSame(said, sent.base)) {
        // what can be sent of it is there
        const whole = isWhole(sent, sent.base);
        if (whole && newest.current === sent) keep({ ...sent, synced: true });
        setSaved(whole ? 'saved' : 'partly');
        return;
      }
      const base = beganFrom(sent);
      const body = { assignmentId, ...defined({ occurrenceId, anew: sent.anew }), ...said, base };
      // until it is answered nobody knows whether it has arrived
      const { sent: before = [] } = newest.current;
      if (!before.some((version) => saysSame(version, said)))
        newest.current = { ...newest.current, sent: [...before, said].slice(-mostSent) };
      setSaved('saving');
      try {
        const path = `/app/v1/drafts/${encodeURIComponent(logId)}`;
        const { log, version } = expectAnswer(await call({ method: 'PUT', path, body, keepalive }), isSavedLog);
        changed.current = true;
        if (dropped.current) return;
        const theirs = saidOf(log);
        const next = {
          ...joinWith(fields, newest.current, { theirs, base: said }),
          ...{ logId: log.id, ...defined({ occurrenceId: log.occurrenceId ?? occurrenceId }), savedAt: log.authored },
          version,
        };
        // what can't be sent as it is stands on this device only, and so the device's copy goes first
        const whole = isWhole(next, theirs);
        const locked = lockedPredictions(newest.current, next.answers, predictionParts);
        // what was given meanwhile goes with the next
        const { locked: _before, anew: given, ...open } = next;
        const stillNew = given === sent.anew ? undefined : given;
        const isSaved = whole && stillNew === undefined;
        keep({
          ...{ ...open, synced: isSaved },
          ...defined({ locked: locked && (log.predicted?.linkIds ?? locked), anew: stillNew }),
        });
        setRisk(log);
        if (!saysSame(theirs, said)) setJoined(true);
        setSaved(
          isSaved
            ? 'saved'
            : whole
              ? 'saving'
              : saysSame(saidToSend(fields, next, leftOut(next)), theirs)
                ? 'partly'
                : 'unsaved',
        );
      } catch (error) {
        const { code, status, issues } = problemOf(error);
        const found = refusedOf(issues, said, sent);
        if (found.size > 0) {
          // one part that is refused keeps none of the others from being saved
          refusedNow.current = new Map([...refusedNow.current, ...found]);
          setRefused(refusedNow.current);
          await send(newest.current, { keepalive, anew });
          return;
        }
        ended.current = status === 409 && endings.has(code);
        setSaved(ended.current ? 'ended' : 'unsaved');
        if (ended.current) away.current?.();
      }
    },
    [call, keep, saveAtService],
  );

  const settle = useCallback(async (): Promise<DraftCopy> => {
    sending.current = sending.current.then(() => send(newest.current));
    await sending.current;
    return newest.current;
  }, [send]);
  const askAnew = useCallback(async (): Promise<DraftCopy> => {
    sending.current = sending.current.then(() => send(newest.current, { anew: true }));
    await sending.current;
    return newest.current;
  }, [send]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the draft starts the pause anew
  useEffect(() => {
    if (newest.current.synced || expired || !isBegun(newest.current)) return;
    const timer = setTimeout(() => void settle(), pauseInTypingMs);
    return () => clearTimeout(timer);
  }, [draft, online, expired, settle]);
  useEffect(() => {
    if (saved !== 'unsaved' || expired || !saveAtService) return;
    const timer = setInterval(() => void settle(), tryAgainMs);
    return () => clearInterval(timer);
  }, [saved, expired, saveAtService, settle]);

  // what the service has was loaded anew, with something that came from another place
  const known = useRef(begun);
  useEffect(() => {
    if (begun === undefined || begun === known.current) return;
    known.current = begun;
    const { base, logId } = newest.current;
    const age = ageBeside({ begun, ...defined({ version }) }, newest.current);
    // a signal is closed without a change of the log
    if (begun.id === logId && age >= 0) setRisk(begun);
    const isNews = begun.id === logId && age > 0;
    if (!isNews || (base !== undefined && saysSame(base, saidOf(begun)))) return;
    const { fields } = given.current;
    const joinedNow = joinWith(fields, newest.current, { theirs: saidOf(begun) });
    const next = { ...joinedNow, ...defined({ version }), savedAt: begun.authored };
    keep({ ...next, synced: isAllOf(fields, next, saidOf(begun)) });
    setJoined(true);
  }, [begun, version, keep]);

  useWhenLeft({
    onHidden: () => {
      if (!expired) void send(newest.current, { keepalive: true });
    },
    onSignOut: settle,
    onLeft: () =>
      void settle().then(() => {
        if (changed.current && !dropped.current) away.current?.();
      }),
  });

  const update = useCallback<LogDraft['update']>(
    (change) => {
      const before = newest.current;
      const { predictionParts } = given.current;
      const { locked: _before, anew: _given, ...rest } = before;
      const anew = givenAnew(before, change, given.current.safety);
      const locked = lockedPredictions(before, change.answers ?? before.answers, predictionParts);
      // a prediction goes to the service before its outcome does, so that it has a time of its own
      if (locked !== undefined && before.locked === undefined && !before.synced)
        sending.current = sending.current.then(() => send(before));
      keep({ ...rest, ...change, ...defined({ locked, anew }), synced: false });
      setSaved((was) => (was === 'ended' ? was : saveAtService ? 'saving' : 'unsaved'));
    },
    [keep, saveAtService, send],
  );
  const drop = useCallback((): void => {
    dropped.current = true;
    drafts.drop(subject);
  }, [drafts, subject]);
  const issues = [...leftOutOf(draft, { refused, now: options.now() })].map(([linkId, problem]) => ({
    linkId,
    problem,
  }));
  return { draft, saved, joined, risk, refused: issues, update, settle, askAnew, drop };
}

/** Whether there is anything to keep: words, or that they were taken out again. */
function isBegun({ answers, base }: DraftCopy): boolean {
  return base !== undefined || Object.values(answers).some((answer) => answer !== undefined && answer !== '');
}
