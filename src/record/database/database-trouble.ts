import { IntersessionError } from '../../foundation/intersession-error.ts';
import { refuseOtherPatient } from './refuse-other-patient.ts';
import { refuseUnstorable, sqlState } from './refuse-unstorable.ts';

/** Of the network and of PostgreSQL: nobody is there, or they let nobody in now. */
const away = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'],
  ...['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EMFILE', 'ERR_STREAM_DESTROYED'],
  // admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped, invalid_catalog_name
  ...['57P01', '57P02', '57P03', '57P04', '3D000'],
  // insufficient resources: disk, memory, connections
  ...['53000', '53100', '53200', '53300', '53400'],
  // query_canceled (statement_timeout), lock_not_available
  ...['57014', '55P03'],
  // idle_session_timeout, idle_in_transaction_session_timeout, transaction_timeout
  ...['57P05', '25P03', '25P04'],
  // system_error, io_error
  ...['58000', '58030'],
  // read_only_sql_transaction: what we are connected to is no longer, or not yet, the one that is written to
  '25006',
]);
/** Of the drivers, which give these no code. */
const awayWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client (has encountered a connection error|was closed)|PGlite is clos|Query read timeout)/;

/** serialization_failure, deadlock_detected: the same transaction may well pass when run again. */
export const isPassing = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error));

/** True when this connection leads to a standby: another one may lead to the server that can be written to. */
export function isStandby(error: unknown): boolean {
  return sqlState(error instanceof IntersessionError ? error.cause : error) === '25006';
}

/** True when the database is what failed, and not what it was asked. */
export function isAway(error: unknown): boolean {
  const state = sqlState(error);
  if (away.has(state) || state.startsWith('08')) return true;
  return error instanceof Error && !(error instanceof IntersessionError) && awayWords.test(error.message);
}

/**
 * Says what is wrong when a statement fails.
 * @throws `invalid-request` for a value that cannot be stored, `other-patient` for what would stand under another patient, `database-unreachable` when the database is away, overloaded
 * or stopped the statement; else the error as it is
 */
export function nameTrouble(error: unknown): never {
  if (isAway(error)) throw unreachable(error, 5);
  refuseOtherPatient(error);
  refuseUnstorable(error);
}

/** Two changes of the same that got in each other's way every time. */
export function stillInTheWay(error: unknown): IntersessionError {
  return unreachable(error, 1);
}

/** A change of which nobody can say whether it was kept. */
export function ambiguous(cause: unknown): IntersessionError {
  const message =
    'The record stopped answering while this was being kept: it may have been kept or not. Look before sending it again; with its sourceId it is never kept twice.';
  return new IntersessionError('database-unreachable', { retryAfterSeconds: 5 }, message, { cause });
}

function unreachable(cause: unknown, retryAfterSeconds: number): IntersessionError {
  const message = 'The record does not answer at the moment; nothing is lost. Try again in a moment.';
  return new IntersessionError('database-unreachable', { retryAfterSeconds }, message, { cause });
}
