import type { StepView } from '../../../src/contract/app/plan-view.ts';

/** A step as people name it, its title in its own direction of writing. */
export function StepName({ step }: { readonly step: StepView }) {
  return (
    <>
      Step {step.key}: <bdi>{step.title}</bdi>
    </>
  );
}
