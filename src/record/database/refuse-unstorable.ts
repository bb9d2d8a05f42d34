import { IntersessionError } from '../../homework/errors.ts';

/** untranslatable_character, character_not_in_repertoire: text that PostgreSQL cannot hold. */
const unstorable = new Set(['22P05', '22021']);

/**
 * Says what is wrong with a statement's failure when the text given to it is: NUL, or half of a surrogate pair. Both are
 * valid in JSON, so they come as far as the database.
 * @throws `invalid-request` in that case, else the error as it is
 */
export function refuseUnstorable(error: unknown): never {
  if (unstorable.has(sqlState(error)) || isLoneSurrogate(error)) {
    const problem = 'holds a character that cannot be stored: NUL, or half of a surrogate pair';
    throw new IntersessionError('invalid-request', { issues: [{ path: '', problem }] }, `The request ${problem}.`, {
      cause: error,
    });
  }
  throw error;
}

/** The SQLSTATE of a database's error, or nothing. */
export function sqlState(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** jsonb says of `"\\ud800"` only that it is invalid JSON. */
function isLoneSurrogate(error: unknown): boolean {
  if (sqlState(error) !== '22P02' || typeof error !== 'object' || error === null) return false;
  return 'detail' in error && /surrogate/i.test(String(error.detail));
}
