import { IntersessionError } from '../../foundation/intersession-error.ts';

/** A place in a list as an opaque word: the key of the last row shown. */
export function writeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key in a cursor. @throws `invalid-request` when it is none of ours. */
export function readCursor(cursor: string, length: number): string[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    key = undefined;
  }
  // what we write has no control character, and none can be stored
  if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string' && isPlain(part))) {
    return key;
  }
  throw invalidCursor();
}

/** The same for a key that begins with an instant. @throws `invalid-request` */
export function readTimeCursor(cursor: string): [at: string, id: string] {
  const [at = '', id = ''] = readCursor(cursor, 2);
  if (!isInstant(at)) throw invalidCursor();
  return [at, id];
}

const isPlain = (text: string): boolean => !/\p{Cc}|\p{Cs}/u.test(text);

/** Exactly as we write it: a day that is none, or a year that PostgreSQL has not, is not written so. */
export function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && /^(?!0000)\d{4}-/.test(text) && new Date(time).toISOString() === text;
}

/** What is said of a cursor that is none of this list's. */
export function invalidCursor(): IntersessionError {
  return new IntersessionError(
    'invalid-request',
    { issues: [{ path: 'cursor', problem: 'is not a cursor of this list' }] },
    'This is not a cursor of this list.',
  );
}
