import { setTimeout as wait } from 'node:timers/promises';
import { hasCode } from '../foundation/intersession-error.ts';
import type { Logger } from '../logger.ts';
import { isAway } from '../record/database/database-trouble.ts';

/** How long a start waits for a database that was there a moment ago. */
const patienceMs = 60_000;
const againMs = 1_000;

/**
 * Does a step of the start, again and again while the database is away, a minute at most. The steps are such as may be
 * done twice.
 * @throws what the step throws, `database-unreachable` when the minute is over
 */
export async function whenDatabaseAnswers<T>(step: () => Promise<T>, logger: Logger): Promise<T> {
  const began = performance.now();
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!hasCode(error, 'database-unreachable') || performance.now() - began > patienceMs) throw error;
      logger.warn({ code: error.code }, 'the database went away while starting; it is waited for');
      await wait(againMs);
    }
  }
}

/**
 * The last net: a failure of the database that reaches nobody, because nobody waited for that promise or listened to that
 * connection, is said in the log and does not end the process. Whatever was asked of it has failed and been answered, or
 * is tried again by whoever asks regularly. Any other failure ends the process, as ever.
 */
export function outliveDatabase(logger: Logger): void {
  process.on('uncaughtException', (error: unknown) => {
    // a closed standard output is EPIPE too, and has no log to say it in
    if (hasCode(error, 'database-unreachable') || (isAway(error) && codeOf(error) !== 'EPIPE')) {
      // never the message: a driver's may name user and database
      logger.error({ code: codeOf(error) }, 'a failure of the database reached nobody');
      return;
    }
    console.error(error);
    process.exit(1);
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
