import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { standsAt, steppedDownFrom } from '../../../src/homework/plan/legal-pairs.ts';

/** Whether a smaller step can be put before this one: it is not done, and was not taken out. */
export const mayShrink = (step: StepView): boolean => step.status === 'draft' || standsAt(steppedDownFrom, step);
