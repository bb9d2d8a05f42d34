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

interface UndoStripProps {
  readonly homework: PatientHomework;
  readonly change: (change: Change) => Promise<PlanView | undefined>;
}

/** How often the time that is left is said anew. */
const tickMs = 15_000;

/** What can still be undone, on whichever page one is, with the time that is left by the service's clock. */
export function UndoStrip({ homework, change }: UndoStripProps) {
  const now = useNowSince(homework.now);
  const [done, say] = useDone();
  const { busy, problem, run } = useAction();
  const [, tick] = useState(0);
  const undoable = homework.plans.flatMap((view) =>
    (view.undoable ?? []).flatMap(({ assignmentId, until }) => {
      const step = view.assignments.find(({ id }) => id === assignmentId);
      return step === undefined || until <= now() ? [] : [{ step, until }];
    }),
  );
  const waiting = undoable.length > 0;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, [waiting]);
  return (
    <>
      {undoable.map(({ step, until }) => {
        const path = `/assignments/${step.id}/moves` as const;
        const body = { event: 'undo-withdraw' } as const;
        return (
          <Notice key={step.id} tone="open" title="A step was withdrawn">
            <p>
              <bdi>{stepName(step)}</bdi>. You can undo this for {minutesLeft(now(), until)}.
            </p>
            <div className="buttons">
              <button
                type="button"
                className="secondary small"
                disabled={busy}
                onClick={() =>
                  void run(() => change({ method: 'POST', path, body })).then((was) => {
                    if (was) say(`${stepName(step)} is as it was before.`);
                  })
                }
              >
                Undo
                <span className="hidden-words"> the withdrawal of step {step.key}</span>
              </button>
            </div>
            {problem === undefined ? null : <p role="alert">{problem}</p>}
          </Notice>
        );
      })}
      <Said done={done} />
    </>
  );
}

/** The time that is left, never more than there is. */
export function minutesLeft(now: Instant, until: Instant): string {
  const minutes = Math.floor((Date.parse(until) - Date.parse(now)) / 60_000);
  if (minutes < 1) return 'less than a minute';
  return minutes === 1 ? 'one more minute' : `${minutes} more minutes`;
}
