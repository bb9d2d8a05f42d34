import type { Barrier } from '../../../src/homework/model.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import { barrierWords } from '../words/status-words.ts';
import { useClinicianPages } from './clinician-context.ts';

interface TalkedOverProps {
  readonly barrier: Barrier;
  /** Before it is sent, and after it was done or not. */
  readonly onBegin?: () => void;
  readonly onEnd?: (done: boolean) => void;
}

/** Notes that a barrier was talked over with the patient. */
export function TalkedOver({ barrier, onBegin, onEnd }: TalkedOverProps) {
  const { mayChange, change } = useClinicianPages();
  const { busy, problem, run } = useAction();
  if (!mayChange || barrier.talkedOverAt !== undefined) return null;
  const note = async (): Promise<void> => {
    onBegin?.();
    onEnd?.(await run(() => change({ method: 'POST', path: `/barriers/${barrier.id}/talked-over`, body: {} })));
  };
  return (
    <>
      <button type="button" className="secondary small" disabled={busy} onClick={() => void note()}>
        Talked over<span className="hidden-words">: {barrierWords[barrier.code].short.toLowerCase()}</span>
      </button>
      <ProblemNotice problem={problem} />
    </>
  );
}
