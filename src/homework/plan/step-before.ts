/** A step by its place in the plan. */
interface PlacedStep {
  readonly key: string;
  readonly step: number;
  /** It stands beside the ladder. */
  readonly standing?: boolean;
}

/** Key of the step before a place on the ladder: the last of a lower number that does not stand beside it; absent: that place is the first. */
export function stepBefore(steps: readonly PlacedStep[], place: number): string | undefined {
  return steps
    .filter(({ step, standing }) => step < place && standing !== true)
    .toSorted((one, other) => one.step - other.step)
    .at(-1)?.key;
}
