import { useState } from 'react';
import type { LibraryStepView } from '../../../src/contract/app/patient-homework.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { useClinicianPages } from './clinician-context.ts';
import { type StepDraft, withCount, wrongIn } from './step-draft.ts';

function isStepDraft(value: unknown): value is StepDraft {
  return typeof value === 'object' && value !== null && 'title' in value && 'how' in value && 'count' in value;
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

/** A step while it is written, kept on this device with every key under its subject. */
export function useStepDraft(
  subject: string,
  {
    first,
    today,
    library,
  }: { readonly first: StepDraft; readonly today: string; readonly library?: LibraryStepView | undefined },
): UseStepDraft {
  const [draft, change, forget] = useKeptState<StepDraft>(subject, first, isStepDraft);
  const [tried, setTried] = useState(false);
  const { view } = useClinicianPages();
  const problems = wrongIn(draft, { today, last: view.plan.period.end });
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
