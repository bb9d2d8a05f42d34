import { useEffect } from 'react';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import { useClinicianPages } from './clinician-context.ts';

/** Withdrawals can be undone for so long. */
const undoForMs = 10 * 60_000;

/** Takes a withdrawal back, as long as that can be done. */
export function UndoWithdrawal({
  assignmentId,
  onOver,
}: {
  readonly assignmentId: string;
  readonly onOver: () => void;
}) {
  const { change } = useClinicianPages();
  const { busy, problem, run } = useAction();
  useEffect(() => {
    const timer = setTimeout(onOver, undoForMs);
    return () => clearTimeout(timer);
  }, [onOver]);
  const body = { event: 'undo-withdraw' } as const;
  return (
    <>
      <p>You can undo this for ten minutes.</p>
      <div className="buttons">
        <button
          type="button"
          className="secondary"
          disabled={busy}
          onClick={() =>
            void run(() => change({ method: 'POST', path: `/assignments/${assignmentId}/moves`, body })).then((was) => {
              if (was) onOver();
            })
          }
        >
          Undo
        </button>
      </div>
      <ProblemNotice problem={problem} />
    </>
  );
}
