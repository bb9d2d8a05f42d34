import { useEffect, useState } from 'react';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import type { Instant } from '../../../src/homework/model.ts';
import { Said, useDone } from '../parts/said.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { stepName } from '../plan/steps.ts';
import { useNowSince } from '../session/use-now-since.ts';
import type { Change } from '../session/use-patient-homework.ts';
import { isolate } from '../words/isolate.ts';
import { barrierWords } from '../words/status-words.ts';
import '../styles/undo-strip.css';

interface UndoStripProps {
  readonly homework: PatientHomework;
  readonly change: (change: Change) => Promise<PlanView | undefined>;
  /** The page that is open: what was undone is said on the page on which it was. */
  readonly page: string;
}

/** How often the time that is left is said anew. */
const tickMs = 15_000;

/** One thing that can be undone, in words, and how. */
interface Undoable {
  readonly id: string;
  readonly until: Instant;
  readonly title: string;
  /** Which one. */
  readonly words: string;
  /** What follows “Undo” for who does not see what it stands beside. */
  readonly what: string;
  readonly undone: string;
  readonly by: Change;
}

type Given = NonNullable<PlanView['undoable']>[number];

function undoableOf(view: PlanView, given: Given): Undoable | undefined {
  const { until } = given;
  if ('assignmentId' in given) {
    const step = view.assignments.find(({ id }) => id === given.assignmentId);
    return (
      step && {
        ...{ id: step.id, until, title: 'A step was withdrawn', words: stepName(step) },
        ...{ what: `the withdrawal of step ${step.key}`, undone: `${stepName(step)} is as it was before.` },
        by: { method: 'POST', path: `/assignments/${step.id}/moves`, body: { event: 'undo-withdraw' } },
      }
    );
  }
  if ('barrierId' in given) {
    const barrier = view.barriers.find(({ id }) => id === given.barrierId);
    const short = barrier && barrierWords[barrier.code].short;
    const words = barrier?.text === undefined ? `${short}` : `${short}: “${isolate(barrier.text)}”`;
    return (
      barrier && {
        ...{ id: barrier.id, until, title: 'Noted as talked over', words },
        ...{ what: 'that it was talked over', undone: `“${short}” counts as not talked over again.` },
        by: { method: 'DELETE', path: `/barriers/${barrier.id}/talked-over` },
      }
    );
  }
  const message = view.feedback.find(({ id }) => id === given.feedbackId);
  return (
    message && {
      ...{ id: message.id, until, title: 'A message was marked as read', words: `“${isolate(inBrief(message.text))}”` },
      ...{ what: 'that it was read', undone: 'The message is unread again.' },
      by: { method: 'DELETE', path: `/feedback/${message.id}/read` },
    }
  );
}

const mostLetters = 80;
const inBrief = (text: string): string => (text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text);

/**
 * What can still be undone, in one line: the last act, and those before it folded away; on whichever page one is,
 * with the time that is left by the service's clock.
 */
export function UndoStrip({ homework, change, page }: UndoStripProps) {
  const now = useNowSince(homework.now);
  const [done, say] = useDone();
  const [saidOn, setSaidOn] = useState<string>();
  const { busy, problem, run } = useAction();
  const [asked, setAsked] = useState<string>();
  const [, tick] = useState(0);
  const undoable = homework.plans
    .flatMap((view) =>
      (view.undoable ?? []).flatMap((given) => (given.until <= now() ? [] : (undoableOf(view, given) ?? []))),
    )
    .toSorted((a, b) => b.until.localeCompare(a.until));
  const [last, ...earlier] = undoable;
  const waiting = undoable.length > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, [waiting]);
  useEffect(() => setSaidOn((on) => (on === page ? on : undefined)), [page]);
  const undo = async ({ id, by, undone }: Undoable): Promise<void> => {
    setAsked(id);
    if (!(await run(() => change(by)))) return;
    setSaidOn(page);
    say(undone);
  };
  const line = (entry: Undoable) => (
    <>
      <p>
        {entry.title}: <bdi>{entry.words}</bdi>{' '}
        <span className="quiet">You can undo this for {minutesLeft(now(), entry.until)}.</span>
      </p>
      <button type="button" className="secondary small" disabled={busy} onClick={() => void undo(entry)}>
        Undo<span className="hidden-words"> {entry.what}</span>
      </button>
      {problem === undefined || asked !== entry.id ? null : <p role="alert">{problem}</p>}
    </>
  );
  return (
    <div className="undo-strip">
      {last === undefined ? null : (
        <Notice tone="open">
          <div className="undo-line">{line(last)}</div>
          {earlier.length === 0 ? null : (
            <details>
              <summary>{earlier.length} more to undo</summary>
              <ul className="plain-list">
                {earlier.map((entry) => (
                  <li key={entry.id} className="undo-line">
                    {line(entry)}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Notice>
      )}
      <Said done={saidOn === page ? done : undefined} />
    </div>
  );
}

/** The time that is left, never more than there is. */
export function minutesLeft(now: Instant, until: Instant): string {
  const minutes = Math.floor((Date.parse(until) - Date.parse(now)) / 60_000);
  if (minutes < 1) return 'less than a minute';
  return minutes === 1 ? 'one more minute' : `${minutes} more minutes`;
}
