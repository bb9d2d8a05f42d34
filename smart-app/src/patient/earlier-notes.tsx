import { useEffect } from 'react';
import type { PatientHomework } from '../../../src/contract/app/patient-homework.ts';
import { usePatientPages } from './patient-context.ts';

interface EarlierNotesProps {
  /** Absent: of all steps. */
  readonly assignmentId?: string;
  /** The page is about one of them: they are asked for without a press. */
  readonly atOnce?: boolean;
}

/** Notes of what is long over, which are fetched when somebody wants them; nothing where all are there. */
export function EarlierNotes({ assignmentId, atOnce = false }: EarlierNotesProps) {
  const { homework, earlier } = usePatientPages();
  const { load, loading } = earlier;
  const isShort = isSomethingLeftOut(homework);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; what does not come is asked for again by a press
  useEffect(() => {
    if (atOnce && isShort) load();
  }, [atOnce, isShort]);
  const count = homework.plans
    .flatMap(({ earlier = [] }) => earlier)
    .filter((step) => assignmentId === undefined || step.assignmentId === assignmentId)
    .reduce((sum, { notes }) => sum + notes, 0);
  if (count === 0 && !atOnce) return null;
  return (
    <button type="button" className="secondary" disabled={loading} onClick={load}>
      {loading
        ? 'Loading …'
        : atOnce
          ? 'Try again'
          : `Show ${count === 1 ? 'one earlier note' : `${count} earlier notes`}`}
    </button>
  );
}

/** Whether anything of the homework was not loaded yet. */
export function isSomethingLeftOut({ plans }: PatientHomework): boolean {
  return plans.some(({ earlier }) => earlier !== undefined);
}
