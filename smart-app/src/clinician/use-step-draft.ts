import { useState } from 'react';
import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { Schedule } from '../../../src/homework/model.ts';
import { sameValue } from '../../../src/homework/plan/same-value.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { scheduleIn } from '../plan/schedule-draft.ts';
import { useClinicianPages } from './clinician-context.ts';
import { type StepDraft, withCount, wrongIn } from './step-draft.ts';

function isStepDraft(value: unknown): value is StepDraft {
  return typeof value === 'object' && value !== null && 'title' in value && 'how' in value && 'endsAfter' in value;
}

interface UseStepDraft {
  readonly draft: StepDraft;
  /** What is wrong, by field, once it was tried to send it. */
  readonly wrong: Readonly<Partial<Record<keyof StepDraft, string>>>;
  readonly change: (to: Partial<StepDraft>) => void;
  readonly count: (count: string) => void;
  /** Whether it can be sent; if not, it says from now on what is wrong. */
  readonly ready: () => boolean;
  readonly forget: () => void;
}

interface StepDraftOptions {
  readonly first: StepDraft;
  readonly today: string;
  /** The schedule of a step that is there already: its days may be over, and are as good as they were while they stay. */
  readonly has?: Schedule;
  readonly library?: LibraryStepView | undefined;
}

/** A step while it is written, kept on this device with every key under its subject. */
export function useStepDraft(subject: string, { first, today, has, library }: StepDraftOptions): UseStepDraft {
  const [draft, change, forget] = useKeptState<StepDraft>(subject, first, isStepDraft);
  const [tried, setTried] = useState(false);
  const { view } = useClinicianPages();
  const { by, start, end, from, endsOn, ...others } = wrongIn(draft, { today, last: view.plan.period.end });
  const asItStands = has !== undefined && sameValue(scheduleIn(draft), has);
  const problems = asItStands ? others : { ...others, ...defined({ by, start, end, from, endsOn }) };
  return {
    draft,
    wrong: tried ? problems : {},
    change,
    count: (count) => change(withCount(draft, count, library)),
    ready() {
      setTried(true);
      return Object.keys(problems).length === 0;
    },
    forget,
  };
}
