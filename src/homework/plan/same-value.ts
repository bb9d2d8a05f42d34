/** Whether two values of ours say the same, in whatever order their keys stand. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every((key) => key in other && sameValue(one[key as keyof typeof one], other[key as keyof typeof other]))
  );
}
