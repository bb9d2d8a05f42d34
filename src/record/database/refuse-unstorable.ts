import { IntersessionError } from '../../foundation/intersession-error.ts';

const character = 'holds a character that cannot be stored: NUL, or half of a surrogate pair';
const time = 'holds a date or time that no calendar of ours has';
/** What a value is that PostgreSQL cannot hold; each should have been refused by its field's name before it came here. */
const unstorable: Readonly<Record<string, string>> = {
  // untranslatable_character, character_not_in_repertoire
  '22P05': character,
  '22021': character,
  // invalid_datetime_format, datetime_field_overflow
  '22007': time,
  '22008': time,
  // numeric_value_out_of_range
  '22003': 'holds a number that is too large',
  // program_limit_exceeded, statement_too_complex: an index entry has room for 2.7 kB
  '54000': 'holds a text that is too long for what it is to be found by',
  '54001': 'is nested too deep',
};

/**
 * Says what is wrong with a statement's failure when a value given to it is. Some are valid in JSON, so they come as far
 * as the database.
 * @throws `invalid-request` in that case, else the error as it is
 */
export function refuseUnstorable(error: unknown): never {
  const problem = isLoneSurrogate(error) ? character : unstorable[sqlState(error)];
  if (problem !== undefined) {
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
