import type { Barrier } from '../../../src/homework/model.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import { useClinicianPages } from './clinician-context.ts';

/** Notes that a barrier was talked over with the patient. */
export function TalkedOver({ barrier }: { readonly barrier: Barrier }) {
  const { mayChange, change } = useClinicianPages();
  const { busy, problem, run } = useAction();
  if (!mayChange || barrier.talkedOverAt !== undefined) return null;
  return (
    <>
      <button
        type="button"
        className="secondary small"
        disabled={busy}
        onClick={() =>
          void run(() => change({ method: 'POST', path: `/barriers/${barrier.id}/talked-over`, body: {} }))
        }
      >
        Talked over
      </button>
      <ProblemNotice problem={problem} />
    </>
  );
}
