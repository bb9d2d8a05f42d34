/** An answer as a person reads it: an option by its words, an amount with its unit, 22:30 without seconds; undefined for none. */
export function answerWords(answer: unknown): string | undefined {
  if (Array.isArray(answer)) return answer.flatMap((value) => answerWords(value) ?? []).join(', ') || undefined;
  if (typeof answer === 'string') return answer.replace(/^(\d\d:\d\d):00$/, '$1');
  if (typeof answer === 'number') return String(answer);
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { display, code, value, unit }: Readonly<Record<string, unknown>> = { ...answer };
  if (typeof value === 'number' || typeof value === 'string') {
    const words = unit ?? code;
    return typeof words === 'string' ? `${value} ${words}` : String(value);
  }
  const words = display ?? code;
  return typeof words === 'string' ? words : undefined;
}
