/** Minutes as people say them: `40 min`, `6 h 40 min`, `7 h`; to the whole minute. */
export function writeMinutes(minutes: number): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.trunc(whole / 60), Math.abs(whole % 60)];
  if (hours === 0) return `${whole} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
