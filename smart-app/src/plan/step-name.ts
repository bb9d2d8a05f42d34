import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { isolate } from '../words/isolate.ts';

/** `Step 2: Tell one colleague what you think`. */
export function stepName({ key, title }: StepView): string {
  return `Step ${key}: ${isolate(title)}`;
}
