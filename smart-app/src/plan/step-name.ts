import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { isolate } from '../words/isolate.ts';

/** A step as people name it: `Step 4a: Ask a question`. */
export function stepName({ key, title }: StepView): string {
  return `Step ${key}: ${isolate(title)}`;
}
