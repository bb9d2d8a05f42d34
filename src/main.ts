import { readConfig } from './config.ts';
import { IntersessionError } from './homework/errors.ts';
import { createLogger } from './logger.ts';
import { announce } from './start/announce.ts';
import { type Running, start } from './start.ts';

let running: Running | undefined;
let stopping = false;

function stop(): void {
  const told = stopping;
  stopping = true;
  // told while still starting: what was begun is finished first, so that it can be taken down in order
  if (running !== undefined && !told) close(running);
}

function close(service: Running): void {
  service.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

try {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  // before anything is started: there is no moment in which a signal would leave the sandbox EHR behind
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  running = await start(config, { logger });
  if (stopping) close(running);
  else announce(config, running, process.stdout);
} catch (error) {
  // our own errors say all that a person needs; anything else is a defect and keeps its stack
  console.error(error instanceof IntersessionError ? `intersession: ${error.message}` : error);
  process.exit(1);
}
