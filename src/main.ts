import { readConfig } from './config.ts';
import { IntersessionError } from './homework/errors.ts';
import { createLogger } from './logger.ts';
import { announce } from './start/announce.ts';
import { start } from './start.ts';

try {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const running = await start(config, { logger });
  announce(config, running, process.stdout);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  // our own errors say all that a person needs; anything else is a defect and keeps its stack
  console.error(error instanceof IntersessionError ? `intersession: ${error.message}` : error);
  process.exit(1);
}
