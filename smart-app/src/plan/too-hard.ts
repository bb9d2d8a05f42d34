import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { canMove } from './can-move.ts';

/** Whether a smaller step can be put before this one: it is not done, and was not taken out. */
export const mayShrink = (step: StepView): boolean => step.status === 'draft' || canMove(step, 'step-down');
