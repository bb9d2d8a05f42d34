/** A parameter as both stores take it: instants as ISO text, objects as JSON text, nothing as null; an array is an SQL array. */
export function toParameters(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => {
    if (value === undefined || value === null) return null;
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) return toArray(value);
    if (typeof value === 'object') return JSON.stringify(value);
    return value;
  });
}

/** JSON's escapes of what is neither a quote nor a backslash. */
const otherEscape = /\\(?!["\\])/;

/**
 * A flat array as PostgreSQL's own text, where JSON's is the same but for the brackets: strings in double quotes, numbers,
 * booleans, null. Made natively it costs a fraction of what the drivers take to quote element by element; only where a
 * control character is escaped do the two differ, and the drivers do it.
 */
function toArray(value: readonly unknown[]): unknown {
  if (value.some((element) => typeof element === 'object' && element !== null)) return value;
  const text = JSON.stringify(value);
  return text.includes('\\') && otherEscape.test(text) ? value : `{${text.slice(1, -1)}}`;
}

/** `2026-03-02 15:00:00.5+00`, as PostgreSQL writes it in UTC, as an ISO instant. `infinity` has none and stays. */
export function readTimestamp(text: string): string {
  const time = new Date(`${text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')}`);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

/** A bigint as a number; ours are counts and a sequence, far below 2⁵³. */
export function readBigint(text: string): number {
  return Number(text);
}

/** PostgreSQL's type numbers of what is read otherwise than by default. */
export const typeOids = { int8: 20, json: 114, timestamptz: 1184, jsonb: 3802 } as const;
