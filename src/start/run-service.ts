import type { Config } from '../config/read-config.ts';
import { IntersessionError } from '../foundation/intersession-error.ts';
import { createLogger } from '../logger.ts';
import { type Running, start } from '../start.ts';
import { announce, announceAsJson } from './announce.ts';
import { outliveDatabase } from './outlive-database.ts';

/**
 * Runs the service as this process: says when it is ready (in words, or as JSON beside the log's lines), ends the process on SIGINT, SIGTERM or SIGHUP.
 * @throws what keeps it from starting
 */
export async function runService(config: Config, { json = false }: { readonly json?: boolean } = {}): Promise<void> {
  let running: Running | undefined;
  let stopping = false;
  // before anything is started: there is no moment in which a signal would leave the sandbox EHR behind
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const told = stopping;
      stopping = true;
      // told while still starting: what was begun is finished first, so that it can be taken down in order
      if (running !== undefined && !told) close(running);
    });
  }
  // what this process, and the sandbox EHR that it starts, write is for their owner alone
  process.umask(0o077);
  const logger = createLogger(config.logLevel);
  outliveDatabase(logger);
  running = await start(config, { logger });
  if (stopping) close(running);
  else if (json) announceAsJson(running, process.stdout);
  else announce(config, running, process.stdout);
}

/** Runs the service as this process; what keeps it from starting is said on standard error, and the process ends with 1. */
export async function runOrSayWhyNot(
  configure: () => Config,
  options: { readonly json?: boolean } = {},
): Promise<void> {
  try {
    await runService(configure(), options);
  } catch (error) {
    // our own errors say all that a person needs; anything else is a defect and keeps its stack
    console.error(error instanceof IntersessionError ? `intersession: ${error.message}` : error);
    process.exit(1);
  }
}

/** What has not come to its end by then is left: all that we promise to keep is in the database. */
const patienceMs = 15_000;

function close(service: Running): void {
  setTimeout(() => process.exit(1), patienceMs).unref();
  service.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}
